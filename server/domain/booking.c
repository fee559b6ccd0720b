/* Booking, releasing, accepting. */
#include "domain/booking.h"
#include "domain/audit.h"
#include "domain/booking_queue.h"

/* An offer that lapses may free a place for who asks now: look that often before giving up. */
enum { MAX_LOOKS = 3 };

static enum rc check_open(const struct event *event, const struct q_session_to_book *s,
	int64_t now_ms, struct err *err)
{
	switch (booking_phase_of(event, s->starts_at, now_ms)) {
	case BOOKING_NOT_YET:
		if (event->row.is_by_wishes && !event->row.seats_given_at)
			return err_set(err, CONFLICT,
				"Seats are given by wishes first; booking opens for what is left");
		return err_set(err, CONFLICT, "Booking is not open yet");
	case BOOKING_CLOSED:
		return err_set(err, CONFLICT, "Booking is closed");
	case BOOKING_OPEN:
		break;
	}
	return OK;
}

static enum rc refuse_full(struct err *err)
{
	return err_set(err, CONFLICT,
		"This session is full. You can join its waiting list and are offered the next "
		"place that becomes free");
}

enum rc booking_refuse_early(const struct booking_take *take, struct err *err)
{
	const struct q_session_to_book *s = take->session;

	if (*s->own_state)
		return OK;
	TRY(check_open(take->scene.event, s, take->scene.now_ms, err));
	if (s->taken < s->capacity || s->n_lapsed || take->may_wait)
		return OK;
	return refuse_full(err);
}

/* ---- what every act holds ---- */

static struct queue_session queue_of(const struct q_session_to_book *s)
{
	return (struct queue_session){s->id, s->starts_at, s->title};
}

static enum rc hold_session(struct tx *tx, int64_t session_id, struct err *err)
{
	struct q_session_hold held;
	bool found;

	TRY(q_session_hold(tx, tx_arena(tx),
		&(struct q_session_hold_in){.event_id = tx_event_id(tx), .id = session_id}, &held,
		&found, err));
	return found ? OK : err_set(err, NOT_FOUND, "There is no such session any more");
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

static enum rc own_booking(struct tx *tx, int64_t session_id, int64_t registration_id,
	struct q_booking_own *own, bool *found, struct err *err)
{
	return q_booking_own(tx_db(tx), tx_arena(tx),
		&(struct q_booking_own_in){
			.event_id = tx_event_id(tx),
			.session_id = session_id,
			.registration_id = registration_id,
		},
		own, found, err);
}

static enum rc check_clash(struct tx *tx, const struct q_session_to_book *s,
	int64_t registration_id, const struct actor *actor, const struct zone *zone,
	struct err *err)
{
	struct engagements e;

	TRY(engagements_load(tx_db(tx), tx_arena(tx), tx_event_id(tx), registration_id,
		actor->person_id, &e, err));
	return booking_clash(&e,
		&(struct bookable){s->id, s->masterclass_id, s->starts_at, s->ends_at}, zone, err);
}

static enum rc stop_waiting_elsewhere(
	struct tx *tx, const struct q_session_to_book *s, int64_t registration_id, struct err *err)
{
	if (!s->masterclass_id)
		return OK;
	return q_waits_of_masterclass_delete(tx,
		&(struct q_waits_of_masterclass_delete_in){
			.event_id = tx_event_id(tx),
			.registration_id = registration_id,
			.masterclass_id = s->masterclass_id,
		},
		NULL, err);
}

/* ---- taking ---- */

/* A seat, or the hold of a session that is full. */
static enum rc seat_or_hold(struct tx *tx, struct booking_take *t, bool *has_seat, struct err *err)
{
	const int64_t event_id = tx_event_id(tx), id = t->session->id;
	struct queue_session queue = queue_of(t->session);
	int64_t n;
	size_t n_ended;

	for (int look = 0; look < MAX_LOOKS; look++) {
		TRY(q_seat_take(
			tx, &(struct q_seat_take_in){.event_id = event_id, .id = id}, &n, err));
		*has_seat = n > 0;
		if (n)
			return OK;
		TRY(q_session_hold_full(tx,
			&(struct q_session_hold_full_in){.event_id = event_id, .id = id}, &n, err));
		if (!n)
			continue;
		TRY(booking_end_lapsed(tx, &queue, &t->scene, &n_ended, err));
		if (!n_ended)
			return OK;
	}
	return err_set(err, BUSY, "Many people book this session at this moment. Please try again");
}

/* A free seat belongs to those who wait, if any; then who comes now stands behind them. */
static enum rc check_queue(struct tx *tx, struct booking_take *t, bool *has_seat, struct err *err)
{
	struct queue_session queue = queue_of(t->session);
	struct q_booking_first_waiting first;
	bool found;

	if (!*has_seat)
		return OK;
	TRY(q_booking_first_waiting(tx_db(tx), tx_arena(tx),
		&(struct q_booking_first_waiting_in){
			.event_id = tx_event_id(tx), .session_id = t->session->id},
		&first, &found, err));
	if (!found)
		return OK;
	*has_seat = false;
	return booking_pass_on(tx, &queue, &t->scene, err);
}

static enum rc check_own(const struct q_booking_own *own, struct err *err)
{
	if (text_equal(own->state, "booked"))
		return err_set(err, CONFLICT, "You have a place in this session already");
	if (text_equal(own->state, "offered"))
		return err_set(err, CONFLICT, "You are offered a place in this session: accept it");
	return err_set(err, CONFLICT, "You are on the waiting list of this session already");
}

/*
 * The session is held, so the list's order is the order of these acts: who comes now asks after all
 * who wait, whatever the clocks of their requests said.
 */
static enum rc booking_write(struct tx *tx, struct booking_take *t, bool has_seat, struct err *err)
{
	struct q_booking_waiting waiting = {0};
	int64_t event_id = tx_event_id(tx), asked_at = tx_now_ms(tx), n;

