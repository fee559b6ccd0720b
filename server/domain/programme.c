/* Changing the programme: sessions, rooms and masterclasses. */
#include "domain/programme.h"
#include "base/random.h"
#include "base/text.h"
#include "domain/audit.h"
#include "domain/person.h"
#include "domain/programme_write.h"

enum rc programme_refuse_clashes(struct tx *tx, const struct event *event, int64_t session_id,
	const char *const *fields, struct err *err)
{
	struct programme_days days = programme_days_of(event);
	struct programme p;
	struct clash *clashes;
	size_t n;

	TRY(programme_load(tx_db(tx), tx_arena(tx), tx_event_id(tx), &p, err));
	n = programme_clashes(tx_arena(tx), &p, &days, session_id, &clashes);
	for (size_t i = 0; i < n; i++)
		err_field(err, fields[clashes[i].kind], "%s", clashes[i].reason);
	return err->rc;
}

enum rc programme_session_changed(struct err *err)
{
	return err_set(err, CONFLICT,
		"This session was changed in another window. Compare, then save again");
}

/* ---- sessions ---- */

/* Where the errors of a clash stand in the form of a session. */
static const char *const session_fields[] = {
	[CLASH_DAYS] = "starts_at",
	[CLASH_ROOM] = "room",
	[CLASH_PERSON] = "person",
	[CLASH_MINUTES] = "ends_at",
};

static void check_times(const struct session_save *s, struct err *err)
{
	if (!s->starts_at && s->ends_at)
		err_field(err, "starts_at", "Say when it starts as well");
	else if (s->starts_at && !s->ends_at)
		err_field(err, "ends_at", "Say when it ends as well");
	else if (s->starts_at && s->ends_at <= s->starts_at)
		err_field(err, "ends_at", "It ends before it starts");
}

/* The row that the answers make, with field errors for what does not fit together. */
static enum rc session_row(struct tx *tx, const struct session_save *s, const struct programme *p,
	struct q_session_insert_in *row, struct err *err)
{
	const struct programme_room *room = programme_room_of(p, s->room_code);
	const struct programme_masterclass *masterclass =
		programme_masterclass_of(p, s->masterclass_code);
	bool is_master = text_equal(s->kind, "masterclass");

	if (!programme_word_is(session_kinds, s->kind))
		err_field(err, "kind", "Choose what kind of session it is");
	if (*s->room_code && !room)
		err_field(err, "room", "There is no such room");
	if (is_master && !masterclass)
		err_field(err, "masterclass", "Choose the masterclass that this session gives");
	if (!is_master && *s->masterclass_code)
		err_field(err, "masterclass", "Only a session of the kind masterclass gives one");
	if (!is_master && text_is_empty(s->title))
		err_field(err, "title", "Give the session a title");
	check_times(s, err);
	*row = (struct q_session_insert_in){
		.event_id = tx_event_id(tx),
		.kind = s->kind,
		.title = is_master && masterclass && text_is_empty(s->title) ? masterclass->title
									     : s->title,
		.summary = s->summary,
		.masterclass_id = masterclass ? masterclass->id : 0,
		.room_id = room ? room->id : 0,
		.starts_at = s->starts_at,
		.ends_at = s->ends_at,
		.capacity = s->capacity,
	};
	return err->rc;
}

static enum rc session_update(struct tx *tx, const struct session_save *s,
	const struct programme_session *old, const struct q_session_insert_in *row, struct err *err)
{
	int64_t n;

	if (row->capacity < old->taken)
		return err_field(err, "capacity",
			"%lld places are taken already; the capacity cannot be less",
			(long long)old->taken);
	TRY(q_session_update(tx,
		&(struct q_session_update_in){
			.event_id = row->event_id,
			.id = row->id,
			.rev = s->rev,
			.kind = row->kind,
			.title = row->title,
			.summary = row->summary,
			.masterclass_id = row->masterclass_id,
			.room_id = row->room_id,
			.starts_at = row->starts_at,
			.ends_at = row->ends_at,
			.capacity = row->capacity,
		},
		&n, err));
	if (!n)
		return programme_session_changed(err);
	return q_session_people_delete(tx,
		&(struct q_session_people_delete_in){
			.event_id = row->event_id, .session_id = row->id},
		NULL, err);
}

/* Somebody chosen from those the event knows, or typed with an address. */
static enum rc find_person(
	struct tx *tx, const struct session_person *typed, int64_t *person_id, struct err *err)
{
	const char *who = arena_printf(err->arena, "person.%zu.who", typed->number);
	struct q_people_to_choose *people;
	size_t n;

