/* Are the seats possible, and are the sums theirs? And the draft, drawn again. */
#include "optimise/allocate_verify.h"

#include <string.h>
#include "optimise/rng.h"

/* ---- seats ---- */

struct tally {
	uint32_t *used; /* [offering] */
	int64_t value;
	struct allocate_counts counts;
};

/* The seats of one attendee. */
static enum rc check_seats(const struct allocate_problem *p, uint32_t i,
	const struct allocate_seat *seats, size_t n, struct tally *sum, struct err *err)
{
	static const int64_t worth[3] = {10000, 1000, 100};
	const struct allocate_attendee *who = &p->attendees[i];
	uint64_t slots = who->busy;

	if (n > who->want)
		return err_set(
			err, INVALID, "attendee %u has %zu seats and wants %u", i, n, who->want);
	for (size_t k = 0; k < n; k++) {
		const struct allocate_offering *o = &p->offerings[seats[k].offering];
		uint32_t rank = 0;
		while (rank < who->n_wishes && who->wishes[rank] != o->class_id)
			rank++;
		if (rank == who->n_wishes)
			return err_set(err, INVALID,
				"attendee %u has offering %u and did not wish for it", i,
				seats[k].offering);
		if (slots >> o->slot & 1)
			return err_set(err, INVALID,
				"attendee %u cannot come to offering %u in slot %u", i,
				seats[k].offering, o->slot);
		slots |= (uint64_t)1 << o->slot;
		for (size_t other = 0; other < k; other++)
			if (p->offerings[seats[other].offering].class_id == o->class_id)
				return err_set(err, INVALID, "attendee %u has class %u twice", i,
					o->class_id);
		if (++sum->used[seats[k].offering] > o->capacity)
			return err_set(err, INVALID, "offering %u has more people than seats",
				seats[k].offering);
		sum->value += (k < 3 ? worth[k] : 0) + 8 - (int64_t)rank;
		sum->counts.n_first += rank == 0;
		sum->counts.n_second += rank == 1;
		sum->counts.n_third += rank == 2;
		sum->counts.n_seats++;
	}
	sum->counts.n_without += n == 0 && who->want > 0 && who->n_wishes > 0;
	return OK;
}

static enum rc check_all(const struct allocate_problem *p, const struct allocate_solution *s,
	struct tally *sum, struct err *err)
{
	size_t at = 0;

	for (size_t k = 0; k < s->n_seats; k++) {
		const struct allocate_seat *seat = &s->seats[k];
		if (seat->attendee >= p->n_attendees || seat->offering >= p->n_offerings)
			return err_set(err, INVALID, "seat %zu is of nobody or of nothing", k);
		if (k && (seat[-1].attendee > seat->attendee ||
				 (seat[-1].attendee == seat->attendee &&
					 seat[-1].offering >= seat->offering)))
			return err_set(err, INVALID, "seat %zu is out of order, or there twice", k);
	}
	for (uint32_t i = 0; i < p->n_attendees; i++) {
		size_t from = at;
		while (at < s->n_seats && s->seats[at].attendee == i)
			at++;
		TRY(check_seats(p, i, s->seats + from, at - from, sum, err));
	}
	const struct allocate_counts *a = &sum->counts, *b = &s->counts;
	if (a->n_without != b->n_without || a->n_first != b->n_first ||
		a->n_second != b->n_second || a->n_third != b->n_third || a->n_seats != b->n_seats)
		return err_set(err, INVALID, "the counts are not those of the seats");
	if (sum->value != s->value)
		return err_set(err, INVALID, "the value is %lld, not %lld", (long long)sum->value,
			(long long)s->value);
	return OK;
}

/* ---- the draft again ---- */

struct redraft {
	const struct allocate_problem *p;
	uint32_t *order, n;
	uint32_t *left;
	uint64_t *slots;   /* [attendee] */
	uint8_t *n_has;    /* [attendee] */
	uint32_t *rank_of; /* [class] for whose turn it is, or NONE */
	uint32_t turn;
	size_t n_seats;
};

/* Of all offerings the one that is best by rank, then seats left, then place in the list. */
static uint32_t choose(const struct redraft *d, uint32_t who)
{
	uint32_t best = ALLOCATE_NONE, best_rank = ALLOCATE_NONE;

	for (uint32_t o = 0; o < d->p->n_offerings; o++) {
		const struct allocate_offering *offering = &d->p->offerings[o];
		uint32_t rank = d->rank_of[offering->class_id];
		if (rank == ALLOCATE_NONE || d->left[o] == 0 || d->slots[who] >> offering->slot & 1)
			continue;
		if (rank < best_rank || (rank == best_rank && d->left[o] > d->left[best])) {
			best = o;
			best_rank = rank;
		}
	}
	return best;
}

