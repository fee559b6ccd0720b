/* When one may book, and what is in the way: no store, but for reading engagements. */
#include "domain/booking.h"
#include "domain/mail_words.h"

enum booking_phase booking_phase_at(const struct event *event, int64_t now_ms)
{
	const struct q_event_by_slug *row = &event->row;

	bool waits_for_wishes = row->is_by_wishes && !row->seats_given_at;

	if (!row->booking_opens_at || now_ms < row->booking_opens_at)
		return BOOKING_NOT_YET;
	if (row->booking_closes_at && now_ms > row->booking_closes_at)
		return BOOKING_CLOSED;
	return waits_for_wishes ? BOOKING_NOT_YET : BOOKING_OPEN;
}

enum booking_phase booking_phase_of(const struct event *event, int64_t starts_at, int64_t now_ms)
{
	enum booking_phase phase = booking_phase_at(event, now_ms);

	if (phase != BOOKING_OPEN)
		return phase;
	if (!starts_at)
		return BOOKING_NOT_YET;
	return now_ms < starts_at ? BOOKING_OPEN : BOOKING_CLOSED;
}

int64_t booking_offer_until(const struct event *event, int64_t starts_at, int64_t now_ms)
{
	int64_t until = now_ms + BOOKING_OFFER_MS, closes_at = event->row.booking_closes_at;

	if (closes_at && closes_at < until)
		until = closes_at;
	/* Who accepts at the last moment must still be able to come. */
	return starts_at && starts_at - 1 < until ? starts_at - 1 : until;
}

/* ---- clashes ---- */

enum rc engagements_load(struct db *db, struct arena *a, int64_t event_id, int64_t registration_id,
	int64_t person_id, struct engagements *out, struct err *err)
{
	TRY(q_bookings_of_registration(db, a,
		&(struct q_bookings_of_registration_in){
			.event_id = event_id, .registration_id = registration_id},
		&out->bookings, &out->n_bookings, err));
	return q_duties_of_person(db, a,
		&(struct q_duties_of_person_in){.event_id = event_id, .person_id = person_id},
		&out->duties, &out->n_duties, err);
}

static bool overlaps(const struct bookable *b, int64_t starts_at, int64_t ends_at)
{
	return b->starts_at && starts_at && starts_at < b->ends_at && ends_at > b->starts_at;
}

/* "14:00–15:30": an overlap is on a day that the page names. */
static const char *clocks(
	struct arena *a, int64_t starts_at, int64_t ends_at, const struct zone *zone)
{
	struct civil from = zone_civil(zone, starts_at), to = zone_civil(zone, ends_at);

	return arena_printf(a, "%02d:%02d–%02d:%02d", from.hour, from.minute, to.hour, to.minute);
}

static enum rc check_booking(const struct q_bookings_of_registration *own, const struct bookable *b,
	const struct zone *zone, struct err *err)
{
	if (own->session_id == b->session_id || text_equal(own->state, "waiting"))
		return OK;
	if (b->masterclass_id && own->masterclass_id == b->masterclass_id)
		return err_set(err, CONFLICT,
			"You have a place in this masterclass at another time, %s. Give that one "
			"back first",
			mail_words_moment(err->arena, own->starts_at, zone));
	if (!overlaps(b, own->starts_at, own->ends_at))
		return OK;
	if (text_equal(own->state, "offered"))
		return err_set(err, CONFLICT,
			"You are offered a place in “%s” at that time (%s). Answer that offer "
			"first",
			own->title, clocks(err->arena, own->starts_at, own->ends_at, zone));
	return err_set(err, CONFLICT,
		"You are booked into “%s” at that time (%s). Give that place back first",
		own->title, clocks(err->arena, own->starts_at, own->ends_at, zone));
}

#define IF_ROLE(word, sentence)                                                                    \
	if (text_equal(duty->role, word))                                                          \
		return err_set(err, CONFLICT, sentence, duty->title, when);

/* How each role keeps a person busy. */
static enum rc check_duty(const struct q_duties_of_person *duty, const struct bookable *b,
	const struct zone *zone, struct err *err)
{
	const char *when;

	if (!overlaps(b, duty->starts_at, duty->ends_at))
		return OK;
	if (duty->id == b->session_id)
		return err_set(err, CONFLICT, "You are one of those who give this session");
	when = clocks(err->arena, duty->starts_at, duty->ends_at, zone);
	if (!text_is_empty(duty->presentation_title))
		return err_set(err, CONFLICT,
			"You present “%s” at that time (%s). Ask the organisers if it must be "
			"moved",
			duty->presentation_title, when);
	IF_ROLE("facilitator", "You facilitate “%s” at that time (%s)")
	IF_ROLE("chair", "You chair “%s” at that time (%s)")
	IF_ROLE("panellist", "You are on the panel of “%s” at that time (%s)")
	IF_ROLE("for", "You debate in “%s” at that time (%s)")
	IF_ROLE("against", "You debate in “%s” at that time (%s)")
	return err_set(err, CONFLICT, "You speak in “%s” at that time (%s)", duty->title, when);
}

enum rc booking_clash(const struct engagements *e, const struct bookable *b,
	const struct zone *zone, struct err *err)
{
	for (size_t i = 0; i < e->n_duties; i++)
		TRY(check_duty(&e->duties[i], b, zone, err));
	for (size_t i = 0; i < e->n_bookings; i++)
		TRY(check_booking(&e->bookings[i], b, zone, err));
	return OK;
}
