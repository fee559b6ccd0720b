/*
 * Who takes a free seat, and who theirs. A walk over offerings in which every step is somebody's
 * move; bound[k][o] is the most that k more moves can gain once o has a free seat, were people
 * allowed to move twice. That is found for all at once, and then chains are searched depth first,
 * short ones before long ones, wherever the bound still promises more than the best so far.
 */
#include <stdlib.h>
#include <string.h>
#include "optimise/allocate_common.h"

enum { MAX_LOOKS = 200000 }; /* moves looked at in the depth-first search: about two milliseconds */

#define NO_MOVE INT32_MIN

struct option {
	struct allocate_move move;
	int64_t promise; /* of the whole chain, at most */
};

struct search {
	const struct allocate_problem *p;
	const struct allocate_seat *seats;
	uint32_t *first_seat; /* [attendee + 1] */
	/* who wishes for a class, and their rank: [first_wisher[class] .. first_wisher[class + 1])
	 */
	uint32_t *first_wisher, *wisher;
	uint32_t *first_offering, *next_offering; /* by class: lists that end with NONE */
	uint8_t *wisher_rank, *seat_rank;
	uint32_t giver, priority;
	enum allocate_consent consent;
	int32_t *swap, *add; /* [to][from], [to]: the highest gain, or NO_MOVE */
	int64_t *bound;      /* [moves left][offering] */
	struct option *options;
	size_t n_options, room;
	struct allocate_move path[ALLOCATE_MAX_MOVES], best_path[ALLOCATE_MAX_MOVES];
	uint32_t n_best;
	int64_t best;
	uint32_t n_looks;
	bool is_cut;
};

/* ---- who may move ---- */

static enum rc index_seats(struct search *x, struct arena *a, size_t n_seats, struct err *err)
{
	const struct allocate_problem *p = x->p;
	size_t at = 0;

	x->first_seat = ARENA_ARRAY(a, p->n_attendees + 1, uint32_t);
	x->seat_rank = ARENA_ARRAY(a, n_seats, uint8_t);
	for (uint32_t i = 0; i < p->n_attendees; i++) {
		x->first_seat[i] = (uint32_t)at;
		for (; at < n_seats && x->seats[at].attendee == i; at++) {
			uint32_t o = x->seats[at].offering;
			uint32_t rank = o < p->n_offerings ? allocate_rank(p, i, o) : ALLOCATE_NONE;
			if (rank == ALLOCATE_NONE || at - x->first_seat[i] >= p->attendees[i].want)
				return err_set(
					err, INVALID, "seat %zu is not one for attendee %u", at, i);
			x->seat_rank[at] = (uint8_t)rank;
		}
	}
	x->first_seat[p->n_attendees] = (uint32_t)at;
	return at == n_seats ? OK : err_set(err, INVALID, "seat %zu is out of order", at);
}

static void index_wishers(struct search *x, struct arena *a)
{
	const struct allocate_problem *p = x->p;
	size_t n = 0;

	x->first_wisher = ARENA_ARRAY(a, p->n_classes + 2, uint32_t);
	for (uint32_t i = 0; i < p->n_attendees; i++) {
		n += p->attendees[i].n_wishes;
		for (uint32_t k = 0; k < p->attendees[i].n_wishes; k++)
			x->first_wisher[p->attendees[i].wishes[k] + 2]++;
	}
	for (uint32_t c = 2; c < p->n_classes + 2; c++)
		x->first_wisher[c] += x->first_wisher[c - 1];
	x->wisher = ARENA_ARRAY(a, n, uint32_t);
	x->wisher_rank = ARENA_ARRAY(a, n, uint8_t);
	for (uint32_t i = 0; i < p->n_attendees; i++)
		for (uint32_t k = 0; k < p->attendees[i].n_wishes; k++) {
			uint32_t at = x->first_wisher[p->attendees[i].wishes[k] + 1]++;
			x->wisher[at] = i;
			x->wisher_rank[at] = (uint8_t)k;
		}
}

static void index_offerings(struct search *x, struct arena *a)
{
	const struct allocate_problem *p = x->p;

	x->first_offering = ARENA_ARRAY(a, p->n_classes, uint32_t);
	x->next_offering = ARENA_ARRAY(a, p->n_offerings, uint32_t);
	for (uint32_t c = 0; c < p->n_classes; c++)
		x->first_offering[c] = ALLOCATE_NONE;
	for (uint32_t o = 0; o < p->n_offerings; o++) {
		x->next_offering[o] = x->first_offering[p->offerings[o].class_id];
		x->first_offering[p->offerings[o].class_id] = o;
	}
}

static bool agrees(const struct search *x, uint32_t attendee, bool is_more, int64_t gain)
{
	uint32_t priority = x->p->attendees[attendee].priority;

	if (priority > x->priority || (priority < x->priority && gain < 0))
		return false;
	return gain > 0 || (x->consent == ALLOCATE_ANY && !is_more);
}

