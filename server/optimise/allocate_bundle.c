/*
 * The best bundle is a matching of classes and slots in which each option is an edge. Its weight as
 * a function of its size is concave, and so is the bonus: one augmenting path after the other,
 * until the next one no longer pays. Most attendees need no path at all: when the best options of
 * the best classes lie in different slots, they are the answer.
 */
#include "optimise/allocate_bundle.h"

enum { NO_OPTION = UINT16_MAX };

static const int64_t bonus[ALLOCATE_MAX_WANT] = {10000, 1000, 100};

/* ---- menus ---- */

static uint16_t count_options(const struct allocate_problem *p, const uint32_t *first_of_class,
	const uint32_t *next_of_class, const struct allocate_attendee *who,
	struct bundle_option *out)
{
	uint16_t n = 0;

	for (uint32_t rank = 0; rank < who->n_wishes; rank++) {
		uint32_t o = first_of_class[who->wishes[rank]];
		for (; o != ALLOCATE_NONE; o = next_of_class[o]) {
			const struct allocate_offering *offering = &p->offerings[o];
			if (who->busy >> offering->slot & 1 || !offering->capacity)
				continue;
			if (out)
				out[n] = (struct bundle_option){.gain = 8 - (int32_t)rank,
					.offering = (uint16_t)o,
					.rank = (uint8_t)rank,
					.slot = (uint8_t)offering->slot};
			n++;
		}
	}
	return n;
}

struct bundle_menu *bundle_menus(struct arena *a, const struct allocate_problem *p)
{
	struct bundle_menu *menus = ARENA_ARRAY(a, p->n_attendees, struct bundle_menu);
	uint32_t *first = ARENA_ARRAY(a, p->n_classes, uint32_t);
	uint32_t *next = ARENA_ARRAY(a, p->n_offerings, uint32_t);

	for (uint32_t c = 0; c < p->n_classes; c++)
		first[c] = ALLOCATE_NONE;
	for (uint32_t o = p->n_offerings; o-- > 0;) {
		next[o] = first[p->offerings[o].class_id];
		first[p->offerings[o].class_id] = o;
	}
	for (uint32_t i = 0; i < p->n_attendees; i++) {
		const struct allocate_attendee *who = &p->attendees[i];
		uint16_t n = count_options(p, first, next, who, NULL);
		menus[i] = (struct bundle_menu){.n_options = n,
			.want = (uint8_t)who->want,
			.has_bonus = true,
			.options = ARENA_ARRAY(a, n, struct bundle_option)};
		count_options(p, first, next, who, menus[i].options);
	}
	return menus;
}

/* ---- worth ---- */

int64_t bundle_worth(const struct bundle_menu *m, const struct bundle *b)
{
	int64_t sum = 0;

	for (int i = 0; i < b->n; i++)
		sum += m->options[b->option[i]].gain + (m->has_bonus ? bonus[i] : 0);
	return sum;
}

static int64_t weight(const struct bundle_option *o, const int64_t *price)
{
	return (int64_t)o->gain * BUNDLE_UNIT - price[o->offering];
}

static int64_t bonus_of(const struct bundle_menu *m, int k)
{
	return m->has_bonus ? bonus[k] * BUNDLE_UNIT : 0;
}

int64_t bundle_utility(const struct bundle_menu *m, const struct bundle *b, const int64_t *price)
{
	int64_t sum = 0;

	for (int i = 0; i < b->n; i++)
		sum += weight(&m->options[b->option[i]], price) + bonus_of(m, i);
	return sum;
}

static void sort_bundle(struct bundle *b)
{
	for (int i = 1; i < b->n; i++)
		for (int k = i; k > 0 && b->option[k - 1] > b->option[k]; k--) {
			uint16_t kept = b->option[k];
			b->option[k] = b->option[k - 1];
			b->option[k - 1] = kept;
		}
}

/* ---- without the rule of slots ---- */

/* Keeps the best `want` options, best first, w beside them. */
static int insert_option(const struct bundle_menu *m, uint16_t option, int64_t w, int n,
	uint16_t *best, int64_t *best_w)
{
	int at = n < m->want ? n : n - 1;

	if (!n || n < m->want || w > best_w[n - 1]) {
		for (; at > 0 && best_w[at - 1] < w; at--) {
			best[at] = best[at - 1];
			best_w[at] = best_w[at - 1];
		}
		best[at] = option;
		best_w[at] = w;
		return n < m->want ? n + 1 : n;
	}
	return n;
}

