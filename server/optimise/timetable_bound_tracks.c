/*
 * A bound for the strict regime, from what each track would choose if cells were sold.
 *
 * A track has one room and a set of sessions. For itself it would take the cheapest of all its pairs
 * of a room and a set of sessions that is long enough: the dislikes of its cells, of its submissions
 * (each slot in the session of the set that suits it best), and consecutive_tracks when the set is no
 * unbroken run. No timetable costs less than these minima together. They are poor as long as many
 * tracks choose the same cell. So a cell gets a price >= 0, which whoever takes it pays. Every cell
 * is held by one track at most, hence a timetable pays at most all prices once: the minima with
 * prices, less the sum of all prices, are a bound for any prices whatever (Lagrange; Held and Karp,
 * 1971). Cells that several tracks want become dearer, others cheaper, some hundred times over; the
 * best bound on the way counts.
 *
 * Long enough is a set when for every k its sessions have place for all submissions of k slots or
 * more, as many as fit side by side: fewer sets fit in truth. All sums are whole numbers, in PARTS.
 */
#include <math.h>
#include <string.h>
#include "optimise/timetable_bound.h"
#include "optimise/timetable_check.h"

enum { PARTS = 60, MAX_SESSIONS = 13, MAX_ROUNDS = 400, MAX_WORK = 60000000,
	MAX_TABLE = 8000000 };

#define TOO_MUCH      ((int64_t)1 << 58)
#define MAX_PRICE     ((int64_t)1 << 46)
#define MAX_SLOT_COST ((int64_t)1 << 33)

struct market {
	const struct timetable_counter *c;
	const struct timetable_problem *p;
	uint32_t n_sets;
	int64_t *in_sessions; /* [track * n_sets + set]: without the room; TOO_MUCH: too short */
	int64_t *in_room;     /* [track * n_rooms + room]: of all its submissions */
	int64_t *cell;        /* [track * n_rooms + room]: of one cell */
	int64_t *price;       /* [session * n_rooms + room] */
	uint32_t *n_wanted;   /* [session * n_rooms + room]: tracks, at these prices */
	int64_t *paid;        /* [set], of one room */
};

static int64_t parts(int64_t cost)
{
	return PARTS * (cost < MAX_SLOT_COST ? cost : MAX_SLOT_COST);
}

static bool is_run(uint32_t set)
{
	uint32_t from = set / (set & -set);

	return (from & (from + 1)) == 0;
}

/* ---- what tracks pay without prices ---- */

/* n_long[k]: submissions of k slots or more; n_long[1] are slots instead. */
static bool is_long_enough(
	const struct timetable_problem *p, uint32_t set, const uint32_t *n_long, uint32_t longest)
{
	for (uint32_t k = 1; k <= longest; k++) {
		uint32_t places = 0;
		for (uint32_t s = 0; s < p->n_sessions; s++)
			if (set >> s & 1)
				places += p->sessions[s].n_slots / k;
		if (places < n_long[k])
			return false;
	}
	return true;
}

/* Adds what a submission pays for its slots, in each set. */
static void add_submission(const struct market *m, uint32_t i, int64_t *sets, int64_t *least)
{
	const struct timetable_submission *s = &m->p->submissions[i];
	int64_t own[MAX_SESSIONS];

	for (uint32_t session = 0; session < m->p->n_sessions; session++) {
		bool is_open = s->n_slots <= m->p->sessions[session].n_slots &&
			timetable_disliked(s->session, s->n_session, session) <
				TIMETABLE_IMPOSSIBLE &&
			timetable_disliked(s->timezone, s->n_timezone, session) <
				TIMETABLE_IMPOSSIBLE;
		own[session] = is_open ? s->n_slots *
				parts(timetable_bound_slot_cost(m->p, i, session))
				       : TOO_MUCH;
	}
	least[0] = TOO_MUCH;
	for (uint32_t set = 1; set < m->n_sets; set++) {
		int64_t here = own[__builtin_ctz(set)], before = least[set & (set - 1)];
		least[set] = here < before ? here : before;
		sets[set] = least[set] == TOO_MUCH ? TOO_MUCH : sets[set] + least[set];
		sets[set] = sets[set] > TOO_MUCH ? TOO_MUCH : sets[set];
	}
}

