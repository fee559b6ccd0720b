/* What was found, as JSON. */
#include "planning/timetable_answer.h"
#include "base/json.h"
#include "domain/proposal.h"

/* ---- the programme as proposed ---- */

static struct programme_item item_of(const struct board *b, size_t work)
{
	const struct board_work *w = &b->works[work];
	struct programme_author *authors;
	struct programme_item item = {.code = "",
		.title = w->title,
		.number = "",
		.submission_code = w->code,
		.format = board_format_word(w->format),
		.minutes = w->minutes,
		.is_fit = true};

	if (w->item)
		return *w->item;
	authors = ARENA_ARRAY(b->arena, w->n_people, struct programme_author);
	for (size_t i = 0; i < w->n_people; i++)
		authors[i] = (struct programme_author){.person_id = w->people[i].id,
			.name = w->people[i].name,
			.is_presenting = true};
	item.authors = authors;
	item.n_authors = w->n_people;
	return item;
}

static bool has_left(const struct board *b, const struct programme_item *item)
{
	for (size_t w = 0; w < b->n_works; w++)
		if (b->works[w].item == item)
			return b->works[w].cell != b->works[w].home;
	return false;
}

static void items_fill(const struct board *b, size_t cell, struct programme_session *s)
{
	struct programme_item *items =
		ARENA_ARRAY(b->arena, s->n_items + b->n_in[cell], struct programme_item);
	size_t n = 0;

	for (size_t i = 0; i < s->n_items; i++)
		if (!has_left(b, &s->items[i]))
			items[n++] = s->items[i];
	for (size_t w = 0; w < b->n_works; w++)
		if (b->works[w].cell == cell && b->works[w].home != cell)
			items[n++] = item_of(b, w);
	s->items = items;
	s->n_items = n;
}

static size_t clashes_after(
	struct arena *a, const struct timetable_answer *answer, struct clash **out)
{
	const struct board *b = answer->board;
	struct programme p = *b->programme;
	struct programme_days days = {
		.to_ms = INT64_MAX, .zone = b->zone, .first_on = "", .last_on = ""};

	p.sessions = ARENA_ARRAY(a, p.n_sessions, struct programme_session);
	for (size_t i = 0; i < p.n_sessions; i++)
		p.sessions[i] = b->programme->sessions[i];
	for (size_t c = 0; c < b->n_cells; c++)
		items_fill(b, c, &p.sessions[b->cells[c].session - b->programme->sessions]);
	return programme_clashes(a, &p, &days, 0, out);
}

/* ---- JSON ---- */

struct writing {
	struct arena *a;
	const struct timetable_answer *answer;
	const struct board *b;
	struct buf out;
	bool *is_touched; /* [session of the programme] */
};

static void key(struct writing *w, const char *name)
{
	buf_printf(&w->out, "\"%s\":", name);
}

static void text(struct writing *w, const char *name, const char *value)
{
	key(w, name);
	json_add_string(&w->out, value ? value : "");
	buf_char(&w->out, ',');
}

static void number(struct writing *w, const char *name, int64_t value)
{
	buf_printf(&w->out, "\"%s\":%lld,", name, (long long)value);
}

static void open(struct writing *w, const char *name, char bracket)
{
	key(w, name);
	buf_char(&w->out, bracket);
}

/* What was written last ended in a comma, if there was anything. */
static void shut(struct writing *w, const char *bracket)
{
	struct buf *out = &w->out;

	if (!out->failed && out->n && out->p[out->n - 1] == ',')
		out->p[--out->n] = '\0';
	buf_text(out, bracket);
	buf_char(out, ',');
}

static const char *session_code(struct writing *w, size_t cell)
{
	if (cell == BOARD_NONE)
		return "";
	w->is_touched[w->b->cells[cell].session - w->b->programme->sessions] = true;
	return w->b->cells[cell].session->code;
}

static void write_work(struct writing *w, size_t i)
{
	const struct board_work *work = &w->b->works[i];

	buf_char(&w->out, '{');
	text(w, "submission", work->code);
	text(w, "title", work->title);
	text(w, "presenter", work->presenter);
	text(w, "format", board_format_word(work->format));
	text(w, "theme", work->theme == BOARD_NONE ? "" : w->b->themes[work->theme].name);
	number(w, "minutes", work->minutes);
	text(w, "from", session_code(w, work->home));
	text(w, "to", session_code(w, work->cell));
	text(w, "why", w->answer->why[i]);
	shut(w, "}");
}