/* The best options of different classes. False when two of them lie in one slot. */
static bool choose_freely(
	const struct bundle_menu *m, const int64_t *price, struct bundle *out, int64_t *utility)
{
	int64_t best_w[ALLOCATE_MAX_WANT] = {0};
	uint64_t slots = 0;
	int n = 0;

	for (uint16_t i = 0; i < m->n_options;) {
		uint16_t best = i;
		int64_t w = weight(&m->options[i], price);
		uint8_t rank = m->options[i].rank;
		for (i++; i < m->n_options && m->options[i].rank == rank; i++) {
			int64_t other = weight(&m->options[i], price);
			if (other > w) {
				w = other;
				best = i;
			}
		}
		n = insert_option(m, best, w, n, out->option, best_w);
	}
	*utility = 0;
	for (out->n = 0; out->n < n && best_w[out->n] + bonus_of(m, out->n) > 0; out->n++) {
		uint64_t slot = (uint64_t)1 << m->options[out->option[out->n]].slot;
		if (slots & slot)
			return false;
		slots |= slot;
		*utility += best_w[out->n] + bonus_of(m, out->n);
	}
	return true;
}

/* ---- with it ---- */

struct matching {
	const struct bundle_menu *menu;
	const int64_t *price;
	uint16_t of_rank[ALLOCATE_MAX_WISHES], of_slot[ALLOCATE_MAX_SLOTS];
	/* of the best path that ends in the slot; from_slot: whose option gives way */
	int64_t gain[ALLOCATE_MAX_SLOTS];
	uint16_t by[ALLOCATE_MAX_SLOTS];
	uint64_t reached;
};

static bool reach(struct matching *x, uint16_t option, int64_t gain)
{
	uint8_t slot = x->menu->options[option].slot;
	uint64_t bit = (uint64_t)1 << slot;

	if (x->reached & bit && x->gain[slot] >= gain)
		return false;
	x->reached |= bit;
	x->gain[slot] = gain;
	x->by[slot] = option;
	return true;
}

/* Longest paths from classes without an option. There is no cycle that gains, or the matching so
 * far would not be the best of its size; so paths have no more turns than it has options. */
static void find_paths(struct matching *x, int size)
{
	const struct bundle_option *options = x->menu->options;
	bool is_better = true;

	x->reached = 0;
	for (uint16_t i = 0; i < x->menu->n_options; i++)
		if (x->of_rank[options[i].rank] == NO_OPTION)
			reach(x, i, weight(&options[i], x->price));
	for (int turn = 0; turn < size && is_better; turn++) {
		is_better = false;
		for (uint16_t i = 0; i < x->menu->n_options; i++) {
			uint16_t held = x->of_rank[options[i].rank];
			if (held == NO_OPTION || held == i ||
				options[held].slot == options[i].slot ||
				!(x->reached >> options[held].slot & 1))
				continue;
			int64_t gain = x->gain[options[held].slot] -
				       weight(&options[held], x->price) +
				       weight(&options[i], x->price);
			is_better = reach(x, i, gain) || is_better;
		}
	}
}

/* The free slot whose path gains most, or -1. */
static int best_end(const struct matching *x)
{
	int best = -1;

	for (int s = 0; s < ALLOCATE_MAX_SLOTS; s++)
		if (x->reached >> s & 1 && x->of_slot[s] == NO_OPTION &&
			(best < 0 || x->gain[s] > x->gain[best]))
			best = s;
	return best;
}

static void augment(struct matching *x, int slot)
{
	uint16_t option = x->by[slot], held;

	for (;; option = x->by[slot]) {
		uint8_t rank = x->menu->options[option].rank;
		held = x->of_rank[rank];
		x->of_rank[rank] = option;
		x->of_slot[slot] = option;
		if (held == NO_OPTION)
			return;
		slot = x->menu->options[held].slot;
	}
}

static int64_t choose_by_paths(
	const struct bundle_menu *m, const int64_t *price, struct bundle *out)
{
	struct matching x = {.menu = m, .price = price};
	int64_t utility = 0;

	for (int i = 0; i < ALLOCATE_MAX_WISHES; i++)
		x.of_rank[i] = NO_OPTION;
	for (int i = 0; i < ALLOCATE_MAX_SLOTS; i++)
		x.of_slot[i] = NO_OPTION;
	for (int size = 0; size < m->want; size++) {
		find_paths(&x, size);
		int end = best_end(&x);
		if (end < 0 || x.gain[end] + bonus_of(m, size) <= 0)
			break;
		utility += x.gain[end] + bonus_of(m, size);
		augment(&x, end);
	}
	out->n = 0;
	for (int i = 0; i < ALLOCATE_MAX_WISHES; i++)
		if (x.of_rank[i] != NO_OPTION)
			out->option[out->n++] = x.of_rank[i];
	return utility;
}

int64_t bundle_best(const struct bundle_menu *m, const int64_t *price, struct bundle *out)
{
	int64_t utility;

	*out = (struct bundle){0};
	if (!m->want || !m->n_options)
		return 0;
	if (!choose_freely(m, price, out, &utility))
		utility = choose_by_paths(m, price, out);
	for (int i = out->n; i < ALLOCATE_MAX_WANT; i++)
		out->option[i] = 0;
	sort_bundle(out);
	return utility;
}
