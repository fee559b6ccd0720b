/* The working copy as one tree, from seven statements however large it is. */
#include <stdlib.h>
#include "base/clock.h"
#include "domain/programme.h"

const char *const session_kinds[] = {"plenary", "keynote", "parallel", "poster", "masterclass",
	"workshop", "panel", "debate", "break", "social", NULL};
const char *const session_roles[] = {
	"speaker", "chair", "facilitator", "panellist", "for", "against", NULL};

bool programme_word_is(const char *const *set, const char *word)
{
	for (; *set; set++)
		if (text_equal(*set, word))
			return true;
	return false;
}

struct programme_session *programme_session_of(const struct programme *p, const char *code)
{
	for (size_t i = 0; i < p->n_sessions; i++)
		if (text_equal(p->sessions[i].code, code))
			return &p->sessions[i];
	return NULL;
}

const struct programme_room *programme_room_of(const struct programme *p, const char *code)
{
	for (size_t i = 0; i < p->n_rooms; i++)
		if (text_equal(p->rooms[i].code, code))
			return &p->rooms[i];
	return NULL;
}

const struct programme_masterclass *programme_masterclass_of(
	const struct programme *p, const char *code)
{
	for (size_t i = 0; i < p->n_masterclasses; i++)
		if (text_equal(p->masterclasses[i].code, code))
			return &p->masterclasses[i];
	return NULL;
}

const char *programme_session_name(const struct programme_session *s)
{
	return text_equal(s->kind, "debate") && *s->summary ? s->summary : s->title;
}

/* ---- rows ---- */

static enum rc rooms_load(
	struct db *db, struct arena *a, int64_t event_id, struct programme *p, struct err *err)
{
	struct q_rooms_of_event *rows;

	TRY(q_rooms_of_event(db, a, &(struct q_rooms_of_event_in){.event_id = event_id}, &rows,
		&p->n_rooms, err));
	p->rooms = ARENA_ARRAY(a, p->n_rooms, struct programme_room);
	for (size_t i = 0; i < p->n_rooms; i++)
		p->rooms[i] = (struct programme_room){
			.id = rows[i].id,
			.code = rows[i].code,
			.name = rows[i].name,
			.notes = rows[i].notes,
			.capacity = rows[i].capacity,
		};
	return OK;
}

static enum rc masterclasses_load(
	struct db *db, struct arena *a, int64_t event_id, struct programme *p, struct err *err)
{
	struct q_masterclasses_of_event *rows;

	TRY(q_masterclasses_of_event(db, a,
		&(struct q_masterclasses_of_event_in){.event_id = event_id}, &rows,
		&p->n_masterclasses, err));
	p->masterclasses = ARENA_ARRAY(a, p->n_masterclasses, struct programme_masterclass);
	for (size_t i = 0; i < p->n_masterclasses; i++)
		p->masterclasses[i] = (struct programme_masterclass){
			.id = rows[i].id,
			.code = rows[i].code,
			.title = rows[i].title,
			.summary = rows[i].summary,
			.outcomes = rows[i].outcomes,
		};
	return OK;
}

static void session_fill(const struct programme *p, const struct q_programme_sessions *row,
	struct programme_session *s)
{
	*s = (struct programme_session){
		.id = row->id,
		.rev = row->rev,
		.room_id = row->room_id,
		.masterclass_id = row->masterclass_id,
		.code = row->code,
		.kind = row->kind,
		.title = row->title,
		.summary = row->summary,
		.room_code = "",
		.room_name = "",
		.masterclass_code = "",
		.starts_at = row->starts_at,
		.ends_at = row->ends_at,
		.capacity = row->capacity,
		.taken = row->taken,
	};
	for (size_t i = 0; i < p->n_rooms; i++)
		if (p->rooms[i].id == row->room_id) {
			s->room_code = p->rooms[i].code;
			s->room_name = p->rooms[i].name;
		}
	for (size_t i = 0; i < p->n_masterclasses; i++)
		if (p->masterclasses[i].id == row->masterclass_id)
			s->masterclass_code = p->masterclasses[i].code;
}

