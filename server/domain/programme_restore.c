/* Sessions as they were before they were rearranged. */
#include "base/json.h"
#include "domain/audit.h"
#include "domain/programme_rearrange.h"
#include "domain/programme_write.h"
#include "domain/proposal.h"

struct restoring {
	struct tx *tx;
	struct programme now;
	const cJSON *sessions; /* as domain/programme_rearrange.c wrote them */
};

static const char *text_of(const cJSON *object, const char *key)
{
	const char *text = json_text(object, key);

	return text ? text : "";
}

static enum rc check_rev(const struct restoring *g, const cJSON *x, struct err *err)
{
	const struct programme_session *s = programme_session_of(&g->now, text_of(x, "code"));

	if (s && s->rev == json_int(x, "rev", 0))
		return OK;
	return err_set(err, CONFLICT,
		"%s%s%s has changed since: nothing was undone. Put back by hand what you need",
		s ? "“" : "", s ? s->title : "A session", s ? "”" : "");
}

/* Of the presentations in the sessions that are restored. */
static int64_t presentation_id(const struct restoring *g, const char *code)
{
	for (const cJSON *x = g->sessions->child; x; x = x->next) {
		const struct programme_session *s =
			programme_session_of(&g->now, text_of(x, "code"));
		for (size_t i = 0; s && i < s->n_items; i++)
			if (text_equal(s->items[i].code, code))
				return s->items[i].id;
	}
	return 0;
}

static bool was_there(const struct restoring *g, const char *code)
{
	for (const cJSON *x = g->sessions->child; x; x = x->next) {
		const cJSON *items = json_get(x, "items");
		for (const cJSON *y = items ? items->child : NULL; y; y = y->next)
			if (text_equal(text_of(y, "code"), code))
				return true;
	}
	return false;
}

/* Those that came with the change. */
static enum rc remove_new(struct restoring *g, const struct programme_session *s, struct err *err)
{
	for (size_t i = 0; i < s->n_items; i++)
		if (!was_there(g, s->items[i].code))
			TRY(q_presentation_delete(g->tx,
				&(struct q_presentation_delete_in){
					.event_id = tx_event_id(g->tx), .id = s->items[i].id},
				NULL, err));
	return OK;
}

static enum rc insert(struct restoring *g, const struct programme_session *s, const cJSON *item,
	int64_t position, struct err *err)
{
	struct q_work_id work = {0};
	bool found = true;
	int64_t n;

	if (*text_of(item, "submission"))
		TRY(q_work_id(tx_db(g->tx), tx_arena(g->tx),
			&(struct q_work_id_in){.event_id = tx_event_id(g->tx),
				.code = text_of(item, "submission")},
			&work, &found, err));
	if (!found)
		return OK;
	TRY(q_presentation_insert(g->tx,
		&(struct q_presentation_insert_in){
			.event_id = tx_event_id(g->tx),
			.id = tx_id(g->tx),
			.code = text_of(item, "code"),
			.session_id = s->id,
			.submission_id = work.id,
			.title = text_of(item, "title"),
			.minutes = json_int(item, "minutes", 0),
			.position = position,
		},
		&n, err));
	return n ? OK
		 : err_set(err, CONFLICT,
			   "A work of “%s” is in another session by now: nothing was undone",
			   s->title);
}

static enum rc restore_items(
	struct restoring *g, const struct programme_session *s, const cJSON *items, struct err *err)
{
	int64_t position = 0;

	for (const cJSON *x = items ? items->child : NULL; x; x = x->next, position++) {
		int64_t id = presentation_id(g, text_of(x, "code"));
		if (!id) {
			TRY(insert(g, s, x, position, err));
			continue;
		}
		TRY(q_presentation_move(g->tx,
			&(struct q_presentation_move_in){.event_id = tx_event_id(g->tx),
				.id = id,
				.session_id = s->id,
				.position = position},
			NULL, err));
	}
	return OK;
}

static enum rc restore_session(struct restoring *g, const cJSON *x, struct err *err)
{
	const struct programme_session *s = programme_session_of(&g->now, text_of(x, "code"));
	const struct programme_room *room = programme_room_of(&g->now, text_of(x, "room"));
	int64_t n;

	if (*text_of(x, "room") && !room)
		return err_set(err, CONFLICT,
			"The room that “%s” was in is not there any more: nothing was undone",
			s->title);
	TRY(restore_items(g, s, json_get(x, "items"), err));
	if (room)
		TRY(q_session_room_set(g->tx,
			&(struct q_session_room_set_in){.event_id = tx_event_id(g->tx),
				.id = s->id,
				.room_id = room->id,
				.rev = s->rev},
			&n, err));
	else
		TRY(q_session_bump(g->tx,
			&(struct q_session_bump_in){
				.event_id = tx_event_id(g->tx), .id = s->id, .rev = s->rev},
			&n, err));
	return n ? OK : programme_session_changed(err);
}

enum rc programme_restore(struct tx *tx, void *arg, struct err *err)
{
	const struct programme_restore *r = arg;
	struct restoring g = {.tx = tx};
	cJSON *undo;

	if (text_is_empty(r->undo))
		return err_set(err, CONFLICT, "There is nothing to undo");
	TRY(json_parse_up_to(tx_arena(tx), str_from(r->undo), PROPOSAL_MAX_BYTES, &undo, err));
	g.sessions = json_get(undo, "sessions");
	if (!g.sessions)
		return err_internal(err, "proposal %s has no sessions to undo", r->proposal_code);
	TRY(proposal_undone(tx, r->actor, r->proposal_id, r->proposal_code, err));
	TRY(programme_load(tx_db(tx), tx_arena(tx), tx_event_id(tx), &g.now, err));
	for (const cJSON *x = g.sessions->child; x; x = x->next)
		TRY(check_rev(&g, x, err));
	for (const cJSON *x = g.sessions->child; x; x = x->next)
		TRY(remove_new(&g, programme_session_of(&g.now, text_of(x, "code")), err));
	for (const cJSON *x = g.sessions->child; x; x = x->next)
		TRY(restore_session(&g, x, err));
	return audit_write(
		tx, r->actor->person_id, "programme.restore", r->proposal_code, NULL, err);
}
