/* The exact allocation: one priority group after the other. */
#include "optimise/allocate_branch.h"
#include "optimise/allocate_common.h"
#include "optimise/rng.h"

struct exact {
	const struct allocate_problem *problem;
	struct allocate_solution *out;
	struct bundle_menu *full;  /* of everybody */
	struct bundle_menu *menus; /* of the stage */
	struct bundle *best;
	bool *is_kept;
	uint32_t *left;
	struct rng lots;
	int64_t value; /* of the groups so far */
	double done;   /* the share of groups */
};

/* Seats that a draft has given out, as bundles of the menus. */
static void take_draft(struct exact *x, uint32_t priority)
{
	struct allocate_solution draft = {0};
	uint32_t turn = 0;
	size_t most = 0;

	for (uint32_t i = 0; i < x->problem->n_attendees; i++)
		most += x->problem->attendees[i].want;
	draft.seats = heap_alloc((most + 1) * sizeof *draft.seats);
	allocate_draft_group(x->problem, priority, &x->lots, x->left, &turn, &draft);
	for (size_t k = 0; k < draft.n_seats; k++) {
		uint32_t who = draft.seats[k].attendee;
		uint16_t option = 0;
		while (x->menus[who].options[option].offering != draft.seats[k].offering)
			option++;
		x->best[who].option[x->best[who].n++] = option;
	}
	heap_free(draft.seats);
}

/* From now on the attendee chooses among all ways to have the same classes. */
static void keep_classes(struct exact *x, uint32_t who)
{
	struct bundle_menu *menu = &x->menus[who];
	struct bundle *has = &x->best[who];
	uint16_t offerings[ALLOCATE_MAX_WANT], n = 0;
	uint32_t ranks = 0;

	for (int k = 0; k < has->n; k++) {
		offerings[k] = menu->options[has->option[k]].offering;
		ranks |= (uint32_t)1 << menu->options[has->option[k]].rank;
	}
	for (uint16_t i = 0; i < menu->n_options; i++) {
		if (!(ranks >> menu->options[i].rank & 1))
			continue;
		for (int k = 0; k < has->n; k++)
			if (offerings[k] == menu->options[i].offering)
				has->option[k] = n;
		menu->options[n] = menu->options[i];
		menu->options[n++].gain = BRANCH_KEPT;
	}
	menu->n_options = n;
	menu->want = has->n;
	menu->has_bonus = false;
	x->is_kept[who] = true;
}

static void solve_group(struct arena *a, struct exact *x, uint32_t priority, struct effort *effort,
	struct allocate_proof *proof)
{
	const struct allocate_problem *p = x->problem;
	struct branch_stage stage = {.problem = p,
		.menus = x->menus,
		.is_kept = x->is_kept,
		.best = x->best,
		.seed = x->out->seed,
		.value_before = x->value,
		.done = x->done};

	for (uint32_t i = 0; i < p->n_attendees; i++)
		if (p->attendees[i].priority == priority)
			x->menus[i] = x->full[i];
	take_draft(x, priority);
	proof->priority = priority;
	branch_solve(a, &stage, effort, proof);
	x->value += proof->value;
	for (uint32_t o = 0; o < p->n_offerings; o++)
		x->left[o] = p->offerings[o].capacity;
	for (uint32_t i = 0; i < p->n_attendees; i++)
		for (int k = 0; k < x->best[i].n; k++)
			x->left[x->menus[i].options[x->best[i].option[k]].offering]--;
	for (uint32_t i = 0; i < p->n_attendees; i++)
		if (p->attendees[i].priority == priority)
			keep_classes(x, i);
}

static void take_seats(struct arena *a, struct exact *x)
{
	size_t n = 0;

	for (uint32_t i = 0; i < x->problem->n_attendees; i++)
		n += x->best[i].n;
	x->out->seats = ARENA_ARRAY(a, n, struct allocate_seat);
	x->out->n_seats = 0;
	for (uint32_t i = 0; i < x->problem->n_attendees; i++)
		for (int k = 0; k < x->best[i].n; k++)
			x->out->seats[x->out->n_seats++] = (struct allocate_seat){.attendee = i,
				.offering = x->menus[i].options[x->best[i].option[k]].offering};
	allocate_finish(x->problem, x->out);
}

enum rc allocate_exact(struct arena *a, const struct allocate_problem *p, struct effort *effort,
	struct allocate_solution *out, struct err *err)
{
	uint32_t *groups;

	TRY(allocate_check(p, err));
	struct arena *own = arena_new();
	struct exact x = {.problem = p,
		.out = out,
		.full = bundle_menus(own, p),
		.menus = ARENA_ARRAY(own, p->n_attendees, struct bundle_menu),
		.best = ARENA_ARRAY(own, p->n_attendees, struct bundle),
		.is_kept = ARENA_ARRAY(own, p->n_attendees, bool),
		.left = ARENA_ARRAY(own, p->n_offerings, uint32_t)};
	uint32_t n_groups = allocate_groups(own, p, &groups);
	*out = (struct allocate_solution){.method = ALLOCATE_EXACT,
		.seed = effort->seed,
		.proofs = ARENA_ARRAY(a, n_groups, struct allocate_proof),
		.n_proofs = n_groups};
	rng_seed(&x.lots, effort->seed);
	for (uint32_t o = 0; o < p->n_offerings; o++)
		x.left[o] = p->offerings[o].capacity;
	for (uint32_t g = 0; g < n_groups; g++) {
		solve_group(a, &x, groups[g], effort, &out->proofs[g]);
		out->bound += out->proofs[g].bound;
		x.done = (double)(g + 1) / n_groups;
	}
	out->is_cut = effort->is_cut;
	take_seats(a, &x);
	arena_free(own);
	struct arena *trial = arena_new();
	struct err doubt = err_in(trial);
	if (allocate_verify(p, out, &doubt) != OK)
		out->is_certified = false;
	arena_free(trial);
	return OK;
}
