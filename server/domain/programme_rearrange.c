/* Many changes of the programme at once, noting what was before. */
#include "domain/programme_rearrange.h"
#include "base/json.h"
#include "domain/audit.h"
#include "domain/programme_write.h"
#include "domain/proposal.h"

/* What undoing needs is less than what proposing may take. */
enum { UNDO_MAX_BYTES = PROPOSAL_MAX_BYTES, REASONS_MAX_BYTES = 4000 };

/* A session that changes: before, and as it shall be. */
struct change {
	struct programme_session *session;
	struct programme_item *items; /* id 0: a new one */
	size_t n_items;
	int64_t room_id; /* 0: as it is */
};

struct rearranging {
	struct tx *tx;
	const struct programme_rearrange *r;
	struct programme before;
	struct change *changes;
	size_t n_changes;
	struct programme_item *gone; /* taken out of their session; some go into another one */
	size_t n_gone;
};

static enum rc changed_since(struct err *err, const char *name)
{
	return err_set(err, CONFLICT,
		"%s has changed since this was worked out: nothing was done. Ask for a new "
		"proposal",
		name);
}

/* ---- which sessions change ---- */

static enum rc check_rev(
	const struct rearranging *g, const struct programme_session *s, struct err *err)
{
	for (size_t i = 0; i < g->r->n_revs; i++)
		if (text_equal(g->r->revs[i].code, s->code) && g->r->revs[i].rev == s->rev)
			return OK;
	return changed_since(err, arena_printf(tx_arena(g->tx), "“%s”", s->title));
}

static enum rc change_of(
	struct rearranging *g, const char *code, struct change **out, struct err *err)
{
	struct programme_session *s = programme_session_of(&g->before, code);
	struct change *c;

	if (!s)
		return changed_since(err, "A session");
	for (size_t i = 0; i < g->n_changes; i++)
		if (g->changes[i].session == s) {
			*out = &g->changes[i];
			return OK;
		}
	TRY(check_rev(g, s, err));
	c = &g->changes[g->n_changes++];
	*c = (struct change){.session = s, .n_items = s->n_items};
	c->items = ARENA_ARRAY(tx_arena(g->tx), s->n_items + g->r->n_works, struct programme_item);
	for (size_t i = 0; i < s->n_items; i++)
		c->items[i] = s->items[i];
	*out = c;
	return OK;
}

/* ---- works ---- */

static enum rc take_out(struct rearranging *g, const struct work_step *step, struct err *err)
{
	struct change *c;
	size_t at = 0;

	TRY(change_of(g, step->from_code, &c, err));
	while (at < c->n_items && !text_equal(c->items[at].submission_code, step->submission_code))
		at++;
	if (at == c->n_items)
		return changed_since(err, "A work");
	g->gone[g->n_gone++] = c->items[at];
	for (c->n_items--; at < c->n_items; at++)
		c->items[at] = c->items[at + 1];
	return OK;
}

static enum rc find_waiting(struct rearranging *g, const struct work_step *step,
	struct programme_item *out, struct err *err)
{
	struct q_works_to_place *rows;
	size_t n;

	TRY(q_works_to_place(tx_db(g->tx), tx_arena(g->tx),
		&(struct q_works_to_place_in){
			.event_id = tx_event_id(g->tx),
			.actor_roles = g->r->actor->roles,
			.code = step->submission_code,
		},
		&rows, &n, err));
	if (!n)
		return err_field(err, "work",
			"A work is not to be placed any more: it was withdrawn or declined");
	if (*rows->placed_in)
		return err_field(
			err, "work", "“%s” is in “%s” already", rows->title, rows->placed_in);
	*out = (struct programme_item){
		.code = step->new_code,
		.submission_id = rows->id,
		.submission_code = rows->code,
		.title = "",
		.minutes = step->minutes,
	};
	return OK;
}

static enum rc put_in(struct rearranging *g, const struct work_step *step, struct err *err)
{
	struct programme_item item = {0};
	struct change *c;

