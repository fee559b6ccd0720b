/* From a programme to a board: cells, works, duties, and who may stand where. */
#include "planning/timetable_board.h"
#include "base/clock.h"

static const char *const format_words[BOARD_N_FORMATS] = {
	[BOARD_TALK] = "talk", [BOARD_WORKSHOP] = "workshop", [BOARD_POSTER] = "poster"};
/* The kind of session that takes it. */
static const char *const kind_words[BOARD_N_FORMATS] = {
	[BOARD_TALK] = "parallel", [BOARD_WORKSHOP] = "workshop", [BOARD_POSTER] = "poster"};

static enum board_format word_among(const char *const *words, const char *word, bool *found)
{
	for (int i = 0; i < BOARD_N_FORMATS; i++)
		if (text_equal(words[i], word)) {
			*found = true;
			return (enum board_format)i;
		}
	*found = false;
	return BOARD_TALK;
}

enum board_format board_format_of(const char *outcome, bool *found)
{
	return word_among(format_words, outcome, found);
}

const char *board_format_word(enum board_format format)
{
	return format_words[format];
}

/* ---- cells ---- */

static size_t block_of(struct board *b, const struct programme_session *s)
{
	size_t i = 0;

	while (i < b->n_blocks &&
		(b->blocks[i].starts_at != s->starts_at || b->blocks[i].ends_at != s->ends_at))
		i++;
	if (i == b->n_blocks)
		b->blocks[b->n_blocks++] = (struct board_block){s->starts_at, s->ends_at, false};
	return i;
}

static size_t room_of(const struct board *b, const struct programme_session *s, size_t *n_rooms)
{
	for (size_t i = 0; s->room_id && i < b->programme->n_rooms; i++)
		if (b->programme->rooms[i].id == s->room_id)
			return i;
	return (*n_rooms)++;
}

/* Is the item a work that this session is made for? */
static bool is_work(const struct programme_item *item, enum board_format format)
{
	return item->is_fit && *item->submission_code &&
	       text_equal(item->format, format_words[format]);
}

static int64_t minutes_for_works(const struct programme_session *s, enum board_format format)
{
	int64_t minutes = (s->ends_at - s->starts_at) / MINUTE_MS;

	for (size_t i = 0; i < s->n_items; i++)
		if (s->items[i].is_fit && !is_work(&s->items[i], format))
			minutes -= s->items[i].minutes;
	return minutes;
}

static bool is_shut(const struct board_source *source, const struct programme_session *s)
{
	for (size_t i = 0; i < source->n_shut; i++)
		if (s->room_id == source->shut[i].room_id && s->starts_at < source->shut[i].to_ms &&
			source->shut[i].from_ms < s->ends_at)
			return true;
	return false;
}

static void cells_fill(struct board *b, const struct board_source *source)
{
	const struct programme *p = source->programme;

	b->n_rooms = p->n_rooms;
	b->cells = ARENA_ARRAY(b->arena, p->n_sessions, struct board_cell);
	b->blocks = ARENA_ARRAY(b->arena, p->n_sessions, struct board_block);
	for (size_t i = 0; i < p->n_sessions; i++) {
		const struct programme_session *s = &p->sessions[i];
		bool found;
		enum board_format format = word_among(kind_words, s->kind, &found);
		size_t room;
		if (!found || !s->starts_at)
			continue;
		room = room_of(b, s, &b->n_rooms);
		b->cells[b->n_cells++] = (struct board_cell){
			.session = s,
			.format = format,
			.block = block_of(b, s),
			.room = room,
			.minutes = minutes_for_works(s, format),
			.max_works = format == BOARD_POSTER && room < p->n_rooms
					     ? (size_t)p->rooms[room].capacity
					     : 0,
			.is_shut = is_shut(source, s),
		};
		if (format == BOARD_TALK)
			b->blocks[b->cells[b->n_cells - 1].block].has_talks = true;
	}
}

/* ---- works ---- */

static size_t theme_of(struct board *b, const char *code, const char *name)
{
	size_t i = 0;

	if (text_is_empty(code))
		return BOARD_NONE;
	while (i < b->n_themes && !text_equal(b->themes[i].code, code))
		i++;
	if (i == b->n_themes)
		b->themes[b->n_themes++] = (struct board_theme){code, name};
	return i;
}

static void presenters_fill(
	struct board *b, const struct programme_item *item, struct board_work *w)
{
	struct board_person *people = ARENA_ARRAY(b->arena, item->n_authors, struct board_person);

	for (size_t i = 0; i < item->n_authors; i++) {
		const struct programme_author *author = &item->authors[i];
		if (!author->is_presenting)
			continue;
		if (text_is_empty(w->presenter))
			w->presenter = author->name;
		if (author->person_id)
			people[w->n_people++] =
				(struct board_person){author->person_id, author->name};
	}
	w->people = people;
}

