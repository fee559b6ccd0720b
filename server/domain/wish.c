/* Ranking masterclasses, and how an event gives seats. */
#include "domain/wish.h"
#include "domain/audit.h"

static enum wish_phase phase_of(
	int64_t is_by_wishes, int64_t open_at, int64_t close_at, int64_t given_at, int64_t now_ms)
{
	if (!is_by_wishes)
		return WISH_FIRST_COME;
	if (given_at)
		return WISH_GIVEN;
	if (!open_at || now_ms < open_at)
		return WISH_NOT_YET;
	return now_ms <= close_at ? WISH_OPEN : WISH_CLOSED;
}

enum wish_phase wish_phase_at(const struct event *event, int64_t now_ms)
{
	const struct q_event_by_slug *row = &event->row;

	return phase_of(row->is_by_wishes, row->wishes_open_at, row->wishes_close_at,
		row->seats_given_at, now_ms);
}

const char *wish_phase_word(enum wish_phase phase)
{
	static const char *const words[] = {[WISH_FIRST_COME] = "first_come",
		[WISH_NOT_YET] = "not_yet",
		[WISH_OPEN] = "open",
		[WISH_CLOSED] = "closed",
		[WISH_GIVEN] = "given"};

	return words[phase];
}

/* ---- ranking ---- */

/* As the event is now: a page may be older than the end of the wishes. */
static enum rc check_open(struct tx *tx, const struct wish_place *w, struct err *err)
{
	struct q_seating_get now;

	TRY(q_seating_get(tx_db(tx), tx_arena(tx),
		&(struct q_seating_get_in){.id = tx_event_id(tx)}, &now, err));
	switch (phase_of(now.is_by_wishes, now.wishes_open_at, now.wishes_close_at,
		now.seats_given_at, w->now_ms)) {
	case WISH_FIRST_COME:
		return err_set(err, CONFLICT,
			"Seats of this event go to who books first: there is nothing to rank");
	case WISH_NOT_YET:
		return err_set(err, CONFLICT, "Wishes are not open yet");
	case WISH_CLOSED:
		return err_set(
			err, CONFLICT, "Wishes are closed: what you had ranked by then counts");
	case WISH_GIVEN:
		return err_set(err, CONFLICT,
			"The seats are given. What is left can be booked on the page of "
			"masterclasses");
	case WISH_OPEN:
		break;
	}
	return OK;
}

static enum rc hold_registration(struct tx *tx, int64_t registration_id, struct err *err)
{
	int64_t n;

	TRY(q_registration_hold(tx,
		&(struct q_registration_hold_in){
			.event_id = tx_event_id(tx), .id = registration_id},
		&n, err));
	return n ? OK : err_set(err, CONFLICT, "Your registration was cancelled");
}

/* The ids in their new order: `id` at `rank`, the others as they were. */
static size_t reorder(const struct q_wishes_of_registration *rows, size_t n_rows, int64_t id,
	int64_t rank, int64_t *out)
{
	size_t n = 0;

	for (size_t i = 0; i < n_rows; i++) {
		if (rank == (int64_t)n + 1)
			out[n++] = id;
		if (rows[i].masterclass_id != id)
			out[n++] = rows[i].masterclass_id;
	}
	if (rank > (int64_t)n)
		out[n++] = id;
	return n;
}

static enum rc rank_write(
	struct tx *tx, int64_t registration_id, const int64_t *ids, size_t n, struct err *err)
{
	int64_t event_id = tx_event_id(tx);

	TRY(q_wishes_delete(tx,
		&(struct q_wishes_delete_in){
			.event_id = event_id, .registration_id = registration_id},
		NULL, err));
	for (size_t i = 0; i < n; i++)
		TRY(q_wish_insert(tx,
			&(struct q_wish_insert_in){
				.event_id = event_id,
				.registration_id = registration_id,
				.masterclass_id = ids[i],
				.rank = (int64_t)i + 1,
			},
			NULL, err));
	return OK;
}

enum rc wish_place(struct tx *tx, void *arg, struct err *err)
{
	const struct wish_place *w = arg;
	struct q_wishes_of_registration *rows;
	struct q_masterclass_id_by_code masterclass;
	int64_t *ids;
	size_t n_rows, n;
	bool found;

