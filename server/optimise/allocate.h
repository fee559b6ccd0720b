/*
 * Seats in masterclasses by ranked wishes. An attendee gets at most `want` offerings, at most one a
 * slot, at most one of the same class, none in a busy slot, and only what was wished for.
 *
 * Two ways. The draft: lots decide the order, everybody takes their best free wish, then the same
 * in the reverse order, until nobody wants more; anyone can follow it by hand. The exact one: as
 * many as possible get one seat, then two, then three; among those allocations the best ranks.
 */
#ifndef OPTIMISE_ALLOCATE_H
#define OPTIMISE_ALLOCATE_H

#include "base/err.h"
#include "base/str.h"
#include "optimise/effort.h"

enum { ALLOCATE_MAX_ATTENDEES = 50000, ALLOCATE_MAX_OFFERINGS = 1000, ALLOCATE_MAX_WISHES = 32,
	ALLOCATE_MAX_WANT = 8, ALLOCATE_MAX_SLOTS = 64 };

struct allocate_offering {
	uint32_t class_id; /* the same class offered again */
	uint32_t slot;
	uint32_t capacity;
};

struct allocate_attendee {
	uint32_t want;
	uint32_t priority;      /* 0 first: a group is served before any later one */
	const uint32_t *wishes; /* class ids, best first */
	uint32_t n_wishes;
	uint64_t busy; /* bit s: busy in slot s */
	const char *code; /* opaque: by which they find themselves in the result; or NULL */
};

struct allocate_problem {
	struct allocate_offering *offerings;
	uint32_t n_offerings, n_slots, n_classes;
	struct allocate_attendee *attendees;
	uint32_t n_attendees;
};

enum allocate_method { ALLOCATE_DRAFT, ALLOCATE_EXACT };

struct allocate_seat {
	uint32_t attendee, offering;
};

struct allocate_counts {
	uint32_t n_without, n_first, n_second, n_third, n_seats;
};

struct allocate_solution {
	enum allocate_method method;
	uint64_t seed;
	struct allocate_seat *seats; /* by attendee, then offering */
	size_t n_seats;
	/* Sum over attendees of 10000 for a first seat, 1000 for a second, 100 for a third, none for
	 * more, plus 8 - rank of each (rank of the first wish = 0). */
	int64_t value, bound;
	int64_t *price; /* [offering]: the proof of the bound, in the same units; exact method */
	bool is_certified;
	struct allocate_counts counts;
};

#endif