static void works_of_cell(struct board *b, size_t cell)
{
	const struct programme_session *s = b->cells[cell].session;

	for (size_t i = 0; i < s->n_items; i++) {
		const struct programme_item *item = &s->items[i];
		struct board_work *w = &b->works[b->n_works];
		if (!is_work(item, b->cells[cell].format))
			continue;
		*w = (struct board_work){
			.code = item->submission_code,
			.title = item->title,
			.presenter = "",
			.format = b->cells[cell].format,
			.theme = item->n_themes
					 ? theme_of(b, item->themes[0].code, item->themes[0].name)
					 : BOARD_NONE,
			.minutes = item->minutes,
			.home = cell,
			.cell = BOARD_NONE,
			.item = item,
		};
		presenters_fill(b, item, w);
		b->n_works++;
	}
}

static void works_fill(struct board *b, const struct board_source *source)
{
	size_t n = source->n_waiting;

	for (size_t i = 0; i < b->n_cells; i++)
		n += b->cells[i].session->n_items;
	b->works = ARENA_ARRAY(b->arena, n, struct board_work);
	b->themes = ARENA_ARRAY(b->arena, n, struct board_theme);
	for (size_t i = 0; i < b->n_cells; i++)
		works_of_cell(b, i);
	for (size_t i = 0; i < source->n_waiting; i++) {
		const struct board_waiting *row = &source->waiting[i];
		bool found;
		enum board_format format = board_format_of(row->outcome, &found);
		if (!found)
			continue;
		b->works[b->n_works++] = (struct board_work){
			.code = row->code,
			.title = row->title,
			.presenter = row->presenter,
			.format = format,
			.theme = theme_of(b, row->theme_code, row->theme_name),
			.minutes = format == BOARD_POSTER ? 0 : row->minutes,
			.people = row->people,
			.n_people = row->n_people,
			.home = BOARD_NONE,
			.cell = BOARD_NONE,
			.may_move = true,
		};
	}
}

/* ---- duties ---- */

static void duty_add(
	struct board *b, int64_t person_id, const char *name, const struct programme_session *s)
{
	if (person_id)
		b->duties[b->n_duties++] =
			(struct board_duty){person_id, s->starts_at, s->ends_at, s, name};
}

/* Parts in the session, and what is presented there that is no work of the board. */
static void duties_of_session(struct board *b, const struct programme_session *s)
{
	bool is_cell;
	enum board_format format = word_among(kind_words, s->kind, &is_cell);

	for (size_t i = 0; i < s->n_people; i++)
		duty_add(b, s->people[i].id, s->people[i].name, s);
	for (size_t i = 0; i < s->n_items; i++) {
		const struct programme_item *item = &s->items[i];
		if (!item->is_fit || (is_cell && is_work(item, format)))
			continue;
		for (size_t k = 0; k < item->n_authors; k++)
			if (item->authors[k].is_presenting)
				duty_add(b, item->authors[k].person_id, item->authors[k].name, s);
	}
}

static void duties_fill(struct board *b, const struct board_source *source)
{
	const struct programme *p = source->programme;
	size_t n = source->n_away;

	for (size_t i = 0; i < p->n_sessions; i++) {
		n += p->sessions[i].n_people;
		for (size_t k = 0; k < p->sessions[i].n_items; k++)
			n += p->sessions[i].items[k].n_authors;
	}
	b->duties = ARENA_ARRAY(b->arena, n, struct board_duty);
	for (size_t i = 0; i < source->n_away; i++)
		b->duties[b->n_duties++] = source->away[i];
	for (size_t i = 0; i < p->n_sessions; i++)
		if (p->sessions[i].starts_at)
			duties_of_session(b, &p->sessions[i]);
}

struct board *board_new(struct arena *a, const struct board_source *source)
{
	struct board *b = ARENA_NEW(a, struct board);

	b->arena = a;
	b->programme = source->programme;
	b->zone = source->zone;
	cells_fill(b, source);
	works_fill(b, source);
	duties_fill(b, source);
	board_rules_fill(b);
	b->used = ARENA_ARRAY(a, b->n_cells, int64_t);
	b->n_in = ARENA_ARRAY(a, b->n_cells, size_t);
	b->of_theme = ARENA_ARRAY(a, b->n_themes * b->n_cells, size_t);
	for (size_t w = 0; w < b->n_works; w++)
		board_put(b, w, b->works[w].home);
	return b;
}

void board_put(struct board *b, size_t work, size_t cell)
{
	struct board_work *w = &b->works[work];

	if (w->cell != BOARD_NONE) {
		b->used[w->cell] -= w->minutes;
		b->n_in[w->cell]--;
		if (w->theme != BOARD_NONE)
			b->of_theme[w->theme * b->n_cells + w->cell]--;
	}
	w->cell = cell;
	if (cell == BOARD_NONE)
		return;
	b->used[cell] += w->minutes;
	b->n_in[cell]++;
	if (w->theme != BOARD_NONE)
		b->of_theme[w->theme * b->n_cells + cell]++;
}