/* Dislikes of the sessions, a broken run, and sets that are too short or impossible. */
static void add_sets(const struct market *m, uint32_t track, int64_t *sets,
	const uint32_t *n_long, uint32_t longest)
{
	const struct timetable_problem *p = m->p;
	const int64_t *penalty = m->c->track_session + (size_t)track * p->n_sessions;

	for (uint32_t set = 1; set < m->n_sets; set++) {
		bool is_possible = sets[set] < TOO_MUCH && is_long_enough(p, set, n_long, longest);
		for (uint32_t s = 0; s < p->n_sessions && is_possible; s++) {
			if (!(set >> s & 1))
				continue;
			is_possible = penalty[s] < TIMETABLE_IMPOSSIBLE;
			sets[set] += parts(p->weights[TIMETABLE_TRACK_SESSION] * penalty[s]);
		}
		sets[set] += is_run(set) ? 0 : parts(p->weights[TIMETABLE_CONSECUTIVE_TRACKS]);
		sets[set] = is_possible ? sets[set] : TOO_MUCH;
	}
}

static void price_track(struct market *m, uint32_t track, int64_t *least)
{
	const struct timetable_problem *p = m->p;
	int64_t *sets = m->in_sessions + (size_t)track * m->n_sets;
	uint32_t n_long[TIMETABLE_MAX_SLOTS + 1] = {0}, longest = 0;

	for (uint32_t i = 0; i < p->n_submissions; i++) {
		const struct timetable_submission *s = &p->submissions[i];
		if (s->track != track)
			continue;
		n_long[1] += s->n_slots;
		for (uint32_t k = 2; k <= s->n_slots; k++)
			n_long[k]++;
		longest = s->n_slots > longest ? s->n_slots : longest;
		add_submission(m, i, sets, least);
		for (uint32_t room = 0; room < p->n_rooms; room++) {
			int64_t penalty = timetable_disliked(s->room, s->n_room, room);
			m->in_room[(size_t)track * p->n_rooms + room] += s->n_slots *
				parts(p->weights[TIMETABLE_SUBMISSION_ROOM] * penalty);
		}
	}
	add_sets(m, track, sets, n_long, longest);
	sets[0] = longest ? TOO_MUCH : 0;
}

/* ---- one round ---- */

/* What the cells of each set cost in a room, prices and all. */
static void pay(struct market *m, uint32_t room)
{
	const struct timetable_problem *p = m->p;

	m->paid[0] = 0;
	for (uint32_t set = 1; set < m->n_sets; set++) {
		uint32_t session = (uint32_t)__builtin_ctz(set);
		size_t cell = (size_t)session * p->n_rooms + room;
		int64_t penalty = m->c->session_room[cell];
		bool is_open = penalty < TIMETABLE_IMPOSSIBLE &&
			!timetable_is_shut(p, session, room);
		int64_t sum = m->paid[set & (set - 1)] + m->price[cell] +
			parts(p->weights[TIMETABLE_SESSION_ROOM] * penalty);
		m->paid[set] = is_open && sum < TOO_MUCH ? sum : TOO_MUCH;
	}
}

struct choice {
	int64_t cost;
	uint32_t room, set;
};

static void choose(const struct market *m, uint32_t track, uint32_t room, struct choice *best)
{
	const int64_t *sets = m->in_sessions + (size_t)track * m->n_sets;
	size_t here = (size_t)track * m->p->n_rooms + room;

	if (m->c->track_room[here] >= TIMETABLE_IMPOSSIBLE)
		return;
	for (uint32_t set = 0; set < m->n_sets; set++) {
		int64_t cost = sets[set] + m->paid[set] + m->in_room[here] +
			__builtin_popcount(set) * m->cell[here];
		if (cost < best->cost)
			*best = (struct choice){cost, room, set};
	}
}

