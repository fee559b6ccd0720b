#include "optimise_kinds.h"

#include <inttypes.h>
#include <math.h>
#include "optimise/allocate.h"
#include "optimise/assign.h"
#include "optimise/timetable.h"

static const char *gap_between(struct arena *a, double value, double bound)
{
	return arena_printf(a, "%.6g", fabs(bound - value) / fmax(fabs(value), 1));
}

/* ---- assign ---- */

/* Millionths as a decimal without needless zeros: 281040400 -> "281.0404". */
static const char *decimal(struct arena *a, int64_t millionths)
{
	char *text = arena_printf(a, "%s%" PRId64 ".%06" PRId64, millionths < 0 ? "-" : "",
		(millionths < 0 ? -millionths : millionths) / ASSIGN_UNIT,
		(millionths < 0 ? -millionths : millionths) % ASSIGN_UNIT);
	size_t n = str_from(text).n;

	while (text[n - 1] == '0')
		text[--n] = '\0';
	if (text[n - 1] == '.')
		text[n - 1] = '\0';
	return text;
}

/* Whom a rule is about, for runs of neighbours under the same rule. */
static uint32_t subject_of(const struct assign_demand *d)
{
	return d->kind == ASSIGN_DEMAND_MIN_LOAD || d->kind == ASSIGN_DEMAND_MAX_LOAD ? d->reviewer :
											d->paper;
}

static void add_run(
	struct buf *b, const struct assign_demand *first, const struct assign_demand *last)
{
	uint32_t from = subject_of(first), to = subject_of(last);

	if (to > from)
		buf_printf(b, "each of %u to %u, as ", from, to);
	switch (first->kind) {
	case ASSIGN_DEMAND_PAPER:
		buf_printf(b, "paper %u wants %u reviews", from, first->count);
		break;
	case ASSIGN_DEMAND_MIN_LOAD:
		buf_printf(b, "reviewer %u has at least %u", from, first->count);
		break;
	case ASSIGN_DEMAND_MAX_LOAD:
		buf_printf(b, "reviewer %u has at most %u", from, first->count);
		break;
	case ASSIGN_DEMAND_BARRED:
		if (first->reviewer == UINT32_MAX)
			buf_printf(b, "%u conflicts of paper %u", first->count, from);
		else
			buf_printf(b, "reviewer %u is in conflict with paper %u", first->reviewer,
				from);
		break;
	case ASSIGN_DEMAND_ORGANISATION:
		buf_printf(b, "organisation %u reads paper %u at most %u times",
			first->organisation, from, first->count);
		break;
	case ASSIGN_DEMAND_KEPT:
		buf_printf(b, "reviewer %u keeps paper %u", first->reviewer, from);
		break;
	}
}

static bool is_next(const struct assign_demand *a, const struct assign_demand *b)
{
	return (a->kind == ASSIGN_DEMAND_PAPER || a->kind == ASSIGN_DEMAND_MIN_LOAD ||
		       a->kind == ASSIGN_DEMAND_MAX_LOAD) &&
	       a->kind == b->kind && a->count == b->count && subject_of(b) == subject_of(a) + 1;
}

static enum rc say_clash(struct arena *a, const struct assign_problem *p, struct err *err)
{
	struct err own = err_in(a);
	struct assign_clash clash;
	struct buf b = buf_in(a, 4 << 20);

	if (assign_clash(a, p, &clash, &own) != OK)
		return err->rc;
	for (size_t i = 0, last; i < clash.n_demands; i = last + 1) {
		last = i;
		while (last + 1 < clash.n_demands &&
			is_next(&clash.demands[last], &clash.demands[last + 1]))
			last++;
		buf_text(&b, i ? "; " : "");
		add_run(&b, &clash.demands[i], &clash.demands[last]);
	}
	err_clear(err);
	return err_set(err, CONFLICT,
		"These rules cannot all be kept (%u reviews wanted, %u possible): %s",
		clash.n_wanted, clash.n_possible, buf_cstr(&b));
}

/* In parts: the file of a large conference is many times what it comes to in memory. */
static enum rc read_rows(FILE *f, struct assign_rows *rows, struct err *err)
{
	char part[1 << 14];
	size_t n;

	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		TRY(assign_rows_add(rows, (struct str){part, n}, err));
	if (ferror(f))
		return err_set(err, INVALID, "The affinities cannot be read to their end");
	return assign_rows_end(rows, err);
}

static enum rc read_assignment(struct arena *a, const struct optimise_question *q,
	struct assign_problem *out, struct err *err)
{
	struct assign_rows *rows;
	enum rc rc;

	TRY(assign_read_json(a, q->text, out, err));
	rows = assign_rows_new(out);
	rc = read_rows(q->beside, rows, err);
	assign_rows_free(rows);
	return rc;
}

static enum rc solve_assignment(struct arena *a, const struct optimise_question *q,
	const struct assign_problem *p, struct assign_solution *out, struct err *err)
{
	switch (q->fairness) {
	case OPTIMISE_FAIR:
		return assign_maximin(a, p, q->effort, out, err);
	case OPTIMISE_FAIREST:
		return assign_fair(a, p, q->effort, out, err);
	case OPTIMISE_BEST:
		break;
	}
	return assign_best(a, p, q->effort, out, err);
}

