/* What the passing of time does to bookings and registrations: tasks of jobs/tidy.c. */
#ifndef JOBS_ATTENDANCE_H
#define JOBS_ATTENDANCE_H

#include "store/db.h"

/*
 * Offers of places that nobody has answered in time go to whoever waits next, in every event whose
 * booking is open or has closed within two days. Reads only, where there is nothing to do.
 * base_url: for the links of the mails; "" leaves them without a host.
 */
enum rc attendance_pass_offers_on(
	struct store *store, struct arena *a, const char *base_url, struct err *err) NODISCARD;

/* Erases the needs of every event whose day has come, by the event's own calendar. */
enum rc attendance_erase_needs(struct store *store, struct arena *a, struct err *err) NODISCARD;

#endif