/* A work that is withdrawn or declined keeps its title to itself. */
static void write_unfit(struct writing *w)
{
	const struct programme *p = w->b->programme;

	for (size_t i = 0; w->answer->question->is_replan && i < p->n_sessions; i++)
		for (size_t k = 0; k < p->sessions[i].n_items; k++) {
			const struct programme_item *item = &p->sessions[i].items[k];
			if (item->is_fit)
				continue;
			w->is_touched[i] = true;
			buf_char(&w->out, '{');
			text(w, "submission", item->submission_code);
			text(w, "title", item->submission_code);
			text(w, "presenter", "");
			text(w, "format", item->format);
			text(w, "theme", "");
			number(w, "minutes", item->minutes);
			text(w, "from", p->sessions[i].code);
			text(w, "to", "");
			text(w, "why", "It was withdrawn or declined");
			shut(w, "}");
		}
}

/* The theme of the last one that stays; those that come go on with it. */
static size_t last_theme(const struct board *b, size_t cell)
{
	size_t theme = BOARD_NONE;

	for (size_t i = 0; i < b->n_works; i++)
		if (b->works[i].cell == cell && b->works[i].home == cell)
			theme = b->works[i].theme;
	return theme;
}

static void write_arrivals(struct writing *w, size_t cell, size_t theme)
{
	for (size_t i = 0; i < w->b->n_works; i++)
		if (w->b->works[i].cell == cell && w->b->works[i].home != cell &&
			w->b->works[i].theme == theme)
			write_work(w, i);
}

static void write_works(struct writing *w)
{
	open(w, "works", '[');
	for (size_t c = 0; c < w->b->n_cells; c++) {
		size_t first = last_theme(w->b, c);
		if (first != BOARD_NONE)
			write_arrivals(w, c, first);
		for (size_t t = 0; t < w->b->n_themes; t++)
			if (t != first)
				write_arrivals(w, c, t);
		write_arrivals(w, c, BOARD_NONE);
	}
	write_unfit(w);
	shut(w, "]");
}

static void write_rooms(struct writing *w)
{
	open(w, "rooms", '[');
	for (size_t i = 0; i < w->answer->n_rooms; i++) {
		const struct timetable_room_move *move = &w->answer->rooms[i];
		w->is_touched[move->session - w->b->programme->sessions] = true;
		buf_char(&w->out, '{');
		text(w, "session", move->session->code);
		text(w, "title", move->session->title);
		text(w, "from", move->from->code);
		text(w, "to", move->to->code);
		text(w, "why", move->why);
		shut(w, "}");
	}
	shut(w, "]");
}

static void write_left(struct writing *w)
{
	open(w, "left", '[');
	for (size_t i = 0; i < w->b->n_works; i++) {
		const struct board_work *work = &w->b->works[i];
		if (!work->may_move || work->cell != BOARD_NONE)
			continue;
		buf_char(&w->out, '{');
		text(w, "submission", work->code);
		text(w, "title", work->title);
		text(w, "format", board_format_word(work->format));
		text(w, "at",
			work->home == BOARD_NONE ? "" : w->b->cells[work->home].session->code);
		text(w, "why", timetable_reason_against(w->b, i));
		shut(w, "}");
	}
	shut(w, "]");
}

static void write_complaint(struct writing *w, const char *kind, int64_t cost,
	const struct programme_session *session, const char *why)
{
	buf_char(&w->out, '{');
	text(w, "kind", kind);
	number(w, "cost", cost);
	text(w, "session", session->code);
	text(w, "why", why);
	shut(w, "}");
}