/* The first seat that is not before this one. */
static size_t find_place(const struct allocate_solution *s, uint32_t attendee, uint32_t offering)
{
	size_t low = 0, high = s->n_seats;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct allocate_seat *seat = &s->seats[middle];
		if (seat->attendee < attendee ||
			(seat->attendee == attendee && seat->offering < offering))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The rank of each class for who has the turn; those they have are no longer wished for. */
static void rank_wishes(struct redraft *d, const struct allocate_solution *s, uint32_t who)
{
	const struct allocate_attendee *attendee = &d->p->attendees[who];

	for (uint32_t k = 0; k < attendee->n_wishes; k++)
		d->rank_of[attendee->wishes[k]] = k;
	for (size_t k = find_place(s, who, 0); k < s->n_seats && s->seats[k].attendee == who; k++)
		if (s->seats[k].turn < d->turn)
			d->rank_of[d->p->offerings[s->seats[k].offering].class_id] = ALLOCATE_NONE;
}

/* One turn: what is taken must be among the seats, with this turn. */
static enum rc repeat_turn(struct redraft *d, const struct allocate_solution *s, uint32_t who,
	bool *has_taken, struct err *err)
{
	const struct allocate_attendee *attendee = &d->p->attendees[who];
	uint32_t turn = d->turn, o = ALLOCATE_NONE;

	if (d->n_has[who] < attendee->want) {
		rank_wishes(d, s, who);
		o = choose(d, who);
		for (uint32_t k = 0; k < attendee->n_wishes; k++)
			d->rank_of[attendee->wishes[k]] = ALLOCATE_NONE;
	}
	d->turn++;
	if (o == ALLOCATE_NONE)
		return OK;
	size_t at = find_place(s, who, o);
	if (at == s->n_seats || s->seats[at].attendee != who || s->seats[at].offering != o ||
		s->seats[at].turn != turn)
		return err_set(err, INVALID, "the lots give attendee %u offering %u in turn %u",
			who, o, turn);
	d->left[o]--;
	d->slots[who] |= (uint64_t)1 << d->p->offerings[o].slot;
	d->n_has[who]++;
	d->n_seats++;
	*has_taken = true;
	return OK;
}

static enum rc repeat_group(struct redraft *d, const struct allocate_solution *s, struct err *err)
{
	bool is_forth = true, has_taken = true;

	for (; has_taken; is_forth = !is_forth) {
		has_taken = false;
		for (uint32_t i = 0; i < d->n; i++) {
			uint32_t who = d->order[is_forth ? i : d->n - i - 1];
			TRY(repeat_turn(d, s, who, &has_taken, err));
		}
	}
	return OK;
}

enum rc allocate_verify_draft(
	const struct allocate_problem *p, const struct allocate_solution *s, struct err *err)
{
	struct arena *own = arena_new();
	struct redraft d = {.p = p,
		.order = ARENA_ARRAY(own, p->n_attendees, uint32_t),
		.left = ARENA_ARRAY(own, p->n_offerings, uint32_t),
		.slots = ARENA_ARRAY(own, p->n_attendees, uint64_t),
		.n_has = ARENA_ARRAY(own, p->n_attendees, uint8_t),
		.rank_of = ARENA_ARRAY(own, p->n_classes, uint32_t)};
	struct rng lots;
	enum rc rc = OK;

	rng_seed(&lots, s->seed);
	memset(d.rank_of, 0xff, p->n_classes * sizeof *d.rank_of);
	for (uint32_t o = 0; o < p->n_offerings; o++)
		d.left[o] = p->offerings[o].capacity;
	for (uint32_t i = 0; i < p->n_attendees; i++)
		d.slots[i] = p->attendees[i].busy;
	for (uint32_t priority = 0; priority <= ALLOCATE_MAX_PRIORITY && rc == OK; priority++) {
		d.n = 0;
		for (uint32_t i = 0; i < p->n_attendees; i++)
			if (p->attendees[i].priority == priority)
				d.order[d.n++] = i;
		rng_shuffle(&lots, d.order, d.n);
		if (d.n)
			rc = repeat_group(&d, s, err);
	}
	if (rc == OK && d.n_seats != s->n_seats)
		rc = err_set(
			err, INVALID, "%zu seats are not from the lots", s->n_seats - d.n_seats);
	arena_free(own);
	return rc;
}

/* ---- the whole ---- */

enum rc allocate_verify(
	const struct allocate_problem *p, struct allocate_solution *s, struct err *err)
{
	struct tally sum = {0};
	int64_t bound = 0;
	bool is_tight = true;

	s->is_certified = false;
	sum.used = heap_alloc(p->n_offerings * sizeof *sum.used);
	enum rc rc = check_all(p, s, &sum, err);
	heap_free(sum.used);
	TRY(rc);
	for (size_t g = 0; g < s->n_proofs; g++) {
		bound += s->proofs[g].bound;
		is_tight = is_tight && s->proofs[g].bound == s->proofs[g].value;
	}
	if (bound != s->bound)
		return err_set(err, INVALID, "the bound is not the sum of those proved");
	if (s->method == ALLOCATE_DRAFT) {
		if (s->n_proofs || s->is_cut)
			return err_set(
				err, INVALID, "a draft has no proofs of value, and is never cut");
		return allocate_verify_draft(p, s, err);
	}
	for (size_t k = 0; k < s->n_seats; k++)
		if (s->seats[k].turn)
			return err_set(err, INVALID, "seat %zu has a turn, and there were none", k);
	TRY(allocate_verify_proofs(p, s, err));
	s->is_certified = is_tight;
	return OK;
}