	if (!has_seat)
		TRY(q_booking_waiting(tx_db(tx), tx_arena(tx),
			&(struct q_booking_waiting_in){
				.event_id = event_id, .session_id = t->session->id},
			&waiting, err));
	if (asked_at <= waiting.last_asked_at)
		asked_at = waiting.last_asked_at + 1;
	t->is_waiting = !has_seat;
	t->place = has_seat ? 0 : waiting.n + 1;
	TRY(q_booking_insert(tx,
		&(struct q_booking_insert_in){
			.event_id = event_id,
			.id = tx_id(tx),
			.code = t->code,
			.session_id = t->session->id,
			.registration_id = t->registration_id,
			.state = has_seat ? "booked" : "waiting",
			.asked_at = asked_at,
		},
		&n, err));
	if (!n)
		return err_set(err, CONFLICT, "You have a place in this session already, or wait");
	return has_seat ? stop_waiting_elsewhere(tx, t->session, t->registration_id, err) : OK;
}

enum rc booking_take(struct tx *tx, void *arg, struct err *err)
{
	struct booking_take *t = arg;
	struct q_booking_own own;
	bool has_seat, is_there;

	TRY(check_open(t->scene.event, t->session, t->scene.now_ms, err));
	TRY(seat_or_hold(tx, t, &has_seat, err));
	TRY(hold_registration(tx, t->registration_id, err));
	TRY(own_booking(tx, t->session->id, t->registration_id, &own, &is_there, err));
	if (is_there)
		return check_own(&own, err);
	TRY(check_clash(tx, t->session, t->registration_id, t->actor, t->scene.event->zone, err));
	TRY(check_queue(tx, t, &has_seat, err));
	if (!has_seat && !t->may_wait)
		return refuse_full(err);
	TRY(booking_write(tx, t, has_seat, err));
	return audit_write(tx, t->actor->person_id, has_seat ? "booking.take" : "booking.wait",
		t->code, NULL, err);
}

/* ---- giving back, accepting ---- */

/* The session is held; the row goes, its seat with it. */
static enum rc remove_booking(struct tx *tx, const struct queue_session *queue,
	const struct booking_scene *scene, const struct q_booking_own *own, int64_t person_id,
	struct err *err)
{
	TRY(q_booking_delete(tx,
		&(struct q_booking_delete_in){.event_id = tx_event_id(tx), .id = own->id}, NULL,
		err));
	TRY(audit_write(tx, person_id, "booking.release", own->code, NULL, err));
	return text_equal(own->state, "waiting") ? OK : booking_pass_on(tx, queue, scene, err);
}

enum rc booking_release(struct tx *tx, void *arg, struct err *err)
{
	const struct booking_act *act = arg;
	struct queue_session queue = queue_of(act->session);
	struct q_booking_own own;
	bool found;

	TRY(hold_session(tx, act->session->id, err));
	TRY(own_booking(tx, act->session->id, act->registration_id, &own, &found, err));
	if (!found)
		return err_set(err, NOT_FOUND, "You have no place in this session");
	return remove_booking(tx, &queue, &act->scene, &own, act->actor->person_id, err);
}

enum rc booking_accept(struct tx *tx, void *arg, struct err *err)
{
	const struct booking_act *act = arg;
	struct q_booking_own own;
	bool found;
	int64_t n;

	TRY(hold_session(tx, act->session->id, err));
	TRY(hold_registration(tx, act->registration_id, err));
	TRY(own_booking(tx, act->session->id, act->registration_id, &own, &found, err));
	if (found && text_equal(own.state, "booked"))
		return err_set(err, CONFLICT, "You have this place already");
	if (!found || text_equal(own.state, "waiting"))
		return err_set(err, GONE, "There is no offer for you here, or no longer");
	TRY(check_clash(
		tx, act->session, act->registration_id, act->actor, act->scene.event->zone, err));
	TRY(q_booking_accept(tx,
		&(struct q_booking_accept_in){
			.event_id = tx_event_id(tx), .id = own.id, .now = act->scene.now_ms},
		&n, err));
	if (!n)
		return err_set(err, GONE, "This offer was not answered in time; the place is gone");
	TRY(stop_waiting_elsewhere(tx, act->session, act->registration_id, err));
	return audit_write(tx, act->actor->person_id, "booking.accept", own.code, NULL, err);
}

enum rc booking_release_all(
	struct tx *tx, int64_t registration_id, const struct booking_scene *scene, struct err *err)
{
	struct q_bookings_of_registration *rows;
	size_t n;

	TRY(q_bookings_of_registration(tx_db(tx), tx_arena(tx),
		&(struct q_bookings_of_registration_in){
			.event_id = tx_event_id(tx), .registration_id = registration_id},
		&rows, &n, err));
	for (size_t i = 0; i < n; i++) {
		struct queue_session queue = {rows[i].session_id, rows[i].starts_at, rows[i].title};
		struct q_booking_own own;
		bool found;
		TRY(hold_session(tx, queue.id, err));
		TRY(own_booking(tx, queue.id, registration_id, &own, &found, err));
		if (found)
			TRY(remove_booking(tx, &queue, scene, &own, 0, err));
	}
	return OK;
}