	TRY(change_of(g, step->to_code, &c, err));
	if (!*step->from_code) {
		TRY(find_waiting(g, step, &item, err));
	} else {
		for (size_t i = 0; i < g->n_gone; i++)
			if (text_equal(g->gone[i].submission_code, step->submission_code))
				item = g->gone[i];
	}
	c->items[c->n_items++] = item;
	return OK;
}

/* First all that move go, then they come. */
static enum rc works_plan(struct rearranging *g, struct err *err)
{
	for (size_t i = 0; i < g->r->n_works; i++)
		if (*g->r->works[i].from_code)
			TRY(take_out(g, &g->r->works[i], err));
	for (size_t i = 0; i < g->r->n_works; i++)
		if (*g->r->works[i].to_code)
			TRY(put_in(g, &g->r->works[i], err));
	return OK;
}

static enum rc rooms_plan(struct rearranging *g, struct err *err)
{
	for (size_t i = 0; i < g->r->n_rooms; i++) {
		const struct programme_room *room =
			programme_room_of(&g->before, g->r->rooms[i].room_code);
		struct change *c;
		if (!room)
			return changed_since(err, "A room");
		TRY(change_of(g, g->r->rooms[i].session_code, &c, err));
		c->room_id = room->id;
	}
	return OK;
}

/* ---- writing ---- */

static enum rc bump(struct rearranging *g, const struct change *c, struct err *err)
{
	int64_t n;

	if (c->room_id)
		TRY(q_session_room_set(g->tx,
			&(struct q_session_room_set_in){
				.event_id = tx_event_id(g->tx),
				.id = c->session->id,
				.room_id = c->room_id,
				.rev = c->session->rev,
			},
			&n, err));
	else
		TRY(q_session_bump(g->tx,
			&(struct q_session_bump_in){.event_id = tx_event_id(g->tx),
				.id = c->session->id,
				.rev = c->session->rev},
			&n, err));
	return n ? OK : programme_session_changed(err);
}

static enum rc item_write(struct rearranging *g, const struct change *c, size_t i, struct err *err)
{
	const struct programme_item *item = &c->items[i];
	int64_t n;

	if (item->id)
		return q_presentation_move(g->tx,
			&(struct q_presentation_move_in){
				.event_id = tx_event_id(g->tx),
				.id = item->id,
				.session_id = c->session->id,
				.position = (int64_t)i,
			},
			NULL, err);
	TRY(q_presentation_insert(g->tx,
		&(struct q_presentation_insert_in){
			.event_id = tx_event_id(g->tx),
			.id = tx_id(g->tx),
			.code = item->code,
			.session_id = c->session->id,
			.submission_id = item->submission_id,
			.title = "",
			.minutes = item->minutes,
			.position = (int64_t)i,
		},
		&n, err));
	return n ? OK : err_field(err, "work", "A work is in another session already");
}

static bool comes_back(const struct rearranging *g, const struct programme_item *item)
{
	for (size_t i = 0; i < g->n_changes; i++)
		for (size_t k = 0; k < g->changes[i].n_items; k++)
			if (g->changes[i].items[k].id == item->id)
				return true;
	return false;
}

static enum rc changes_write(struct rearranging *g, struct err *err)
{
	for (size_t i = 0; i < g->n_gone; i++)
		if (!comes_back(g, &g->gone[i]))
			TRY(q_presentation_delete(g->tx,
				&(struct q_presentation_delete_in){
					.event_id = tx_event_id(g->tx), .id = g->gone[i].id},
				NULL, err));
	for (size_t i = 0; i < g->n_changes; i++) {
		TRY(bump(g, &g->changes[i], err));
		for (size_t k = 0; k < g->changes[i].n_items; k++)
			TRY(item_write(g, &g->changes[i], k, err));
	}
	return OK;
}

static bool is_of_change(const struct rearranging *g, const struct programme_session *s)
{
	for (size_t i = 0; s && i < g->n_changes; i++)
		if (g->changes[i].session->id == s->id)
			return true;
	return false;
}

