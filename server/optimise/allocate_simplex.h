/*
 * The linear program over bundles: at most one bundle an attendee (in parts that sum up to 1), no
 * offering over its capacity, the highest worth. Primal simplex method with generalised upper
 * bounds (Dantzig and Van Slyke, "Generalized upper bounding techniques", 1967).
 *
 * Each attendee has one key bundle. The basis has as many columns as there are offerings: free
 * seats of an offering, and bundles of attendees who have more than one (extras), as differences
 * from their keys. Everything begins with keys that fit and a basis of free seats.
 */
#ifndef OPTIMISE_ALLOCATE_SIMPLEX_H
#define OPTIMISE_ALLOCATE_SIMPLEX_H

#include "optimise/allocate_bundle.h"

struct simplex_column {
	uint32_t attendee; /* NONE: the free seats of an offering */
	uint32_t offering;
	struct bundle bundle;
};

struct simplex_candidate {
	uint32_t attendee;
	struct bundle bundle;
};

enum { SIMPLEX_MAX_CANDIDATES = 16 };

struct simplex {
	const struct allocate_problem *problem;
	const struct bundle_menu *menus; /* [attendee]; gains may change: see simplex_reprice() */
	uint32_t n, m;                   /* attendees, offerings */
	struct bundle *key;              /* [attendee] */
	uint16_t *n_extra;               /* [attendee] */
	struct simplex_column *column;   /* [m], in the order of the rows of the inverse */
	double *inverse;                 /* [m][m] of the basis */
	double *x;           /* [m] how much of each column, with slightly larger capacities */
	double *extra_seats; /* [m] by so much: no step is of length nothing */
	double *pi;          /* [m] prices in points */
	int64_t *price;      /* [m] in parts of a point */
	double *y, *change;  /* scratch: [m]; [attendee], zero between calls */
	uint32_t *order;     /* in which attendees are looked at */
	uint32_t at;
	struct simplex_candidate *candidates;
	uint32_t n_candidates, n_quiet; /* n_quiet: looked at since the last step */
	uint32_t n_fresh;               /* steps since the inverse was made anew */
	uint64_t n_steps;
	bool is_broken; /* arithmetic gave out: no proof from here */
};

/* key: a bundle an attendee, together within the capacities; copied. seed: order and tiny numbers.
 */
struct simplex *simplex_new(struct arena *a, const struct allocate_problem *p,
	const struct bundle_menu *menus, const struct bundle *key, uint64_t seed);

/* After gains have changed. */
void simplex_reprice(struct simplex *s);

/*
 * True: optimal, and the prices prove it up to rounding. False: effort ended it, or it is broken.
 * state is what effort is told.
 */
bool simplex_run(struct simplex *s, struct effort *effort, struct effort_state *state);

/* A column that gains at the prices of now; false when there is none: allocate_pricing.c. */
bool simplex_find_entering(struct simplex *s, struct simplex_column *out);

/* How much of each column, with the capacities as they are: [m]. */
void simplex_shares(const struct simplex *s, double *x);

#endif