/* The bound at the present prices; notes who wants what. -1: some track has no place at all. */
static int64_t ask_all(struct market *m, struct choice *choices)
{
	const struct timetable_problem *p = m->p;
	size_t n_cells = (size_t)p->n_sessions * p->n_rooms;
	int64_t bound = 0;

	for (uint32_t track = 0; track < p->n_tracks; track++)
		choices[track] = (struct choice){.cost = TOO_MUCH};
	for (uint32_t room = 0; room < p->n_rooms; room++) {
		pay(m, room);
		for (uint32_t track = 0; track < p->n_tracks; track++)
			choose(m, track, room, &choices[track]);
	}
	memset(m->n_wanted, 0, n_cells * sizeof *m->n_wanted);
	for (uint32_t track = 0; track < p->n_tracks; track++) {
		if (choices[track].cost >= TOO_MUCH)
			return -1;
		bound += choices[track].cost;
		for (uint32_t s = 0; s < p->n_sessions; s++)
			m->n_wanted[(size_t)s * p->n_rooms + choices[track].room] +=
				choices[track].set >> s & 1;
	}
	for (size_t i = 0; i < n_cells; i++)
		bound -= m->price[i];
	return bound;
}

static void change_prices(struct market *m, double step)
{
	for (size_t i = 0; i < (size_t)m->p->n_sessions * m->p->n_rooms; i++) {
		double price = (double)m->price[i] + step * ((double)m->n_wanted[i] - 1);
		price = price < 0 ? 0 : price;
		m->price[i] = price < (double)MAX_PRICE ? (int64_t)price : MAX_PRICE;
	}
}

/* The dearest single dislike of a track: prices are of that order at first. */
static int64_t first_step(const struct market *m)
{
	const struct timetable_problem *p = m->p;
	int64_t step = PARTS + parts(p->weights[TIMETABLE_CONSECUTIVE_TRACKS]);

	for (size_t i = 0; i < p->n_track_session; i++) {
		int64_t cost = parts(p->weights[TIMETABLE_TRACK_SESSION] * p->track_session[i].penalty);
		step = cost > step ? cost : step;
	}
	return step / 2;
}

static int64_t bargain(struct market *m, struct choice *choices)
{
	int64_t round_work = (int64_t)m->p->n_tracks * m->p->n_rooms * m->n_sets + 1, best = 0;
	int64_t n_rounds = MAX_WORK / round_work;
	double step = (double)first_step(m);

	n_rounds = n_rounds > MAX_ROUNDS ? MAX_ROUNDS : n_rounds;
	/* The step shrinks to a single part. */
	double factor = n_rounds > 1 ? pow(1.0 / step, 1.0 / (double)(n_rounds - 1)) : 1;
	for (int64_t round = 0; round < n_rounds; round++) {
		int64_t bound = ask_all(m, choices);
		if (bound < 0 && !round)
			return 0;
		best = bound > best ? bound : best;
		change_prices(m, step);
		step *= factor;
	}
	return best;
}

int64_t timetable_bound_of_tracks(struct arena *a, const struct timetable_counter *c)
{
	const struct timetable_problem *p = c->p;
	size_t n_cells = (size_t)p->n_sessions * p->n_rooms, n = p->n_tracks;

	if (p->n_sessions > MAX_SESSIONS || n << p->n_sessions > MAX_TABLE)
		return 0;
	struct market m = {.c = c, .p = p, .n_sets = 1u << p->n_sessions,
		.in_sessions = ARENA_ARRAY(a, n << p->n_sessions, int64_t),
		.in_room = ARENA_ARRAY(a, n * p->n_rooms, int64_t),
		.cell = ARENA_ARRAY(a, n * p->n_rooms, int64_t),
		.price = ARENA_ARRAY(a, n_cells, int64_t),
		.n_wanted = ARENA_ARRAY(a, n_cells, uint32_t),
		.paid = ARENA_ARRAY(a, (size_t)1 << p->n_sessions, int64_t)};
	int64_t *least = ARENA_ARRAY(a, m.n_sets, int64_t);

	for (uint32_t track = 0; track < n; track++)
		price_track(&m, track, least);
	for (size_t i = 0; i < n * p->n_rooms; i++)
		m.cell[i] = parts(p->weights[TIMETABLE_TRACK_ROOM] * c->track_room[i]);
	int64_t best = bargain(&m, ARENA_ARRAY(a, n, struct choice));
	return (best + PARTS - 1) / PARTS;
}
