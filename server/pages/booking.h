/* What several pages say about the places of a session. */
#ifndef PAGES_BOOKING_H
#define PAGES_BOOKING_H

#include "domain/booking.h"
#include "pages/page.h"

/*
 * Who comes to a session, for its own page: `attendance` with bookings[] (state booked, offered, waiting;
 * name, affiliation, registration code; in the order of names and of the waiting list), n_booked,
 * n_offered, n_waiting, capacity. Only for organisers and for those who give the session, and only
 * where there is something to book; else nothing is written. Template: {{>booking/session_list}} in
 * {{#attendance}}.
 */
enum rc put_session_bookings(struct request *rq, struct vm *vm, const char *session_code) NODISCARD;

#endif