/* Every way in which somebody could take a seat in `to` without losing one. How many. */
static int find_moves(
	const struct search *x, uint32_t who, uint32_t rank, uint32_t to, struct allocate_move *out)
{
	const struct allocate_problem *p = x->p;
	uint32_t in_the_way = ALLOCATE_NONE;
	uint32_t from = x->first_seat[who], end = x->first_seat[who + 1];
	int n = 0;

	if (who == x->giver || p->attendees[who].busy >> p->offerings[to].slot & 1)
		return 0;
	for (uint32_t k = from; k < end; k++) {
		const struct allocate_offering *has = &p->offerings[x->seats[k].offering];
		if (has->slot != p->offerings[to].slot && x->seat_rank[k] != rank)
			continue;
		if (in_the_way != ALLOCATE_NONE || has == &p->offerings[to])
			return 0;
		in_the_way = k;
	}
	for (uint32_t k = from; k < end; k++) {
		int64_t gain = (int64_t)x->seat_rank[k] - rank;
		if ((in_the_way == ALLOCATE_NONE || in_the_way == k) && agrees(x, who, false, gain))
			out[n++] = (struct allocate_move){who, x->seats[k].offering, to, gain};
	}
	int64_t gain = allocate_points(end - from, rank);
	if (in_the_way == ALLOCATE_NONE && end - from < p->attendees[who].want &&
		agrees(x, who, true, gain))
		out[n++] = (struct allocate_move){who, ALLOCATE_NONE, to, gain};
	return n;
}

/* ---- the bound ---- */

/* Would any move of this attendee to `to`, if it were possible, be the best one known so far? */
static bool could_be_best(const struct search *x, uint32_t who, uint32_t rank, uint32_t to)
{
	const int32_t *best = x->swap + (size_t)to * x->p->n_offerings;
	uint32_t from = x->first_seat[who], end = x->first_seat[who + 1];
	int32_t least = x->consent == ALLOCATE_IMPROVING ? 0 : NO_MOVE;

	for (uint32_t k = from; k < end; k++) {
		int32_t gain = (int32_t)x->seat_rank[k] - (int32_t)rank;
		if (gain > least && gain > best[x->seats[k].offering])
			return true;
	}
	return end - from < x->p->attendees[who].want &&
	       allocate_points(end - from, rank) > x->add[to];
}

static void find_best_moves_of(struct search *x, uint32_t who)
{
	const struct allocate_attendee *attendee = &x->p->attendees[who];
	struct allocate_move moves[ALLOCATE_MAX_WANT + 1];

	for (uint32_t rank = 0; rank < attendee->n_wishes; rank++) {
		uint32_t to = x->first_offering[attendee->wishes[rank]];
		for (; to != ALLOCATE_NONE; to = x->next_offering[to]) {
			int n = could_be_best(x, who, rank, to)
					? find_moves(x, who, rank, to, moves)
					: 0;
			for (int k = 0; k < n; k++) {
				int32_t *best = moves[k].from == ALLOCATE_NONE
							? &x->add[to]
							: &x->swap[(size_t)to * x->p->n_offerings +
								   moves[k].from];
				if (moves[k].gain > *best)
					*best = (int32_t)moves[k].gain;
			}
		}
	}
}

static void find_best_moves(struct search *x)
{
	uint32_t m = x->p->n_offerings;

	for (size_t k = 0; k < (size_t)m * m; k++)
		x->swap[k] = NO_MOVE;
	for (uint32_t to = 0; to < m; to++)
		x->add[to] = NO_MOVE;
	for (uint32_t who = 0; who < x->p->n_attendees; who++)
		find_best_moves_of(x, who);
}

static void find_bounds(struct search *x, uint32_t max_moves)
{
	uint32_t m = x->p->n_offerings;

	memset(x->bound, 0, m * sizeof *x->bound);
	for (uint32_t k = 1; k <= max_moves; k++) {
		const int64_t *before = x->bound + (size_t)(k - 1) * m;
		for (uint32_t to = 0; to < m; to++) {
			int64_t best = x->add[to] > 0 ? x->add[to] : 0;
			const int32_t *swap = x->swap + (size_t)to * m;
			for (uint32_t from = 0; from < m; from++)
				if (swap[from] != NO_MOVE && swap[from] + before[from] > best)
					best = swap[from] + before[from];
			x->bound[(size_t)k * m + to] = best;
		}
	}
}

/* ---- chains ---- */

static bool has_moved(const struct search *x, uint32_t depth, uint32_t attendee)
{
	for (uint32_t k = 0; k < depth; k++)
		if (x->path[k].attendee == attendee)
			return true;
	return false;
}

static int compare_options(const void *a, const void *b)
{
	const struct option *x = a, *y = b;

	if (x->promise != y->promise)
		return x->promise > y->promise ? -1 : 1;
	if (x->move.attendee != y->move.attendee)
		return x->move.attendee < y->move.attendee ? -1 : 1;
	return (x->move.from > y->move.from) - (x->move.from < y->move.from);
}