	TRY(hold_registration(tx, w->registration_id, err));
	TRY(check_open(tx, w, err));
	TRY(q_masterclass_id_by_code(tx_db(tx), tx_arena(tx),
		&(struct q_masterclass_id_by_code_in){
			.event_id = tx_event_id(tx), .code = w->masterclass},
		&masterclass, &found, err));
	if (!found)
		return err_field(err, "masterclass", "Choose a masterclass from the list");
	TRY(q_wisher_keep(tx,
		&(struct q_wisher_keep_in){
			.event_id = tx_event_id(tx),
			.registration_id = w->registration_id,
			.code = w->code,
			.changed_at = tx_now_ms(tx),
		},
		NULL, err));
	TRY(q_wishes_of_registration(tx_db(tx), tx_arena(tx),
		&(struct q_wishes_of_registration_in){
			.event_id = tx_event_id(tx), .registration_id = w->registration_id},
		&rows, &n_rows, err));
	ids = ARENA_ARRAY(tx_arena(tx), n_rows + 1, int64_t);
	n = reorder(rows, n_rows, masterclass.id, w->rank, ids);
	if (n > WISH_MAX)
		return err_field(err, "masterclass",
			"You can rank %d masterclasses: take one out first", WISH_MAX);
	TRY(rank_write(tx, w->registration_id, ids, n, err));
	return audit_write(tx, w->actor->person_id, "wish.place", w->masterclass, NULL, err);
}

enum rc wish_clear(struct tx *tx, int64_t registration_id, struct err *err)
{
	TRY(q_wishes_delete(tx,
		&(struct q_wishes_delete_in){
			.event_id = tx_event_id(tx), .registration_id = registration_id},
		NULL, err));
	return q_wisher_delete(tx,
		&(struct q_wisher_delete_in){
			.event_id = tx_event_id(tx), .registration_id = registration_id},
		NULL, err);
}

enum rc wish_forget_masterclass(struct tx *tx, int64_t masterclass_id, struct err *err)
{
	TRY(q_wishes_close_gap(tx,
		&(struct q_wishes_close_gap_in){
			.event_id = tx_event_id(tx), .masterclass_id = masterclass_id},
		NULL, err));
	return q_wishes_delete_masterclass(tx,
		&(struct q_wishes_delete_masterclass_in){
			.event_id = tx_event_id(tx), .masterclass_id = masterclass_id},
		NULL, err);
}

/* ---- how an event gives seats ---- */

static enum rc check_dates(const struct seating_change *c, struct err *err)
{
	if (!c->is_by_wishes)
		return OK;
	if (!c->wishes_open_at)
		return err_field(
			err, "wishes_open_at", "Say from when on people can rank masterclasses");
	if (!c->wishes_close_at)
		return err_field(err, "wishes_close_at", "Say until when wishes can be changed");
	if (c->wishes_close_at <= c->wishes_open_at)
		return err_field(err, "wishes_close_at", "Wishes must close after they open");
	return OK;
}

static enum rc first_write(struct tx *tx, const struct seating_change *c, struct err *err)
{
	int64_t n;

	TRY(q_wish_first_clear(
		tx, &(struct q_wish_first_clear_in){.event_id = tx_event_id(tx)}, NULL, err));
	for (size_t i = 0; i < c->n_first; i++) {
		TRY(q_wish_first_insert(tx,
			&(struct q_wish_first_insert_in){
				.event_id = tx_event_id(tx), .ticket = c->first[i]},
			&n, err));
		if (!n)
			return err_field(err, "first", "Choose kinds of tickets from the list");
	}
	return OK;
}

enum rc seating_change(struct tx *tx, void *arg, struct err *err)
{
	const struct seating_change *c = arg;
	struct q_seating_get now;
	int64_t n;

	TRY(check_dates(c, err));
	TRY(q_seating_get(tx_db(tx), tx_arena(tx),
		&(struct q_seating_get_in){.id = tx_event_id(tx)}, &now, err));
	if (now.seats_given_at)
		return err_set(err, CONFLICT,
			"The seats are given: how that was done can no longer be changed");
	TRY(q_seating_change(tx,
		&(struct q_seating_change_in){
			.id = tx_event_id(tx),
			.rev = c->rev,
			.is_by_wishes = c->is_by_wishes,
			.wishes_open_at = c->wishes_open_at,
			.wishes_close_at = c->wishes_close_at,
			.most_seats = c->most_seats,
		},
		&n, err));
	if (!n)
		return err_set(
			err, CONFLICT, "The event was changed meanwhile. Compare, then save again");
	TRY(first_write(tx, c, err));
	return audit_write(tx, c->actor->person_id, "seating.change", "", NULL, err);
}