static enum rc sessions_load(
	struct db *db, struct arena *a, int64_t event_id, struct programme *p, struct err *err)
{
	struct q_programme_sessions *rows;

	TRY(q_programme_sessions(db, a, &(struct q_programme_sessions_in){.event_id = event_id},
		&rows, &p->n_sessions, err));
	p->sessions = ARENA_ARRAY(a, p->n_sessions, struct programme_session);
	for (size_t i = 0; i < p->n_sessions; i++)
		session_fill(p, &rows[i], &p->sessions[i]);
	return OK;
}

static enum rc people_load(
	struct db *db, struct arena *a, int64_t event_id, struct programme *p, struct err *err)
{
	struct q_programme_people *rows;
	struct programme_person *people;
	size_t n;

	TRY(q_programme_people(
		db, a, &(struct q_programme_people_in){.event_id = event_id}, &rows, &n, err));
	people = ARENA_ARRAY(a, n, struct programme_person);
	for (size_t i = 0; i < n; i++)
		people[i] = (struct programme_person){
			.id = rows[i].person_id,
			.code = rows[i].code,
			.role = rows[i].role,
			.name = rows[i].name,
			.name_lang = rows[i].name_lang,
			.said_name = rows[i].said_name,
			.post = rows[i].post,
			.affiliation = rows[i].affiliation,
		};
	for (size_t k = 0; k < p->n_sessions; k++)
		for (size_t i = 0; i < n; i++)
			if (rows[i].session_id == p->sessions[k].id) {
				if (!p->sessions[k].n_people++)
					p->sessions[k].people = &people[i];
			}
	return OK;
}

/* ---- presentations ---- */

struct item_rows {
	struct q_programme_items *items;
	struct q_programme_authors *authors;
	struct q_programme_themes *themes;
	size_t n_items, n_authors, n_themes;
	struct programme_item *out;
};

static void authors_fill(struct arena *a, const struct item_rows *r)
{
	struct programme_author *authors = ARENA_ARRAY(a, r->n_authors, struct programme_author);

	for (size_t i = 0; i < r->n_authors; i++)
		authors[i] = (struct programme_author){
			.person_id = r->authors[i].person_id,
			.name = r->authors[i].name,
			.name_lang = r->authors[i].name_lang,
			.affiliations = r->authors[i].affiliations,
			.is_presenting = r->authors[i].is_presenting,
		};
	for (size_t k = 0; k < r->n_items; k++)
		for (size_t i = 0; i < r->n_authors; i++)
			if (r->authors[i].presentation_id == r->out[k].id) {
				if (!r->out[k].n_authors++)
					r->out[k].authors = &authors[i];
			}
}

static void themes_fill(struct arena *a, const struct item_rows *r)
{
	struct programme_theme *themes = ARENA_ARRAY(a, r->n_themes, struct programme_theme);

	for (size_t i = 0; i < r->n_themes; i++)
		themes[i] = (struct programme_theme){
			.code = r->themes[i].code,
			.letter = r->themes[i].letter,
			.name = r->themes[i].title,
			.hue = r->themes[i].hue,
		};
	for (size_t k = 0; k < r->n_items; k++)
		for (size_t i = 0; i < r->n_themes; i++)
			if (r->themes[i].presentation_id == r->out[k].id) {
				if (!r->out[k].n_themes++)
					r->out[k].themes = &themes[i];
			}
}

static void items_fill(struct arena *a, struct item_rows *r)
{
	r->out = ARENA_ARRAY(a, r->n_items, struct programme_item);
	for (size_t i = 0; i < r->n_items; i++)
		r->out[i] = (struct programme_item){
			.id = r->items[i].id,
			.submission_id = r->items[i].submission_id,
			.code = r->items[i].code,
			.title = r->items[i].shown_title,
			.number = "",
			.submission_code = r->items[i].submission_code,
			.format = r->items[i].format,
			.minutes = r->items[i].minutes,
			.is_fit = r->items[i].is_fit,
		};
	authors_fill(a, r);
	themes_fill(a, r);
}

