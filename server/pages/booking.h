/* What several pages say about the places of a session. */
#ifndef PAGES_BOOKING_H
#define PAGES_BOOKING_H

#include "domain/booking.h"
#include "pages/page.h"

/*
 * Who comes, for the page of a session: `bookings`, a list of state (booked, offered, waiting),
 * name, affiliation and registration code, in the order of names and of the waiting list, and
 * `n_booked`, `n_waiting`. Only for organisers and for those who give the session; for anybody else
 * nothing is written and *is_shown is false. Template: {{>booking/session_list}}.
 */
enum rc put_session_bookings(
	struct request *rq, struct vm *vm, int64_t session_id, bool *is_shown) NODISCARD;

#endif
