/*
 * The search as a whole. Instances differ by orders of magnitude in what a breach of a wish costs,
 * and so in the temperature at which their structure is decided: short coolings from several
 * temperatures are tried first, the best quarter of them again and longer, the best of these once
 * more (as in successive halving); then what is best is warmed up and cooled again and again.
 */
#include <math.h>
#include <string.h>
#include "optimise/timetable_anneal.h"
#include "optimise/timetable_check.h"
#include "optimise/timetable_construct.h"

/* Work a second on an idle core of 3 GHz; and how much of the time given the plan takes. */
static const double WORK_PER_S = 175e6, PLANNED = 0.8;
/* Work a submission when no time is given. */
static const double WORK_UNTIL_DONE = 10e6;

enum { MAX_TRIALS = 12 };

struct trial {
	struct timetable_cooling cooling;
	struct timetable_score score;
};

/* ---- prices and temperatures ---- */

struct range {
	int64_t least, most, sum; /* positive prices; sum: of the dearest of each table */
};

static void look_at(struct range *all, const struct timetable_price *prices, size_t n)
{
	int64_t most = 0;

	for (size_t i = 0; i < n; i++) {
		if (prices[i].cost <= 0)
			continue;
		if (prices[i].cost < all->least)
			all->least = prices[i].cost;
		if (prices[i].cost > most)
			most = prices[i].cost;
	}
	if (most > all->most)
		all->most = most;
	all->sum += most;
}

static struct range range_of(const struct timetable_tables *t)
{
	const struct timetable_problem *p = t->p;
	struct range range = {.least = INT64_MAX};
	static const enum timetable_penalty COUNTED[] = {TIMETABLE_ROOMS_PER_TRACK,
		TIMETABLE_PARALLEL_TRACKS, TIMETABLE_CONSECUTIVE_TRACKS, TIMETABLE_ORDER,
		TIMETABLE_PRESENTER_SESSION, TIMETABLE_ATTENDEE_SESSION, TIMETABLE_PRESENTER_SLOT,
		TIMETABLE_ATTENDEE_SLOT};

	look_at(&range, t->track_session, (size_t)p->n_tracks * p->n_sessions);
	look_at(&range, t->track_room, (size_t)p->n_tracks * p->n_rooms);
	look_at(&range, t->session_room, t->n_cells);
	look_at(&range, t->submission_session, (size_t)p->n_submissions * p->n_sessions);
	if (t->submission_room)
		look_at(&range, t->submission_room, (size_t)p->n_submissions * p->n_rooms);
	for (uint32_t k = 0; k < t->rival_start[p->n_tracks]; k++)
		look_at(&range, &t->rivals[k].price, 1);
	for (size_t k = 0; k < sizeof COUNTED / sizeof *COUNTED; k++) {
		struct timetable_price price = {.cost = p->weights[COUNTED[k]]};
		look_at(&range, &price, 1);
	}
	if (range.least == INT64_MAX)
		range.least = range.most = 1;
	return range;
}

/* ---- trials ---- */

static void begin(struct timetable_search *search, const struct timetable *start)
{
	if (start)
		timetable_resume(search->s, start->places);
	else
		timetable_construct(&search->mover);
}

static void run_trial(
	struct timetable_search *search, struct trial *trial, const struct timetable *start)
{
	begin(search, start);
	trial->score = timetable_anneal(search, &trial->cooling);
}

/* From the cheapest difference up, a factor apart; every other one relaxed. */
static uint32_t make_trials(const struct range *range, struct trial *trials)
{
	double least = (double)range->least, most = (double)range->most / 2, t = 2 * least;
	uint32_t n = 0;

	for (; n < MAX_TRIALS && (n < 4 || t <= most); n++) {
		trials[n].cooling =
			(struct timetable_cooling){.temperature = t, .is_relaxed = n % 2 == 0};
		if (n % 2 == 1)
			t *= 5;
	}
	return n;
}

/* Short lists: the best first. */
static void sort_trials(struct trial *trials, uint32_t n)
{
	for (uint32_t k = 1; k < n; k++)
		for (uint32_t i = k;
			i > 0 && timetable_is_better(&trials[i].score, &trials[i - 1].score); i--) {
			struct trial kept = trials[i];
			trials[i] = trials[i - 1];
			trials[i - 1] = kept;
		}
}

/* ---- the whole ---- */

/* How the work is shared out; what is left goes into warming up. */
static const double SHARE_TRIALS = 0.3, SHARE_AGAIN = 0.2, SHARE_LONG = 0.25;
/* Warming up again, in the temperature that won: gently, and now and then enough to change the
 * structure. */
static const double WARMTH[] = {0.5, 4, 0.25, 2, 0.125, 0.5};
enum { N_WARM = sizeof WARMTH / sizeof *WARMTH };

