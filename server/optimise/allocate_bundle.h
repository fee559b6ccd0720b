/*
 * What one attendee may choose, and their best choice at given prices. For the exact allocation.
 *
 * A menu lists the attendee's options: offerings of wished classes in slots that suit. A bundle is
 * a set of them. Its worth is the bonus of its size (10000, 1000, 100, nothing more) plus the gains
 * of its options; gains are changed by those who force or forbid an option.
 */
#ifndef OPTIMISE_ALLOCATE_BUNDLE_H
#define OPTIMISE_ALLOCATE_BUNDLE_H

#include "optimise/allocate.h"

/* Prices and utilities count in parts of a point. */
enum { BUNDLE_UNIT = 1 << 20 };

struct bundle_option {
	int32_t gain; /* points */
	uint16_t offering;
	uint8_t rank; /* options are by rank, then offering */
	uint8_t slot;
};

struct bundle_menu {
	struct bundle_option *options;
	uint16_t n_options;
	uint8_t want;
	bool has_bonus;
};

struct bundle {
	uint8_t n;
	uint16_t option[ALLOCATE_MAX_WANT]; /* ascending */
};

/* One menu an attendee. */
struct bundle_menu *bundle_menus(struct arena *a, const struct allocate_problem *p);

int64_t bundle_worth(const struct bundle_menu *m, const struct bundle *b);
/* In parts of a point. */
int64_t bundle_utility(const struct bundle_menu *m, const struct bundle *b, const int64_t *price);

/* The best bundle at prices [offering] in parts of a point; returns its utility. */
int64_t bundle_best(const struct bundle_menu *m, const int64_t *price, struct bundle *out);

#endif
