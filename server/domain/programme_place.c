/* Placing accepted work into sessions, and its order there. */
#include "base/random.h"
#include "base/text.h"
#include "domain/audit.h"
#include "domain/programme_write.h"

enum { MINUTES_OTHERWISE = 15 };

static const char *const place_fields[] = {
	[CLASH_DAYS] = "session",
	[CLASH_ROOM] = "session",
	[CLASH_PERSON] = "session",
	[CLASH_MINUTES] = "minutes",
};

static const char *const change_fields[] = {
	[CLASH_DAYS] = "minutes",
	[CLASH_ROOM] = "minutes",
	[CLASH_PERSON] = "minutes",
	[CLASH_MINUTES] = "minutes",
};

/* The accepted work of that code, which must be in no session yet. */
static enum rc find_work(struct tx *tx, const struct item_place *place,
	struct q_works_to_place **out, struct err *err)
{
	size_t n;

	TRY(q_works_to_place(tx_db(tx), tx_arena(tx),
		&(struct q_works_to_place_in){
			.event_id = tx_event_id(tx),
			.actor_roles = place->actor->roles,
			.code = place->submission_code,
		},
		out, &n, err));
	if (!n)
		return err_field(err, "submission",
			"Only accepted work whose decision is released, and whose authors have not "
			"declined, can be placed");
	if (*(*out)->placed_in)
		return err_field(err, "submission", "It is in “%s” already", (*out)->placed_in);
	return OK;
}

static int64_t minutes_of(const struct item_place *place, const struct programme_session *s,
	const struct q_works_to_place *work)
{
	if (place->minutes >= 0)
		return place->minutes;
	if (text_equal(s->kind, "poster"))
		return 0;
	return work && work->minutes ? work->minutes : MINUTES_OTHERWISE;
}

static enum rc bump(struct tx *tx, const struct programme_session *s, int64_t rev, struct err *err)
{
	int64_t n;

	TRY(q_session_bump(tx,
		&(struct q_session_bump_in){.event_id = tx_event_id(tx), .id = s->id, .rev = rev},
		&n, err));
	return n ? OK : programme_session_changed(err);
}

enum rc item_place(struct tx *tx, void *arg, struct err *err)
{
	const struct item_place *place = arg;
	const struct programme_session *s;
	struct q_works_to_place *work = NULL;
	struct programme p;
	int64_t n;

	TRY(programme_load(tx_db(tx), tx_arena(tx), tx_event_id(tx), &p, err));
	s = programme_session_of(&p, place->session_code);
	if (!s)
		return err_field(err, "session", "Choose a session");
	if (*place->submission_code)
		TRY(find_work(tx, place, &work, err));
	else if (text_is_empty(place->title))
		return err_field(err, "title", "Say what is presented");
	TRY(q_presentation_insert(tx,
		&(struct q_presentation_insert_in){
			.event_id = tx_event_id(tx),
			.id = tx_id(tx),
			.code = place->new_code,
			.session_id = s->id,
			.submission_id = work ? work->id : 0,
			.title = work ? "" : place->title,
			.minutes = minutes_of(place, s, work),
			.position = (int64_t)s->n_items,
		},
		&n, err));
	if (!n)
		return err_field(err, "submission", "It is in another session already");
	TRY(bump(tx, s, s->rev, err));
	TRY(programme_refuse_clashes(tx, place->event, s->id, place_fields, err));
	return audit_write(
		tx, place->actor->person_id, "presentation.place", place->new_code, NULL, err);
}

/* ---- changing what is there ---- */

/* Writes the order of the list as it stands. */
static enum rc renumber(struct tx *tx, const struct programme_session *s, struct err *err)
{
	for (size_t i = 0; i < s->n_items; i++)
		TRY(q_presentation_set(tx,
			&(struct q_presentation_set_in){
				.event_id = tx_event_id(tx),
				.id = s->items[i].id,
				.minutes = s->items[i].minutes,
				.position = (int64_t)i,
			},
			NULL, err));
	return OK;
}

static enum rc take_out(struct tx *tx, struct programme_session *s, size_t at, struct err *err)
{
	TRY(q_presentation_delete(tx,
		&(struct q_presentation_delete_in){
			.event_id = tx_event_id(tx), .id = s->items[at].id},
		NULL, err));
	for (size_t i = at; i + 1 < s->n_items; i++)
		s->items[i] = s->items[i + 1];
	s->n_items--;
	return OK;
}

static void swap(struct programme_session *s, size_t upper)
{
	struct programme_item item = s->items[upper];

	s->items[upper] = s->items[upper + 1];
	s->items[upper + 1] = item;
}

static enum rc apply(struct tx *tx, const struct item_change *c, struct programme_session *s,
	size_t at, struct err *err)
{
	if (text_equal(c->doing, "remove"))
		return take_out(tx, s, at, err);
	if (text_equal(c->doing, "up")) {
		if (at > 0)
			swap(s, at - 1);
		return OK;
	}
	if (text_equal(c->doing, "down")) {
		if (at + 1 < s->n_items)
			swap(s, at);
		return OK;
	}
	if (!text_equal(c->doing, "minutes") || c->minutes < 0)
		return err_field(err, "minutes", "Say how many minutes it takes");
	s->items[at].minutes = c->minutes;
	return OK;
}

enum rc item_change(struct tx *tx, void *arg, struct err *err)
{
	const struct item_change *c = arg;
	struct programme_session *s;
	struct programme p;
	size_t at = 0;

	TRY(programme_load(tx_db(tx), tx_arena(tx), tx_event_id(tx), &p, err));
	s = programme_session_of(&p, c->session_code);
	while (s && at < s->n_items && !text_equal(s->items[at].code, c->code))
		at++;
	if (!s || at == s->n_items)
		return err_set(err, NOT_FOUND, "It is not in this session any more");
	TRY(bump(tx, s, c->rev, err));
	TRY(apply(tx, c, s, at, err));
	TRY(renumber(tx, s, err));
	TRY(programme_refuse_clashes(tx, c->event, s->id, change_fields, err));
	return audit_write(tx, c->actor->person_id,
		arena_printf(tx_arena(tx), "presentation.%s", c->doing), c->code, NULL, err);
}