static bool has_any_to_move(const struct timetable_state *s)
{
	for (uint32_t i = 0; i < s->t->p->n_submissions; i++)
		if (!s->is_fixed[i])
			return true;
	return false;
}

/* From the best: warmed up, or as long as somebody has no place, only packed. */
static void improve(struct timetable_search *search, double temperature, double share)
{
	struct timetable_cooling warm = {.temperature = temperature, .share = share};
	struct timetable_cooling packing = {.temperature = 1, .is_packing = true, .share = share};
	bool is_packed = search->best.n_gaps == 0;

	timetable_state_load(search->s, search->places);
	timetable_anneal(search, is_packed ? &warm : &packing);
}

static void search_all(
	struct timetable_search *search, const struct range *range, const struct timetable *start)
{
	struct trial trials[MAX_TRIALS];
	uint32_t n = make_trials(range, trials), n_again = n / 4 < 2 ? 2 : n / 4;

	for (uint32_t k = 0; k < n; k++) {
		trials[k].cooling.share = SHARE_TRIALS / n;
		run_trial(search, &trials[k], start);
	}
	sort_trials(trials, n);
	for (uint32_t k = 0; k < n_again; k++) {
		trials[k].cooling.share = SHARE_AGAIN / n_again;
		run_trial(search, &trials[k], start);
	}
	sort_trials(trials, n_again);
	double temperature = trials[0].cooling.temperature;
	if (search->best.n_gaps > 0) {
		improve(search, temperature, SHARE_LONG);
	} else {
		trials[0].cooling.share = SHARE_LONG;
		run_trial(search, &trials[0], start);
	}
	for (uint32_t k = 0; k < N_WARM; k++) {
		double left = 1 - (double)search->s->work / ((double)search->budget + 1);
		improve(search, temperature * WARMTH[k], left / (N_WARM - k));
	}
}

static enum rc conclude(struct arena *a, struct timetable_search *search,
	struct timetable_solution *out, struct err *err)
{
	const struct timetable_problem *p = search->t->p;
	struct timetable timetable = timetable_empty(a, p);

	search->effort->is_cut = search->effort->is_cut || search->is_late;
	if (search->best.n_gaps > 0)
		return err_set(err, CONFLICT,
			"No timetable was found with a place for every submission: %lld slots are "
			"missing at best. More rooms, more sessions or more time would help",
			(long long)search->best.n_gaps);
	memcpy(timetable.places, search->places, p->n_submissions * sizeof *search->places);
	for (uint32_t i = 0; i < p->n_submissions; i++)
		timetable.track[(size_t)timetable.places[i].session * p->n_rooms +
				timetable.places[i].room] = p->submissions[i].track;
	TRY(timetable_value(a, p, &timetable, out, err));
	out->bound = search->bound;
	return OK;
}

/* Dear enough that nothing makes up for it, and yet all of them together are no overflow. */
static int64_t full_price_of(const struct timetable_tables *t, const struct range *range)
{
	int64_t n_conflicts = t->presenter.start ? t->presenter.start[t->p->n_submissions] : 0;
	int64_t n = 1 + (n_conflicts + t->p->n_submissions) * t->n_slots + 2 * (int64_t)t->n_cells;
	int64_t most = INT64_MAX / 16 / n;

	return 2 * range->sum < most ? 2 * range->sum : most;
}

enum rc timetable_solve(struct arena *a, const struct timetable_problem *p,
	const struct timetable_wish *wish, struct effort *effort, struct timetable_solution *out,
	struct err *err)
{
	TRY(timetable_prove_room(a, p, err));
	struct timetable_search search = {
		.arena = arena_new(), .effort = effort, .best = {INT64_MAX, INT64_MAX, INT64_MAX}};
	enum rc rc;

	search.t = timetable_tables_of(search.arena, p, wish->is_strict);
	rc = timetable_state_new(search.arena, search.t, wish->start, &search.s, err);
	if (rc == OK) {
		struct range range = range_of(search.t);
		double work = effort->seconds > 0 ? effort->seconds * PLANNED * WORK_PER_S
						  : p->n_submissions * WORK_UNTIL_DONE;
		rng_seed(&search.rng, effort->seed);
		search.mover = timetable_mover_of(search.arena, search.s, &search.rng);
		search.places = ARENA_ARRAY(search.arena, p->n_submissions, struct timetable_place);
		search.full_price = full_price_of(search.t, &range);
		search.least_temperature = 0.15 * (double)range.least;
		search.planned = (uint64_t)work;
		search.bound = timetable_bound(search.arena, p, wish->is_strict);
		search.budget = search.planned;
		search.start_s = effort_elapsed_s(effort);
		if (has_any_to_move(search.s))
			search_all(&search, &range, wish->start);
		else
			timetable_search_note(&search);
		rc = conclude(a, &search, out, err);
	}
	arena_free(search.arena);
	return rc;
}
