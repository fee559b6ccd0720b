/* The order of the submissions of a track, as penalty TIMETABLE_ORDER counts it. */
#ifndef OPTIMISE_TIMETABLE_ORDER_H
#define OPTIMISE_TIMETABLE_ORDER_H

#include "optimise/timetable_state.h"

/*
 * The submissions of a track in the order of session, room and slot, counted from 1: one for each
 * whose wanted order is another; and one for each slot that two of them share, both with an order.
 * Sorts the track's list of cells.
 */
int64_t timetable_order_count(struct timetable_state *s, uint32_t track);

#endif