/* Talks follow one another; posters stand all the while. */
static void times_fill(struct programme_session *s)
{
	int64_t at = s->starts_at;

	if (!at || text_equal(s->kind, "poster"))
		return;
	for (size_t i = 0; i < s->n_items; i++) {
		if (!s->items[i].is_fit)
			continue;
		s->items[i].starts_at = at;
		at += s->items[i].minutes * MINUTE_MS;
	}
}

static bool has_theme(const struct programme_item *item)
{
	return item->is_fit && item->n_themes;
}

/* Only a theme that more than half of them begin with tells anything. */
static void theme_fill(struct programme_session *s)
{
	size_t n_fit = 0;

	for (size_t i = 0; i < s->n_items; i++)
		n_fit += s->items[i].is_fit;
	for (size_t i = 0; i < s->n_items && !s->theme; i++) {
		size_t n = 0;
		for (size_t k = 0; has_theme(&s->items[i]) && k < s->n_items; k++)
			n += has_theme(&s->items[k]) &&
			     text_equal(s->items[k].themes[0].code, s->items[i].themes[0].code);
		if (n * 2 > n_fit)
			s->theme = &s->items[i].themes[0];
	}
}

static enum rc items_load(
	struct db *db, struct arena *a, int64_t event_id, struct programme *p, struct err *err)
{
	struct item_rows r;

	TRY(q_programme_items(db, a, &(struct q_programme_items_in){.event_id = event_id}, &r.items,
		&r.n_items, err));
	TRY(q_programme_authors(db, a, &(struct q_programme_authors_in){.event_id = event_id},
		&r.authors, &r.n_authors, err));
	TRY(q_programme_themes(db, a, &(struct q_programme_themes_in){.event_id = event_id},
		&r.themes, &r.n_themes, err));
	items_fill(a, &r);
	for (size_t k = 0; k < p->n_sessions; k++) {
		struct programme_session *s = &p->sessions[k];
		for (size_t i = 0; i < r.n_items; i++)
			if (r.items[i].session_id == s->id) {
				if (!s->n_items++)
					s->items = &r.out[i];
			}
		times_fill(s);
		theme_fill(s);
	}
	return OK;
}

/* ---- order ---- */

struct placed {
	struct programme_session session;
	size_t room;
};

static int by_time_and_room(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (!x->session.starts_at != !y->session.starts_at)
		return x->session.starts_at ? -1 : 1;
	if (x->session.starts_at != y->session.starts_at)
		return x->session.starts_at < y->session.starts_at ? -1 : 1;
	if (x->room != y->room)
		return x->room < y->room ? -1 : 1;
	return x->session.id < y->session.id ? -1 : x->session.id > y->session.id;
}

static void sessions_sort(struct arena *a, struct programme *p)
{
	struct placed *list = ARENA_ARRAY(a, p->n_sessions, struct placed);

	for (size_t i = 0; i < p->n_sessions; i++) {
		list[i].session = p->sessions[i];
		while (list[i].room < p->n_rooms &&
			p->rooms[list[i].room].id != p->sessions[i].room_id)
			list[i].room++;
	}
	qsort(list, p->n_sessions, sizeof(list[0]), by_time_and_room);
	for (size_t i = 0; i < p->n_sessions; i++)
		p->sessions[i] = list[i].session;
}

enum rc programme_load(
	struct db *db, struct arena *a, int64_t event_id, struct programme *out, struct err *err)
{
	*out = (struct programme){.note = ""};
	TRY(rooms_load(db, a, event_id, out, err));
	TRY(masterclasses_load(db, a, event_id, out, err));
	TRY(sessions_load(db, a, event_id, out, err));
	TRY(people_load(db, a, event_id, out, err));
	TRY(items_load(db, a, event_id, out, err));
	sessions_sort(a, out);
	return OK;
}

enum rc programme_load_published(struct db *db, struct arena *a, int64_t event_id,
	struct programme *out, bool *found, struct err *err)
{
	struct q_programme_newest row;

	TRY(q_programme_newest(
		db, a, &(struct q_programme_newest_in){.event_id = event_id}, &row, found, err));
	if (!*found)
		return OK;
	TRY(programme_of_json(a, row.snapshot, out, err));
	out->version = row.version;
	out->published_at = row.published_at;
	out->note = row.note;
	return OK;
}