/* Parts of theirs in sessions that no planning moves: somebody else has to take them. */
static void write_away(struct writing *w)
{
	for (size_t i = 0; i < w->answer->question->n_away; i++) {
		const struct board_duty *away = &w->answer->question->away[i];
		for (size_t d = 0; d < w->b->n_duties; d++) {
			const struct board_duty *duty = &w->b->duties[d];
			if (!duty->session || duty->person_id != away->person_id ||
				duty->from_ms >= away->to_ms || away->from_ms >= duty->to_ms)
				continue;
			write_complaint(w, "clash", 0, duty->session,
				arena_printf(w->a,
					"%s has a part in “%s” (%s): somebody else is needed, or "
					"another time",
					duty->name, duty->session->title,
					board_when(w->a, w->b->zone, duty->from_ms, duty->to_ms)));
		}
	}
}

static bool is_in_shut_room(const struct timetable_question *q, const struct programme_session *s)
{
	for (size_t i = 0; i < q->n_shut; i++)
		if (s->room_id == q->shut[i].room_id && s->starts_at < q->shut[i].to_ms &&
			q->shut[i].from_ms < s->ends_at)
			return true;
	return false;
}

static void write_shut(struct writing *w)
{
	const struct programme *p = w->b->programme;

	for (size_t i = 0; i < p->n_sessions; i++) {
		const struct programme_session *s = &p->sessions[i];
		if (!s->starts_at || !s->room_id || !is_in_shut_room(w->answer->question, s))
			continue;
		write_complaint(w, "clash", 0, s,
			arena_printf(w->a,
				"%s is shut during “%s” (%s), and no other room is free then",
				s->room_name, s->title,
				board_when(w->a, w->b->zone, s->starts_at, s->ends_at)));
	}
}

static void write_remaining(struct writing *w)
{
	struct board_complaint *complaints;
	struct clash *clashes;
	size_t n = clashes_after(w->a, w->answer, &clashes);

	open(w, "remaining", '[');
	for (size_t i = 0; i < n; i++)
		write_complaint(w, "clash", 0, clashes[i].session, clashes[i].reason);
	write_away(w);
	write_shut(w);
	n = board_complaints(w->b, &complaints);
	for (size_t i = 0; i < n; i++)
		write_complaint(w, board_cost_word(complaints[i].kind), complaints[i].cost,
			complaints[i].session, complaints[i].why);
	shut(w, "]");
}

static void write_cost(struct writing *w)
{
	int64_t after[N_COSTS], before = 0, sum = board_cost(w->b, after);
	int64_t bound = w->answer->bound;

	for (int i = 0; i < N_COSTS; i++)
		before += w->answer->before[i];
	open(w, "cost", '{');
	number(w, "before", before);
	number(w, "after", sum);
	/* Sessions that mix themes may be better than the best that does not. */
	if (bound < 0 || bound > sum)
		buf_text(&w->out, "\"bound\":null,");
	else
		number(w, "bound", bound);
	open(w, "kinds", '{');
	for (int i = 0; i < N_COSTS; i++) {
		open(w, board_cost_word((enum board_cost)i), '{');
		number(w, "before", w->answer->before[i]);
		number(w, "after", after[i]);
		shut(w, "}");
	}
	shut(w, "}");
	shut(w, "}");
}

static void write_revs(struct writing *w)
{
	const struct programme *p = w->b->programme;

	open(w, "revs", '{');
	for (size_t i = 0; i < p->n_sessions; i++)
		if (w->is_touched[i])
			number(w, p->sessions[i].code, p->sessions[i].rev);
	shut(w, "}");
}

enum rc timetable_answer_write(
	struct arena *a, const struct timetable_answer *answer, const char **out, struct err *err)
{
	struct writing w = {
		.a = a, .answer = answer, .b = answer->board, .out = buf_in(a, PROPOSAL_MAX_BYTES)};

	w.is_touched = ARENA_ARRAY(a, w.b->programme->n_sessions, bool);
	buf_char(&w.out, '{');
	text(&w, "mode", answer->question->is_replan ? "replan" : "rest");
	write_works(&w);
	write_rooms(&w);
	write_left(&w);
	write_remaining(&w);
	write_cost(&w);
	write_revs(&w);
	buf_printf(&w.out, "\"is_cut\":%s}", answer->is_cut ? "true" : "false");
	if (w.out.failed)
		return err_set(err, INVALID, "The answer is too long to be kept");
	*out = buf_cstr(&w.out);
	return OK;
}
