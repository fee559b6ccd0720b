/* Rooms, all rows at once, and masterclasses. */
#include "base/random.h"
#include "base/text.h"
#include "domain/audit.h"
#include "domain/programme_write.h"
#include "domain/wish.h"

static const char *field_of(struct err *err, const struct room_row *row, const char *member)
{
	return arena_printf(err->arena, "room.%zu.%s", row->number, member);
}

static bool is_kept(const struct rooms_change *c, const char *code)
{
	for (size_t i = 0; i < c->n_rows; i++)
		if (text_equal(c->rows[i].code, code))
			return true;
	return false;
}

/* Two rooms of one name could not be told apart. */
static enum rc rows_check(const struct rooms_change *c, struct err *err)
{
	if (c->n_rows > ROOMS_MAX)
		err_field(err, "room", "At most %d rooms", ROOMS_MAX);
	for (size_t i = 0; i < c->n_rows; i++) {
		if (text_is_empty(c->rows[i].name))
			err_field(err, field_of(err, &c->rows[i], "name"), "Give this room a name");
		for (size_t k = 0; k < i; k++)
			if (text_equal(c->rows[k].name, c->rows[i].name))
				err_field(err, field_of(err, &c->rows[i], "name"),
					"There are two rooms called %s", c->rows[i].name);
	}
	return err->rc;
}

static enum rc rooms_remove(struct tx *tx, const struct rooms_change *c,
	const struct q_rooms_of_event *rooms, size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		int64_t n_gone;
		if (is_kept(c, rooms[i].code))
			continue;
		TRY(q_room_delete(tx,
			&(struct q_room_delete_in){.event_id = tx_event_id(tx), .id = rooms[i].id},
			&n_gone, err));
		if (!n_gone)
			return err_field(err, "room",
				"A session is in %s, so it stays. Move the session first",
				rooms[i].name);
	}
	return OK;
}

static bool is_taken(const struct rooms_change *c, const struct q_rooms_of_event *rooms, size_t n,
	const char *code)
{
	for (size_t i = 0; i < n; i++)
		if (text_equal(rooms[i].code, code))
			return true;
	return is_kept(c, code);
}

/* A code from the name, else by number; the copy of the rows remembers it. */
static enum rc room_create(struct tx *tx, const struct rooms_change *c, struct room_row *row,
	const struct q_rooms_of_event *rooms, size_t n, int64_t position, struct err *err)
{
	struct arena *a = tx_arena(tx);
	const char *base = text_slug(a, row->name);
	const char *code = *base ? base : "room";

	if (!*base)
		base = code;
	for (int i = 2; is_taken(c, rooms, n, code); i++)
		code = arena_printf(a, "%s-%d", base, i);
	row->code = code;
	return q_room_insert(tx,
		&(struct q_room_insert_in){
			.event_id = tx_event_id(tx),
			.id = tx_id(tx),
			.code = code,
			.name = row->name,
			.capacity = row->capacity,
			.notes = row->notes,
			.position = position,
		},
		NULL, err);
}

static enum rc room_write(struct tx *tx, const struct rooms_change *c, struct room_row *row,
	const struct q_rooms_of_event *rooms, size_t n, int64_t position, struct err *err)
{
	if (text_is_empty(row->code))
		return room_create(tx, c, row, rooms, n, position, err);
	for (size_t i = 0; i < n; i++)
		if (text_equal(rooms[i].code, row->code))
			return q_room_update(tx,
				&(struct q_room_update_in){
					.event_id = tx_event_id(tx),
					.id = rooms[i].id,
					.name = row->name,
					.capacity = row->capacity,
					.notes = row->notes,
					.position = position,
				},
				NULL, err);
	return err_field(err, field_of(err, row, "name"), "This room was removed meanwhile");
}

enum rc rooms_change(struct tx *tx, void *arg, struct err *err)
{
	const struct rooms_change *given = arg;
	struct room_row *rows = ARENA_ARRAY(tx_arena(tx), given->n_rows, struct room_row);
	struct rooms_change c = *given;
	struct q_rooms_of_event *rooms;
	int64_t touched;
	size_t n;

