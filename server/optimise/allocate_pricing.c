/*
 * What enters the basis next. Attendees are looked at in turn; those with a better bundle are
 * remembered, and the best of them enters, as long as any of them still is better at new prices.
 */
#include "optimise/allocate_simplex.h"

/* In parts of a point. Less is rounding: of up to eight prices on either side, half a part each. */
enum { TOLERANCE = 32 };

/* By how much a bundle of such a utility is better than those that the attendee has. */
static int64_t gain_over_key(const struct simplex *s, uint32_t attendee, int64_t utility)
{
	return utility - bundle_utility(&s->menus[attendee], &s->key[attendee], s->price);
}

static void look_round(struct simplex *s)
{
	while (s->n_candidates < SIMPLEX_MAX_CANDIDATES && s->n_quiet < s->n) {
		uint32_t who = s->order[s->at];
		struct simplex_candidate *c = &s->candidates[s->n_candidates];
		s->at = s->at + 1 < s->n ? s->at + 1 : 0;
		s->n_quiet++;
		int64_t utility = bundle_best(&s->menus[who], s->price, &c->bundle);
		if (gain_over_key(s, who, utility) <= TOLERANCE)
			continue;
		c->attendee = who;
		s->n_candidates++;
	}
}

/* The best candidate, removed, together with those that no longer gain. */
static bool take_candidate(struct simplex *s, struct simplex_column *out)
{
	int64_t best = TOLERANCE;
	uint32_t kept = 0, at = 0;

	for (uint32_t i = 0; i < s->n_candidates; i++) {
		struct simplex_candidate *c = &s->candidates[i];
		const struct bundle_menu *menu = &s->menus[c->attendee];
		int64_t gain =
			gain_over_key(s, c->attendee, bundle_utility(menu, &c->bundle, s->price));
		if (gain <= TOLERANCE)
			continue;
		s->candidates[kept] = *c;
		if (gain > best) {
			best = gain;
			at = kept;
		}
		kept++;
	}
	s->n_candidates = kept;
	if (!kept)
		return false;
	*out = (struct simplex_column){.attendee = s->candidates[at].attendee,
		.offering = ALLOCATE_NONE,
		.bundle = s->candidates[at].bundle};
	s->candidates[at] = s->candidates[--s->n_candidates];
	return true;
}

bool simplex_find_entering(struct simplex *s, struct simplex_column *out)
{
	uint32_t lowest = 0;

	for (uint32_t o = 1; o < s->m; o++)
		if (s->price[o] < s->price[lowest])
			lowest = o;
	if (s->m && s->price[lowest] < -TOLERANCE) {
		*out = (struct simplex_column){.attendee = ALLOCATE_NONE, .offering = lowest};
		return true;
	}
	if (take_candidate(s, out))
		return true;
	look_round(s);
	return take_candidate(s, out);
}