/* Among the fair ones the bound is theirs; the total that fairness gives up stands beside it. */
enum rc optimise_assign(struct arena *a, const struct optimise_question *q,
	struct optimise_answer *out, struct err *err)
{
	struct assign_problem p;
	struct assign_solution s;
	enum rc rc;

	TRY(read_assignment(a, q, &p, err));
	rc = solve_assignment(a, q, &p, &s, err);
	if (rc == CONFLICT)
		return say_clash(a, &p, err);
	TRY(rc);
	TRY(assign_verify(&p, &s, err));
	int64_t bound = q->fairness == OPTIMISE_FAIR ? s.fair_total_bound : s.total_bound;
	bool is_lowest_proved = s.min_paper == s.min_paper_bound;
	out->value = decimal(a, s.total);
	out->bound = decimal(a, bound);
	out->gap = gap_between(a, (double)s.total / ASSIGN_UNIT, (double)bound / ASSIGN_UNIT);
	out->is_certified = q->fairness == OPTIMISE_BEST ? s.is_certified :
			    q->fairness == OPTIMISE_FAIR ? is_lowest_proved && s.total == bound :
							   is_lowest_proved;
	out->more = arena_printf(a,
		",\"min_paper_score\":%s,\"min_paper_bound\":%s,\"best_total\":%s",
		decimal(a, s.min_paper), decimal(a, s.min_paper_bound), decimal(a, s.total_bound));
	assign_write(&s, &out->solution);
	return OK;
}

/* ---- allocate ---- */

static void answer_allocation(
	struct arena *a, const struct allocate_solution *s, struct optimise_answer *out)
{
	out->value = arena_printf(a, "%" PRId64, s->value);
	out->bound = s->method == ALLOCATE_EXACT ? arena_printf(a, "%" PRId64, s->bound) : "null";
	out->gap = s->method == ALLOCATE_EXACT ? gap_between(a, (double)s->value, (double)s->bound) :
						 "null";
	out->is_certified = s->is_certified;
	out->more = arena_printf(a,
		",\"without_seat\":%u,\"first_choices\":%u,\"second_choices\":%u,\"seats\":%u",
		s->counts.n_without, s->counts.n_first, s->counts.n_second, s->counts.n_seats);
}

enum rc optimise_allocate(struct arena *a, const struct optimise_question *q,
	struct optimise_answer *out, struct err *err)
{
	struct allocate_problem p;
	struct allocate_solution s;

	TRY(allocation_read(a, q->text, &p, err));
	TRY(q->is_draft ? allocate_draft(a, &p, q->effort->seed, &s, err)
			: allocate_exact(a, &p, q->effort, &s, err));
	TRY(allocate_verify(&p, &s, err));
	answer_allocation(a, &s, out);
	allocation_write_csv(&s, &out->solution);
	allocate_result_write(&p, &s, &out->result);
	return OK;
}

enum rc optimise_verify(struct arena *a, const struct optimise_question *q,
	struct optimise_answer *out, struct err *err)
{
	struct allocate_problem p;
	struct allocate_solution s;
	const char *digest;
	bool is_repeated;

	TRY(allocate_result_verify(a, q->text, NULL, q->effort, &is_repeated, err));
	TRY(allocate_result_read(a, q->text, &p, &s, &digest, err));
	answer_allocation(a, &s, out);
	out->more = arena_printf(a, "%s,\"is_repeated\":%s,\"digest\":\"%s\"", out->more,
		is_repeated ? "true" : "false", digest);
	return OK;
}

/* ---- timetable ---- */

enum rc optimise_timetable(struct arena *a, const struct optimise_question *q,
	struct optimise_answer *out, struct err *err)
{
	struct timetable_wish wish = {.is_strict = q->is_strict};
	struct timetable_problem p;
	struct timetable_solution s;

	TRY(timetable_read(a, q->text, &p, err));
	TRY(timetable_solve(a, &p, &wish, q->effort, &s, err));
	struct timetable found = s.timetable;
	int64_t searched = s.value, bound = timetable_bound(a, &p, q->is_strict);
	/* Counted anew, not as the search has kept its accounts. */
	TRY(timetable_value(a, &p, &found, &s, err));
	if (s.value != searched)
		return err_internal(err, "the search counted %" PRId64 ", the timetable costs %" PRId64,
			searched, s.value);
	out->value = arena_printf(a, "%" PRId64, s.value);
	out->bound = arena_printf(a, "%" PRId64, bound);
	out->gap = gap_between(a, (double)s.value, (double)bound);
	out->is_certified = s.value == bound;
	out->more = arena_printf(a, ",\"forbidden\":%u,\"is_cut\":%s", s.n_forbidden,
		q->effort->is_cut ? "true" : "false");
	timetable_write(&p, &found, &out->solution);
	return OK;
}
