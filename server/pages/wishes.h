/* How the seats of an event are given, as several pages tell it. */
#ifndef PAGES_WISHES_H
#define PAGES_WISHES_H

#include "pages/page.h"

/*
 * seating: phase ("first_come", "not_yet", "open", "closed", "given"), wishes_open_at,
 * wishes_close_at, seats_given_at, most_seats, first (code, title: kinds of tickets that are served
 * first); page: is_by_wishes, has_first, n (most_seats, for the plural), wish_deadline (at) or absent.
 */
enum rc put_seating(struct request *rq, struct vm *parent) NODISCARD;

#endif
