/* Better prices for a bound when there was no time for the best ones. */
#ifndef OPTIMISE_ALLOCATE_BOUND_H
#define OPTIMISE_ALLOCATE_BOUND_H

#include "optimise/allocate_bundle.h"

/*
 * Lowers the bound that prices [offering], in parts of a point and at least 0, prove for the menus:
 * subgradient steps of Polyak's length (Polyak 1969; Held, Wolfe and Crowder 1974) towards
 * `target`, which is the worth of bundles that fit together. Never ends with worse prices than it
 * began with. About a second at most.
 */
void bound_improve(const struct allocate_problem *p, const struct bundle_menu *menus,
	int64_t target, int64_t *price);

#endif
