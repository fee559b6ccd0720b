/*
 * Events: one meeting with dates, place and zone. The wizard makes one with a call, rubric, rooms
 * and ticket types that fit its kind, so that an organiser starts from something sensible.
 */
#ifndef DOMAIN_EVENT_H
#define DOMAIN_EVENT_H

#include "domain/actor.h"
#include "store/db.h"

/* NOT_FOUND when no event has the slug. The zone is loaded; visibility is not checked here. */
enum rc event_load(struct db *db, struct arena *a, const char *slug, struct event *out,
	struct err *err) NODISCARD;

/* Between opening and closing; an event without an opening date takes no registrations. */
bool event_takes_registrations(const struct event *event, int64_t now_ms);

/* After the last day, by the event's own calendar. */
bool event_is_over(const struct event *event, int64_t now_ms);

/* First path segments that belong to the program and can never be a slug. */
bool event_slug_is_reserved(const char *slug);

struct event_new {
	const struct actor *actor; /* becomes organiser and chair */
	const char *kind, *title, *starts_on, *ends_on, *zone, *venue, *city, *country;
	const char *const *themes; /* titles, in order */
	size_t n_themes;
	/* out */
	const char *slug;
	int64_t event_id; /* set by event_plan */
	int64_t person_id;
};

/* Checks the answers of the wizard and chooses a free slug: field errors kind, title, starts_on,
 * ends_on, zone, themes. Before the transaction. */
enum rc event_plan(struct db *db, struct arena *a, struct event_new *n, struct err *err) NODISCARD;
/* tx_fn, arg: struct event_new planned. Writes event, call, types, rubric, rooms, ticket types. */
enum rc event_create(struct tx *tx, void *arg, struct err *err) NODISCARD;

struct event_change {
	const struct actor *actor;
	struct q_event_update_in row; /* id and rev of the event as it was shown */
};
/* tx_fn. CONFLICT on a stale rev. */
enum rc event_change(struct tx *tx, void *arg, struct err *err) NODISCARD;

struct event_publication {
	const struct actor *actor;
	bool is_published;
};
/* tx_fn. */
enum rc event_set_published(struct tx *tx, void *arg, struct err *err) NODISCARD;

#endif