/* Keeps what ends here if it is the best, and what might go on. */
static void consider(struct search *x, uint32_t depth, uint32_t left, int64_t gain,
	const struct allocate_move *move)
{
	int64_t total = gain + move->gain, promise = total;

	if (total > x->best) {
		x->best = total;
		x->path[depth] = *move;
		x->n_best = depth + 1;
		memcpy(x->best_path, x->path, x->n_best * sizeof *x->path);
	}
	if (move->from == ALLOCATE_NONE || left == 1)
		return;
	promise += x->bound[(size_t)(left - 1) * x->p->n_offerings + move->from];
	if (promise <= x->best)
		return;
	if (x->n_options == x->room) {
		x->room = x->room ? 2 * x->room : 256;
		x->options = heap_resize(x->options, x->room * sizeof *x->options);
	}
	x->options[x->n_options++] = (struct option){*move, promise};
}

/* Depth: one move a call, so ALLOCATE_MAX_MOVES at most. */
static void search_from(struct search *x, uint32_t to, uint32_t depth, uint32_t left, int64_t gain)
{
	uint32_t class_id = x->p->offerings[to].class_id;
	struct allocate_move moves[ALLOCATE_MAX_WANT + 1];
	size_t from = x->n_options;

	for (uint32_t w = x->first_wisher[class_id]; w < x->first_wisher[class_id + 1]; w++) {
		if (has_moved(x, depth, x->wisher[w]))
			continue;
		if (x->n_looks++ >= MAX_LOOKS) {
			x->is_cut = true;
			break;
		}
		int n = find_moves(x, x->wisher[w], x->wisher_rank[w], to, moves);
		for (int k = 0; k < n; k++)
			consider(x, depth, left, gain, &moves[k]);
	}
	if (x->n_options > from)
		qsort(x->options + from, x->n_options - from, sizeof *x->options, compare_options);
	for (size_t k = from; k < x->n_options && x->options[k].promise > x->best && !x->is_cut;
		k++) {
		x->path[depth] = x->options[k].move;
		search_from(
			x, x->path[depth].from, depth + 1, left - 1, gain + x->path[depth].gain);
	}
	x->n_options = from;
}

/* ---- the whole ---- */

static enum rc check_giver(const struct search *x, uint32_t offering, struct err *err)
{
	if (offering >= x->p->n_offerings)
		return err_set(err, INVALID, "there is no offering %u", offering);
	if (x->giver == ALLOCATE_NONE)
		return OK;
	if (x->giver < x->p->n_attendees)
		for (uint32_t k = x->first_seat[x->giver]; k < x->first_seat[x->giver + 1]; k++)
			if (x->seats[k].offering == offering)
				return OK;
	return err_set(err, INVALID, "attendee %u has no seat in offering %u", x->giver, offering);
}

static void search_all(struct search *x, uint32_t offering, uint32_t max_moves)
{
	uint32_t m = x->p->n_offerings;

	for (x->priority = 0; x->priority <= ALLOCATE_MAX_PRIORITY && !x->best; x->priority++) {
		bool is_there = false;
		for (uint32_t i = 0; i < x->p->n_attendees && !is_there; i++)
			is_there = x->p->attendees[i].priority == x->priority;
		if (!is_there)
			continue;
		find_best_moves(x);
		find_bounds(x, max_moves);
		for (uint32_t k = 1; k <= max_moves; k++)
			if (x->bound[(size_t)k * m + offering] > x->best && !x->is_cut)
				search_from(x, offering, 0, k, 0);
	}
}

enum rc allocate_chain(struct arena *a, const struct allocate_problem *p,
	const struct allocate_seat *seats, size_t n_seats, uint32_t offering, uint32_t giver,
	enum allocate_consent consent, uint32_t max_moves, struct allocate_chain *out,
	struct err *err)
{
	struct arena *own = arena_new();
	struct search x = {.p = p, .seats = seats, .giver = giver, .consent = consent};
	size_t m = p->n_offerings;
	enum rc rc = index_seats(&x, own, n_seats, err);

	*out = (struct allocate_chain){0};
	if (rc == OK)
		rc = check_giver(&x, offering, err);
	if (rc == OK) {
		max_moves = max_moves < ALLOCATE_MAX_MOVES ? max_moves : ALLOCATE_MAX_MOVES;
		index_wishers(&x, own);
		index_offerings(&x, own);
		x.swap = ARENA_RAW_ARRAY(own, m * m, int32_t);
		x.add = ARENA_ARRAY(own, m, int32_t);
		x.bound = ARENA_ARRAY(own, m * (ALLOCATE_MAX_MOVES + 1), int64_t);
		search_all(&x, offering, max_moves);
		out->moves = ARENA_ARRAY(a, x.n_best, struct allocate_move);
		memcpy(out->moves, x.best_path, x.n_best * sizeof *out->moves);
		out->n_moves = x.n_best;
		out->gain = x.best;
		out->is_best = !x.is_cut;
	}
	heap_free(x.options);
	arena_free(own);
	return rc;
}
