/* Event by event: look first, write only where something is due. */
#include "jobs/attendance.h"
#include "base/clock.h"
#include "domain/booking.h"
#include "domain/event.h"
#include "domain/registration.h"
#include "jobs/tidy.h"

enum { CLOSED_DAYS = 2 };

/* ---- offers ---- */

static enum rc events_to_look_at(struct store *store, struct arena *a,
	struct q_events_booking **events, size_t *n, struct err *err)
{
	int64_t now = clock_now_ms();
	struct db *db;
	enum rc rc;

	TRY(db_acquire(store, &db, err));
	rc = q_events_booking(db, a,
		&(struct q_events_booking_in){
			.now = now, .closed_after = now - CLOSED_DAYS * DAY_MS},
		events, n, err);
	db_release(db);
	return rc;
}

/* *n_due sessions of the event wait for something to be done. */
static enum rc look(struct store *store, struct arena *a, const char *slug, struct event *event,
	size_t *n_due, struct err *err)
{
	int64_t now = clock_now_ms();
	struct q_sessions_to_tidy *sessions;
	struct db *db;
	enum rc rc;

	TRY(db_acquire(store, &db, err));
	rc = event_load(db, a, slug, event, err);
	if (rc == OK)
		rc = q_sessions_to_tidy(db, a,
			&(struct q_sessions_to_tidy_in){
				.event_id = event->row.id,
				.now = now,
				.is_open = booking_phase_at(event, now) == BOOKING_OPEN,
			},
			&sessions, n_due, err);
	db_release(db);
	return rc;
}

enum rc attendance_pass_offers_on(
	struct store *store, struct arena *a, const char *base_url, struct err *err)
{
	struct q_events_booking *events;
	size_t n;

	TRY(events_to_look_at(store, a, &events, &n, err));
	for (size_t i = 0; i < n; i++) {
		struct event event;
		size_t n_due;
		TRY(look(store, a, events[i].slug, &event, &n_due, err));
		if (!n_due)
			continue;
		TRY(tx_run(store, TX_HOT, event.row.id, booking_expire_offers,
			&(struct booking_scene){
				.event = &event,
				.url = arena_printf(
					a, "%s/%s/masterclasses", base_url, event.row.slug),
				.now_ms = clock_now_ms(),
			},
			err));
	}
	return OK;
}

/* ---- needs ---- */

static enum rc needs_of(struct store *store, struct arena *a, const char *slug, int64_t *event_id,
	const char **today_on, int64_t *n_due, struct err *err)
{
	struct q_needs_due due;
	struct event event;
	struct civil today;
	struct db *db;
	enum rc rc;

	TRY(db_acquire(store, &db, err));
	rc = event_load(db, a, slug, &event, err);
	if (rc == OK) {
		today = zone_civil(event.zone, clock_now_ms());
		*today_on = civil_date(a, &today);
		*event_id = event.row.id;
		rc = q_needs_due(db, a,
			&(struct q_needs_due_in){.event_id = event.row.id, .today = *today_on},
			&due, err);
	}
	db_release(db);
	*n_due = rc == OK ? due.n : 0;
	return rc;
}

enum rc attendance_erase_needs(struct store *store, struct arena *a, struct err *err)
{
	struct q_events_for_tidying *events;
	size_t n;

	TRY(tidy_events(store, a, &events, &n, err));
	for (size_t i = 0; i < n; i++) {
		const char *today_on;
		int64_t event_id, n_due;
		char *today;
		TRY(needs_of(store, a, events[i].slug, &event_id, &today_on, &n_due, err));
		if (!n_due)
			continue;
		today = arena_strdup(a, today_on);
		TRY(tx_run(store, TX_NORMAL, event_id, registration_erase_needs, today, err));
	}
	return OK;
}