	/* A copy: new rows get their codes inside, and the function may run again. */
	for (size_t i = 0; i < given->n_rows; i++)
		rows[i] = given->rows[i];
	c.rows = rows;
	TRY(rows_check(&c, err));
	TRY(q_event_touch_rev(tx,
		&(struct q_event_touch_rev_in){.id = tx_event_id(tx), .rev = c.event_rev}, &touched,
		err));
	if (!touched)
		return err_set(err, CONFLICT,
			"The event was changed in another window. Compare, then save again");
	TRY(q_rooms_of_event(tx_db(tx), tx_arena(tx),
		&(struct q_rooms_of_event_in){.event_id = tx_event_id(tx)}, &rooms, &n, err));
	TRY(rooms_remove(tx, &c, rooms, n, err));
	for (size_t i = 0; i < c.n_rows; i++)
		TRY(room_write(tx, &c, &rows[i], rooms, n, (int64_t)i, err));
	return audit_write(tx, c.actor->person_id, "rooms.change", "", NULL, err);
}

/* ---- masterclasses ---- */

static enum rc masterclass_changed(struct err *err)
{
	return err_set(err, CONFLICT,
		"This masterclass was changed in another window. Compare, then save again");
}

static enum rc masterclass_find(
	struct tx *tx, const char *code, struct q_masterclass_by_code *out, struct err *err)
{
	bool found;

	TRY(q_masterclass_by_code(tx_db(tx), tx_arena(tx),
		&(struct q_masterclass_by_code_in){.event_id = tx_event_id(tx), .code = code}, out,
		&found, err));
	return found ? OK : err_set(err, NOT_FOUND, "There is no such masterclass");
}

static enum rc masterclass_create(struct tx *tx, const struct masterclass_save *s, struct err *err)
{
	struct q_masterclasses_of_event *rows;
	size_t n;

	TRY(q_masterclasses_of_event(tx_db(tx), tx_arena(tx),
		&(struct q_masterclasses_of_event_in){.event_id = tx_event_id(tx)}, &rows, &n,
		err));
	TRY(q_masterclass_insert(tx,
		&(struct q_masterclass_insert_in){
			.event_id = tx_event_id(tx),
			.id = tx_id(tx),
			.code = s->new_code,
			.title = s->title,
			.summary = s->summary,
			.outcomes = s->outcomes,
			.position = (int64_t)n,
		},
		NULL, err));
	return audit_write(tx, s->actor->person_id, "masterclass.create", s->new_code, NULL, err);
}

enum rc masterclass_save(struct tx *tx, void *arg, struct err *err)
{
	const struct masterclass_save *s = arg;
	struct q_masterclass_by_code old;
	int64_t n;

	if (text_is_empty(s->code))
		return masterclass_create(tx, s, err);
	TRY(masterclass_find(tx, s->code, &old, err));
	TRY(q_masterclass_update(tx,
		&(struct q_masterclass_update_in){
			.event_id = tx_event_id(tx),
			.id = old.id,
			.rev = s->rev,
			.title = s->title,
			.summary = s->summary,
			.outcomes = s->outcomes,
		},
		&n, err));
	if (!n)
		return masterclass_changed(err);
	if (!text_equal(old.title, s->title))
		TRY(q_masterclass_sessions_rename(tx,
			&(struct q_masterclass_sessions_rename_in){
				.event_id = tx_event_id(tx),
				.masterclass_id = old.id,
				.title = s->title,
			},
			NULL, err));
	return audit_write(tx, s->actor->person_id, "masterclass.change", s->code, NULL, err);
}

enum rc masterclass_remove(struct tx *tx, void *arg, struct err *err)
{
	const struct masterclass_remove *r = arg;
	struct q_masterclass_by_code old;
	int64_t n;

	TRY(masterclass_find(tx, r->code, &old, err));
	if (old.rev != r->rev)
		return masterclass_changed(err);
	TRY(wish_forget_masterclass(tx, old.id, err));
	TRY(q_masterclass_delete(tx,
		&(struct q_masterclass_delete_in){
			.event_id = tx_event_id(tx), .id = old.id, .rev = r->rev},
		&n, err));
	if (!n)
		return err_set(
			err, CONFLICT, "It has sessions. Delete those first, then the masterclass");
	return audit_write(tx, r->actor->person_id, "masterclass.remove", r->code, NULL, err);
}