static bool was_broken(const struct clash *before, size_t n, const struct clash *clash)
{
	for (size_t i = 0; i < n; i++)
		if (before[i].kind == clash->kind && text_equal(before[i].reason, clash->reason))
			return true;
	return false;
}

/* Every rule that the change breaks. What was broken before is not its fault, and no worse. */
static enum rc check_changes(struct rearranging *g, struct err *err)
{
	struct programme_days days = programme_days_of(g->r->event);
	struct arena *a = tx_arena(g->tx);
	struct buf why = buf_in(a, REASONS_MAX_BYTES);
	struct programme after;
	struct clash *before, *clashes;
	size_t n_before = programme_clashes(a, &g->before, &days, 0, &before), n;

	TRY(programme_load(tx_db(g->tx), a, tx_event_id(g->tx), &after, err));
	n = programme_clashes(a, &after, &days, 0, &clashes);
	for (size_t i = 0; i < n; i++)
		if ((is_of_change(g, clashes[i].session) || is_of_change(g, clashes[i].other)) &&
			!was_broken(before, n_before, &clashes[i]))
			buf_printf(&why, "%s%s", why.n ? ". " : "", clashes[i].reason);
	return why.n ? err_field(err, "work", "%s", buf_cstr(&why)) : OK;
}

/* ---- what was before ---- */

static void write_item(struct buf *b, const struct programme_item *item)
{
	buf_text(b, "{\"code\":");
	json_add_string(b, item->code);
	buf_text(b, ",\"submission\":");
	json_add_string(b, item->submission_code);
	buf_text(b, ",\"title\":");
	json_add_string(b, *item->submission_code ? "" : item->title);
	buf_printf(b, ",\"minutes\":%lld}", (long long)item->minutes);
}

static const char *undo_of(const struct rearranging *g)
{
	struct buf b = buf_in(tx_arena(g->tx), UNDO_MAX_BYTES);

	buf_text(&b, "{\"sessions\":[");
	for (size_t i = 0; i < g->n_changes; i++) {
		const struct programme_session *s = g->changes[i].session;
		buf_printf(&b, "%s{\"code\":", i ? "," : "");
		json_add_string(&b, s->code);
		buf_text(&b, ",\"room\":");
		json_add_string(&b, g->changes[i].room_id ? s->room_code : "");
		buf_printf(&b, ",\"rev\":%lld,\"items\":[", (long long)s->rev + 1);
		for (size_t k = 0; k < s->n_items; k++) {
			buf_text(&b, k ? "," : "");
			write_item(&b, &s->items[k]);
		}
		buf_text(&b, "]}");
	}
	buf_text(&b, "]}");
	return b.failed ? NULL : buf_cstr(&b);
}

enum rc programme_rearrange(struct tx *tx, void *arg, struct err *err)
{
	struct rearranging g = {.tx = tx, .r = arg};
	const char *undo;

	if (!g.r->n_works && !g.r->n_rooms)
		return err_field(err, "work", "Choose at least one change");
	TRY(programme_load(tx_db(tx), tx_arena(tx), tx_event_id(tx), &g.before, err));
	/* The items of g.before stay as they are: changes have copies. */
	g.changes = ARENA_ARRAY(tx_arena(tx), g.before.n_sessions, struct change);
	g.gone = ARENA_ARRAY(tx_arena(tx), g.r->n_works, struct programme_item);
	TRY(works_plan(&g, err));
	TRY(rooms_plan(&g, err));
	TRY(changes_write(&g, err));
	TRY(check_changes(&g, err));
	undo = undo_of(&g);
	if (!undo)
		return err_set(err, INVALID, "This is too much for one step: accept fewer of them");
	TRY(proposal_accepted(tx, g.r->actor, g.r->proposal_id, g.r->proposal_code, undo, err));
	return audit_write(
		tx, g.r->actor->person_id, "programme.rearrange", g.r->proposal_code, NULL, err);
}
