/* A chain of moves into a seat that is free. */
#include "base/random.h"
#include "domain/mail.h"
#include "planning/allocation_give.h"
#include "planning/allocation_same.h"

enum { LINE_MAX_BYTES = 2 << 10, MAX_STEPS = ALLOCATE_MAX_MOVES };

/* ---- preparing ---- */

static enum rc step_read(struct db *db, struct arena *a, const cJSON *json,
	struct allocation_move *m, struct err *err)
{
	struct allocation_step *step = &m->steps[m->n_steps];
	const char *from = json_text(json, "from");
	bool found;

	TRY(q_wisher_by_code(db, a,
		&(struct q_wisher_by_code_in){
			.event_id = m->scene.event->row.id, .code = json_text(json, "code")},
		&step->who, &found, err));
	step->from = from ? allocation_session(&m->rows, from) : NULL;
	step->to = allocation_session(&m->rows, json_text(json, "to"));
	if (!found || !step->to || (from && !step->from))
		return allocation_has_changed(err);
	step->booking_code = code_new(a);
	m->n_steps++;
	return OK;
}

enum rc allocation_move_prepare(struct db *db, struct arena *a, const cJSON *result,
	struct allocation_move *m, struct err *err)
{
	const cJSON *json;

	m->steps = ARENA_ARRAY(a, MAX_STEPS, struct allocation_step);
	TRY(allocation_rows_load(db, a, m->scene.event->row.id, &m->rows, err));
	m->rows_text = allocation_rows_text(a, &m->rows);
	TRY(allocation_check_same(a, m->rows_text, result, err));
	cJSON_ArrayForEach(json, json_get(result, "moves"))
	{
		if (m->n_steps < MAX_STEPS)
			TRY(step_read(db, a, json, m, err));
	}
	return OK;
}

/* ---- moving ---- */

static enum rc seat_leave(struct tx *tx, const struct allocation_step *step, struct err *err)
{
	struct q_booking_of_session booking;
	bool found;

	if (!step->from)
		return OK;
	TRY(q_booking_of_session(tx_db(tx), tx_arena(tx),
		&(struct q_booking_of_session_in){
			.event_id = tx_event_id(tx),
			.session_id = step->from->id,
			.registration_id = step->who.registration_id,
		},
		&booking, &found, err));
	if (!found)
		return allocation_has_changed(err);
	return q_booking_delete(tx,
		&(struct q_booking_delete_in){.event_id = tx_event_id(tx), .id = booking.id}, NULL,
		err);
}

static enum rc seat_enter(struct tx *tx, const struct allocation_step *step, struct err *err)
{
	int64_t n;

	TRY(q_booking_insert(tx,
		&(struct q_booking_insert_in){
			.event_id = tx_event_id(tx),
			.id = tx_id(tx),
			.code = step->booking_code,
			.session_id = step->to->id,
			.registration_id = step->who.registration_id,
			.state = "booked",
			.asked_at = tx_now_ms(tx),
		},
		&n, err));
	if (!n)
		return allocation_has_changed(err);
	return q_waits_of_masterclass_delete(tx,
		&(struct q_waits_of_masterclass_delete_in){
			.event_id = tx_event_id(tx),
			.registration_id = step->who.registration_id,
			.masterclass_id = step->to->masterclass_id,
		},
		NULL, err);
}

static enum rc move_queue(struct tx *tx, const struct allocation_move *m,
	const struct allocation_step *step, struct err *err)
{
	struct arena *a = tx_arena(tx);
	const struct zone *zone = m->scene.event->zone;
	struct buf from = buf_in(a, LINE_MAX_BYTES), to = buf_in(a, LINE_MAX_BYTES);

	if (text_is_empty(step->who.email))
		return OK;
	allocation_session_line(a, &m->rows, step->to, zone, &to);
	if (step->from)
		allocation_session_line(a, &m->rows, step->from, zone, &from);
	return mail_queue(tx,
		&(struct mail){
			.template_name = "allocation_moved",
			.person_id = step->who.person_id,
			.to_name = step->who.name,
			.to_email = step->who.email,
			.values = (struct mail_value[]){{"event", m->scene.event->row.title},
				{"from", buf_cstr(&from)}, {"to", buf_cstr(&to)},
				{"link", m->scene.url}},
			.n_values = 4,
		},
		err);
}

static enum rc step_take(struct tx *tx, const struct allocation_move *m,
	const struct allocation_step *step, struct err *err)
{
	int64_t n;

	TRY(q_registration_hold(tx,
		&(struct q_registration_hold_in){
			.event_id = tx_event_id(tx), .id = step->who.registration_id},
		&n, err));
	if (!n)
		return allocation_has_changed(err);
	TRY(seat_leave(tx, step, err));
	TRY(seat_enter(tx, step, err));
	return move_queue(tx, m, step, err);
}

/* One seat more in the first place of the chain, one less in the last: between them it evens out.
 */
static enum rc seats_count(struct tx *tx, const struct allocation_move *m, struct err *err)
{
	const struct allocation_step *last = &m->steps[m->n_steps - 1];
	int64_t n;

	TRY(q_seat_take(tx,
		&(struct q_seat_take_in){.event_id = tx_event_id(tx), .id = m->steps[0].to->id}, &n,
		err));
	if (!n)
		return allocation_has_changed(err);
	if (!last->from)
		return OK;
	return q_seat_free(tx,
		&(struct q_seat_free_in){.event_id = tx_event_id(tx), .id = last->from->id}, NULL,
		err);
}

enum rc allocation_move(struct tx *tx, void *arg, struct err *err)
{
	const struct allocation_move *m = arg;

	if (!m->n_steps)
		return err_set(err, CONFLICT, "There is nobody to move");
	TRY(allocation_check_still(tx, m->rows_text, err));
	TRY(seats_count(tx, m, err));
	for (size_t i = 0; i < m->n_steps; i++)
		TRY(step_take(tx, m, &m->steps[i], err));
	return proposal_accepted(
		tx, m->scene.actor, m->scene.proposal_id, m->scene.proposal_code, "", err);
}
