#include "optimise/timetable_anneal.h"

#include <math.h>
#include <string.h>

enum { CHECK_EVERY = 1024, COOL_EVERY = 64, WORK_OF_MOVE = 40 };
/* A submission without a place is worse than a track in a second room, twice in one session. */
enum { GAP_TO_BREACH = 4 };

/* How much of a relaxed cooling passes until gaps and breaches cost their full price. */
static const double RELAXED = 0.6;
/* The first price of them, in temperatures. */
static const double CHEAP = 5;
/* The least temperature when gaps are all that counts. */
static const double COLD_PACKING = 0.1;
/* When to end, as parts of the time given: the plan is 0.8. */
static const double LATEST = 0.95;
/* So much of the time passes before the pace is judged. */
static const double SETTLED = 0.05;

bool timetable_is_better(const struct timetable_score *one, const struct timetable_score *other)
{
	if (one->n_gaps != other->n_gaps)
		return one->n_gaps < other->n_gaps;
	if (one->n_breaches != other->n_breaches)
		return one->n_breaches < other->n_breaches;
	return one->value < other->value;
}

static struct timetable_score score_of(const struct timetable_state *s)
{
	return (struct timetable_score){s->n_gaps, s->t->is_strict ? s->n_breaches : 0, s->value};
}

/* ---- which move ---- */

static const uint32_t SHARES[TIMETABLE_N_MOVES] = {
	[TIMETABLE_MOVE_RELOCATE] = 50,
	[TIMETABLE_MOVE_OPEN] = 10,
	[TIMETABLE_MOVE_SWAP_CELLS] = 10,
	[TIMETABLE_MOVE_SWAP_ROOMS] = 1,
	[TIMETABLE_MOVE_CLOSE] = 2,
	[TIMETABLE_MOVE_REORDER] = 10,
	[TIMETABLE_MOVE_INSERT] = 10,
	[TIMETABLE_MOVE_ROTATE] = 3,
	[TIMETABLE_MOVE_REBUILD] = 1,
};

static enum timetable_move draw_move(struct timetable_search *search)
{
	const struct timetable_state *s = search->s;
	uint32_t shares[TIMETABLE_N_MOVES], sum = 0, kind = 0;

	memcpy(shares, SHARES, sizeof shares);
	if (s->unplaced.n == 0)
		shares[TIMETABLE_MOVE_INSERT] = 0;
	if (!s->t->has_order && !s->t->has_slots)
		shares[TIMETABLE_MOVE_REORDER] = 0;
	for (uint32_t k = 0; k < TIMETABLE_N_MOVES; k++)
		sum += shares[k];
	uint32_t draw = rng_below(&search->rng, sum);
	while (draw >= shares[kind])
		draw -= shares[kind++];
	return (enum timetable_move)kind;
}

/* ---- time ---- */

static void keep_pace(struct timetable_search *search)
{
	const struct effort *e = search->effort;
	double elapsed = effort_elapsed_s(e), spent = elapsed - search->start_s;
	double done = (double)search->s->work;

	if (e->seconds <= 0 || spent < e->seconds * SETTLED || done <= 0)
		return;
	double left = e->seconds * LATEST - elapsed;
	double possible = done + done / spent * (left > 0 ? left : 0);
	search->is_late = search->is_late || possible < (double)search->planned;
	search->budget = possible < (double)search->planned ? (uint64_t)possible : search->planned;
}

static void look_up(struct timetable_search *search)
{
	const struct timetable_score *best = &search->best;
	bool is_feasible = best->n_gaps == 0 && best->n_breaches == 0;
	double done = (double)search->s->work / (double)(search->budget + 1);
	struct effort_state state = {.done = done < 1 ? done : 1,
		.doing = "annealing",
		.value = is_feasible ? (double)best->value : (double)NAN,
		.bound = (double)search->bound};

	if (!effort_go_on(search->effort, &state) || (is_feasible && best->value <= search->bound))
		search->is_over = true;
	keep_pace(search);
}

/* ---- one cooling ---- */

struct run {
	const struct timetable_cooling *cooling;
	uint64_t from; /* work when it began */
	double temperature;
	struct timetable_score best;
};

/* False when the cooling is at its end. */
static bool cool(struct timetable_search *search, struct run *run)
{
	const struct timetable_cooling *c = run->cooling;
	struct timetable_state *s = search->s;
	double least = c->is_packing ? COLD_PACKING : search->least_temperature;
	double share = (double)search->budget * c->share;
	double done = (double)(s->work - run->from) / (share > 1 ? share : 1);

	if (done >= 1)
		return false;
	run->temperature = c->temperature * pow(least / c->temperature, done);
	if (c->is_packing)
		return true;
	double first = CHEAP * c->temperature, full = (double)search->full_price, price = full;
	if (c->is_relaxed && done < RELAXED && first < full)
		price = first * pow(full / first, done / RELAXED);
	s->gap_price = GAP_TO_BREACH * ((int64_t)price + 1);
	s->breach_price = s->t->is_strict ? (int64_t)price + 1 : 0;
	return true;
}

void timetable_search_note(struct timetable_search *search)
{
	struct timetable_score score = score_of(search->s);

	if (!timetable_is_better(&score, &search->best))
		return;
	search->best = score;
	timetable_state_save(search->s, search->places);
}

static void note_score(struct timetable_search *search, struct timetable_score *best)
{
	struct timetable_score score = score_of(search->s);

	if (!timetable_is_better(&score, best))
		return;
	*best = score;
	timetable_search_note(search);
}

static void step(struct timetable_search *search, struct run *run)
{
	struct timetable_state *s = search->s;
	int64_t before = timetable_state_total(s);
	bool is_done = timetable_move(&search->mover, draw_move(search));

	s->work += WORK_OF_MOVE;
	int64_t worse = timetable_state_total(s) - before;
	if (!is_done ||
		(worse > 0 && rng_unit(&search->rng) >= exp(-(double)worse / run->temperature))) {
		timetable_state_undo(s);
		return;
	}
	timetable_state_keep(s);
	note_score(search, &run->best);
}

struct timetable_score timetable_anneal(
	struct timetable_search *search, const struct timetable_cooling *cooling)
{
	struct run run = {.cooling = cooling, .from = search->s->work, .best = score_of(search->s)};

	search->s->is_packing = cooling->is_packing;
	search->s->gap_price = 1;
	search->s->breach_price = 0;
	timetable_state_keep(search->s);
	timetable_search_note(search);
	for (uint64_t k = 0; !search->is_over; k++) {
		if (k % COOL_EVERY == 0 && !cool(search, &run))
			break;
		if (k % CHECK_EVERY == 0)
			look_up(search);
		step(search, &run);
		if (cooling->is_packing && search->s->n_gaps == 0)
			break;
	}
	return run.best;
}
