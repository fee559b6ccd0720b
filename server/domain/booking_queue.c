/* Passing seats on: offers, and what becomes of those that nobody answers. */
#include "domain/booking_queue.h"
#include "domain/audit.h"
#include "domain/mail.h"
#include "domain/mail_words.h"

static enum rc offer_queue(struct tx *tx, const struct queue_session *s,
	const struct booking_scene *scene, const struct q_booking_first_waiting *next,
	int64_t until, struct err *err)
{
	struct arena *a = tx_arena(tx);
	const struct zone *zone = scene->event->zone;

	if (text_is_empty(next->email))
		return OK;
	return mail_queue(tx,
		&(struct mail){
			.template_name = "booking_offer",
			.person_id = next->person_id,
			.to_name = next->name,
			.to_email = next->email,
			.values = (struct mail_value[]){{"event", scene->event->row.title},
				{"session", s->title},
				{"starts", mail_words_moment(a, s->starts_at, zone)},
				{"until", mail_words_moment(a, until, zone)}, {"link", scene->url}},
			.n_values = 5,
		},
		err);
}

enum rc booking_pass_on(struct tx *tx, const struct queue_session *s,
	const struct booking_scene *scene, struct err *err)
{
	int64_t event_id = tx_event_id(tx);
	struct q_booking_first_waiting next;
	bool found = false;
	int64_t until = booking_offer_until(scene->event, s->starts_at, scene->now_ms);

	if (booking_phase_of(scene->event, s->starts_at, scene->now_ms) == BOOKING_OPEN)
		TRY(q_booking_first_waiting(tx_db(tx), tx_arena(tx),
			&(struct q_booking_first_waiting_in){
				.event_id = event_id, .session_id = s->id},
			&next, &found, err));
	if (!found)
		return q_seat_free(
			tx, &(struct q_seat_free_in){.event_id = event_id, .id = s->id}, NULL, err);
	TRY(q_booking_offer(tx,
		&(struct q_booking_offer_in){
			.event_id = event_id, .id = next.id, .offered_until_at = until},
		NULL, err));
	TRY(offer_queue(tx, s, scene, &next, until, err));
	return audit_write(tx, 0, "booking.offer", next.code, NULL, err);
}

static enum rc lapse_queue(struct tx *tx, const struct queue_session *s,
	const struct booking_scene *scene, const struct q_offers_lapsed *offer, struct err *err)
{
	if (text_is_empty(offer->email))
		return OK;
	return mail_queue(tx,
		&(struct mail){
			.template_name = "booking_lapsed",
			.person_id = offer->person_id,
			.to_name = offer->name,
			.to_email = offer->email,
			.values = (struct mail_value[]){{"event", scene->event->row.title},
				{"session", s->title}, {"link", scene->url}},
			.n_values = 3,
		},
		err);
}

enum rc booking_end_lapsed(struct tx *tx, const struct queue_session *s,
	const struct booking_scene *scene, size_t *n_ended, struct err *err)
{
	int64_t event_id = tx_event_id(tx);
	struct q_offers_lapsed *offers;

	TRY(q_offers_lapsed(tx_db(tx), tx_arena(tx),
		&(struct q_offers_lapsed_in){
			.event_id = event_id, .session_id = s->id, .now = scene->now_ms},
		&offers, n_ended, err));
	for (size_t i = 0; i < *n_ended; i++) {
		TRY(q_booking_delete(tx,
			&(struct q_booking_delete_in){.event_id = event_id, .id = offers[i].id},
			NULL, err));
		TRY(lapse_queue(tx, s, scene, &offers[i], err));
		TRY(audit_write(tx, 0, "booking.lapse", offers[i].code, NULL, err));
		TRY(booking_pass_on(tx, s, scene, err));
	}
	return OK;
}

/* One session: what lapsed goes on, what is free goes to who waits. */
static enum rc tidy(
	struct tx *tx, int64_t session_id, const struct booking_scene *scene, struct err *err)
{
	int64_t event_id = tx_event_id(tx);
	struct q_session_of_bookings row;
	struct q_session_hold held;
	bool found;
	size_t n_ended;

	TRY(q_session_hold(tx, tx_arena(tx),
		&(struct q_session_hold_in){.event_id = event_id, .id = session_id}, &held, &found,
		err));
	TRY(q_session_of_bookings(tx_db(tx), tx_arena(tx),
		&(struct q_session_of_bookings_in){.event_id = event_id, .id = session_id}, &row,
		err));
	struct queue_session s = {row.id, row.starts_at, row.title};
	TRY(booking_end_lapsed(tx, &s, scene, &n_ended, err));
	if (booking_phase_of(scene->event, s.starts_at, scene->now_ms) != BOOKING_OPEN)
		return OK;
	for (int64_t i = held.taken; i < held.capacity; i++) {
		struct q_booking_first_waiting next;
		TRY(q_booking_first_waiting(tx_db(tx), tx_arena(tx),
			&(struct q_booking_first_waiting_in){
				.event_id = event_id, .session_id = s.id},
			&next, &found, err));
		if (!found)
			break;
		TRY(q_seat_take(
			tx, &(struct q_seat_take_in){.event_id = event_id, .id = s.id}, NULL, err));
		TRY(booking_pass_on(tx, &s, scene, err));
	}
	return OK;
}

enum rc booking_expire_offers(struct tx *tx, void *arg, struct err *err)
{
	const struct booking_scene *scene = arg;
	struct q_sessions_to_tidy *sessions;
	size_t n;

	TRY(q_sessions_to_tidy(tx_db(tx), tx_arena(tx),
		&(struct q_sessions_to_tidy_in){
			.event_id = tx_event_id(tx),
			.now = scene->now_ms,
			.is_open = booking_phase_at(scene->event, scene->now_ms) == BOOKING_OPEN,
		},
		&sessions, &n, err));
	for (size_t i = 0; i < n; i++)
		TRY(tidy(tx, sessions[i].id, scene, err));
	return OK;
}