	if (*typed->email)
		return person_of_email(tx,
			&(struct person_new){.name = typed->name, .email = typed->email}, person_id,
			err);
	*person_id = 0;
	TRY(q_people_to_choose(tx_db(tx), tx_arena(tx),
		&(struct q_people_to_choose_in){.event_id = tx_event_id(tx)}, &people, &n, err));
	for (size_t i = 0; i < n; i++) {
		bool is_it = *typed->person_code ? text_equal(people[i].code, typed->person_code)
						 : text_equal(people[i].name, typed->name);
		if (!is_it)
			continue;
		if (*person_id)
			return err_field(err, who,
				"There are several people called %s: choose from the list",
				typed->name);
		*person_id = people[i].id;
	}
	if (*person_id)
		return OK;
	return err_field(err, who,
		"Nobody here is called %s. Choose from the list, or give an e-mail address as well",
		typed->name);
}

static enum rc people_write(
	struct tx *tx, const struct session_save *s, int64_t session_id, struct err *err)
{
	for (size_t i = 0; i < s->n_people; i++) {
		const struct session_person *typed = &s->people[i];
		int64_t person_id;
		if (!programme_word_is(session_roles, typed->role))
			return err_field(err,
				arena_printf(err->arena, "person.%zu.role", typed->number),
				"Choose a part for %s", typed->name);
		TRY(find_person(tx, typed, &person_id, err));
		TRY(q_session_person_insert(tx,
			&(struct q_session_person_insert_in){
				.event_id = tx_event_id(tx),
				.session_id = session_id,
				.person_id = person_id,
				.role = typed->role,
				.position = (int64_t)i,
			},
			NULL, err));
		if (text_equal(typed->role, "facilitator"))
			TRY(person_grant(
				tx, person_id, ROLE_FACILITATOR, s->actor->person_id, err));
	}
	return OK;
}

enum rc session_save(struct tx *tx, void *arg, struct err *err)
{
	const struct session_save *s = arg;
	struct q_session_insert_in row;
	const struct programme_session *old;
	struct programme p;

	TRY(programme_load(tx_db(tx), tx_arena(tx), tx_event_id(tx), &p, err));
	old = *s->code ? programme_session_of(&p, s->code) : NULL;
	if (*s->code && !old)
		return err_set(err, NOT_FOUND, "There is no such session");
	if (!old && p.n_sessions >= PROGRAMME_MAX_SESSIONS)
		return err_set(err, INVALID, "A programme has at most %d sessions",
			PROGRAMME_MAX_SESSIONS);
	TRY(session_row(tx, s, &p, &row, err));
	row.id = old ? old->id : tx_id(tx);
	row.code = s->new_code;
	if (old)
		TRY(session_update(tx, s, old, &row, err));
	else
		TRY(q_session_insert(tx, &row, NULL, err));
	TRY(people_write(tx, s, row.id, err));
	TRY(programme_refuse_clashes(tx, s->event, row.id, session_fields, err));
	return audit_write(tx, s->actor->person_id, old ? "session.change" : "session.create",
		old ? s->code : s->new_code, NULL, err);
}

enum rc session_remove(struct tx *tx, void *arg, struct err *err)
{
	const struct session_remove *r = arg;
	int64_t event_id = tx_event_id(tx), n;
	const struct programme_session *old;
	struct q_session_bookings bookings;
	struct programme p;

	TRY(programme_load(tx_db(tx), tx_arena(tx), event_id, &p, err));
	old = programme_session_of(&p, r->code);
	if (!old)
		return err_set(err, NOT_FOUND, "There is no such session");
	TRY(q_session_bookings(tx_db(tx), tx_arena(tx),
		&(struct q_session_bookings_in){.event_id = event_id, .session_id = old->id},
		&bookings, err));
	if (bookings.n)
		return err_set(err, CONFLICT,
			"People have booked this session, or wait for it. Move it instead");
	TRY(q_session_people_delete(tx,
		&(struct q_session_people_delete_in){.event_id = event_id, .session_id = old->id},
		NULL, err));
	TRY(q_presentations_delete(tx,
		&(struct q_presentations_delete_in){.event_id = event_id, .session_id = old->id},
		NULL, err));
	TRY(q_session_delete(tx,
		&(struct q_session_delete_in){.event_id = event_id, .id = old->id, .rev = r->rev},
		&n, err));
	if (!n)
		return programme_session_changed(err);
	return audit_write(tx, r->actor->person_id, "session.remove", r->code, NULL, err);
}
