#include "optimise/assign.h"

#include "optimise/spot.h"

/* ---- the JSON file ---- */

static enum rc read_counts(struct arena *a, const struct spot *file, const char *key, uint32_t n,
	int64_t max, uint32_t **out)
{
	struct spot list, item = {0};
	int64_t value;
	size_t count;

	TRY(spot_get(file, key, &list));
	TRY(spot_count(&list, n, &count));
	if (count < n)
		return spot_refuse(&list, "has %zu entries, %u are wanted", count, n);
	*out = ARENA_ARRAY(a, n, uint32_t);
	for (size_t i = 0; spot_next(&list, &item); i++) {
		TRY(spot_int(&item, 0, max, &value));
		(*out)[i] = (uint32_t)value;
	}
	return OK;
}

static enum rc read_sizes(struct arena *a, const struct spot *file, struct assign_problem *p)
{
	int64_t n_reviewers, n_papers;

	TRY(spot_get_int(file, "reviewers", 1, ASSIGN_MAX_REVIEWERS, &n_reviewers));
	TRY(spot_get_int(file, "papers", 1, ASSIGN_MAX_PAPERS, &n_papers));
	if (n_reviewers * n_papers > ASSIGN_MAX_PAIRS)
		return spot_refuse(file, "%lld papers by %lld reviewers are more than %d pairs",
			(long long)n_papers, (long long)n_reviewers, ASSIGN_MAX_PAIRS);
	p->n_reviewers = (uint32_t)n_reviewers;
	p->n_papers = (uint32_t)n_papers;
	TRY(read_counts(
		a, file, "reviews_per_paper", p->n_papers, ASSIGN_MAX_REVIEWERS, &p->wanted));
	TRY(read_counts(a, file, "max_load", p->n_reviewers, INT32_MAX, &p->max_load));
	return read_counts(a, file, "min_load", p->n_reviewers, INT32_MAX, &p->min_load);
}

static enum rc read_pair(
	const struct assign_problem *p, const struct spot *pair, struct assign_pair *out)
{
	struct spot number = {0};
	int64_t values[2] = {0};
	size_t n;

	TRY(spot_count(pair, 2, &n));
	if (n != 2)
		return spot_refuse(pair, "a reviewer and a paper are wanted");
	for (size_t i = 0; spot_next(pair, &number); i++)
		TRY(spot_int(&number, 0, (i == 0 ? p->n_reviewers : p->n_papers) - INT64_C(1),
			&values[i]));
	*out = (struct assign_pair){.reviewer = (uint32_t)values[0], .paper = (uint32_t)values[1]};
	return OK;
}

static int32_t *affinity_at(const struct assign_problem *p, struct assign_pair pair)
{
	return &p->affinity[(size_t)pair.paper * p->n_reviewers + pair.reviewer];
}

static enum rc read_conflicts(const struct spot *file, const struct assign_problem *p)
{
	struct spot list, item = {0};
	struct assign_pair pair;
	size_t n;

	TRY(spot_get(file, "conflicts", &list));
	TRY(spot_count(&list, ASSIGN_MAX_PAIRS, &n));
	while (spot_next(&list, &item)) {
		TRY(read_pair(p, &item, &pair));
		*affinity_at(p, pair) = ASSIGN_BARRED;
	}
	return OK;
}

/* Which pairs have been seen: one bit each. */
struct seen {
	uint64_t *bits;
	uint32_t n_reviewers;
};

static struct seen nothing_seen(const struct assign_problem *p)
{
	size_t n = (size_t)p->n_papers * p->n_reviewers;

	return (struct seen){heap_alloc((n / 64 + 1) * sizeof(uint64_t)), p->n_reviewers};
}

/* False: it was seen before. */
static bool see(const struct seen *s, struct assign_pair pair)
{
	size_t i = (size_t)pair.paper * s->n_reviewers + pair.reviewer;
	uint64_t bit = UINT64_C(1) << (i % 64);

	if (s->bits[i / 64] & bit)
		return false;
	s->bits[i / 64] |= bit;
	return true;
}

static enum rc read_kept_pairs(const struct spot *list, const struct assign_problem *p,
	const struct seen *seen, struct assign_pair *out)
{
	struct spot item = {0};

	for (size_t i = 0; spot_next(list, &item); i++) {
		TRY(read_pair(p, &item, &out[i]));
		if (!see(seen, out[i]))
			return spot_refuse(&item, "is there twice");
	}
	return OK;
}

static enum rc read_kept(struct arena *a, const struct spot *file, struct assign_problem *p)
{
	struct spot list;
	enum rc rc;

	if (!spot_has(file, "kept"))
		return OK;
	TRY(spot_get(file, "kept", &list));
	TRY(spot_count(&list, ASSIGN_MAX_PAIRS, &p->n_kept));
	struct assign_pair *kept = ARENA_ARRAY(a, p->n_kept, struct assign_pair);
	struct seen seen = nothing_seen(p);
	rc = read_kept_pairs(&list, p, &seen, kept);
	heap_free(seen.bits);
	p->kept = kept;
	return rc;
}

static enum rc read_organisations(
	struct arena *a, const struct spot *file, struct assign_problem *p)
{
	struct spot list;
	int64_t limit;
	int32_t *numbers;
	size_t n;

	if (!spot_has(file, "organisations") && !spot_has(file, "per_organisation"))
		return OK;
	TRY(spot_get_int(file, "per_organisation", 0, ASSIGN_MAX_REVIEWERS, &limit));
	TRY(spot_get_ints(a, file, "organisations", p->n_reviewers, -1, INT32_MAX, &numbers, &n));
	TRY(spot_get(file, "organisations", &list));
	if (n < p->n_reviewers)
		return spot_refuse(&list, "has %zu entries, %u are wanted", n, p->n_reviewers);
	uint32_t *organisation = ARENA_ARRAY(a, n, uint32_t);
	for (size_t i = 0; i < n; i++)
		organisation[i] = numbers[i] < 0 ? ASSIGN_NO_ORGANISATION : (uint32_t)numbers[i];
	p->organisation = organisation;
	p->per_organisation = (uint32_t)limit;
	return OK;
}

/* ---- the CSV file ---- */

struct rows {
	const char *p, *end;
	size_t line;
	struct err *err;
};

static bool is_digit(const struct rows *r)
{
	return r->p < r->end && *r->p >= '0' && *r->p <= '9';
}

static bool take(struct rows *r, char c)
{
	if (r->p >= r->end || *r->p != c)
		return false;
	r->p++;
	return true;
}

static enum rc take_number(struct rows *r, const char *what, uint32_t n, uint32_t *out)
{
	uint64_t value = 0;

	if (!is_digit(r))
		return err_set(
			r->err, INVALID, "line %zu: the number of a %s is wanted", r->line, what);
	for (; is_digit(r); r->p++)
		if (value < n)
			value = value * 10 + (uint64_t)(*r->p - '0');
	if (value >= n)
		return err_set(r->err, INVALID, "line %zu: there are only %u %ss, numbered from 0",
			r->line, n, what);
	*out = (uint32_t)value;
	if (!take(r, ','))
		return err_set(
			r->err, INVALID, "line %zu: reviewer,paper,affinity is wanted", r->line);
	return OK;
}

/* Digits, perhaps a point and up to six more, to millionths. */
static enum rc take_affinity(struct rows *r, int32_t *out)
{
	int64_t value = 0, unit = ASSIGN_UNIT, rest = 0;

	if (take(r, '-'))
		return err_set(
			r->err, INVALID, "line %zu: an affinity cannot be negative", r->line);
	if (!is_digit(r))
		return err_set(r->err, INVALID, "line %zu: an affinity is wanted", r->line);
	for (; is_digit(r); r->p++)
		if (value <= ASSIGN_MAX_AFFINITY)
			value = value * 10 + (*r->p - '0') * (int64_t)ASSIGN_UNIT;
	if (take(r, '.')) {
		if (!is_digit(r))
			return err_set(
				r->err, INVALID, "line %zu: the affinity ends early", r->line);
		for (; is_digit(r); r->p++) {
			unit /= 10;
			rest |= unit == 0 && *r->p != '0';
			value += (*r->p - '0') * unit;
		}
	}
	if (value > ASSIGN_MAX_AFFINITY)
		return err_set(r->err, INVALID, "line %zu: an affinity is at most %d", r->line,
			ASSIGN_MAX_AFFINITY / ASSIGN_UNIT);
	if (rest)
		return err_set(
			r->err, INVALID, "line %zu: an affinity has at most six decimals", r->line);
	*out = (int32_t)value;
	return OK;
}

/* True also at the end of the text. */
static bool take_line_end(struct rows *r)
{
	bool has_return = take(r, '\r');

	r->line++;
	return take(r, '\n') || has_return || r->p == r->end;
}

static enum rc take_row(struct rows *r, const struct assign_problem *p, const struct seen *seen)
{
	struct assign_pair pair;
	int32_t affinity = 0, *at;

	TRY(take_number(r, "reviewer", p->n_reviewers, &pair.reviewer));
	TRY(take_number(r, "paper", p->n_papers, &pair.paper));
	TRY(take_affinity(r, &affinity));
	if (!see(seen, pair))
		return err_set(r->err, INVALID,
			"line %zu: reviewer %u and paper %u were there before", r->line,
			pair.reviewer, pair.paper);
	at = affinity_at(p, pair);
	if (*at != ASSIGN_BARRED)
		*at = affinity;
	if (!take_line_end(r))
		return err_set(
			r->err, INVALID, "line %zu: nothing may follow the affinity", r->line - 1);
	return OK;
}

static enum rc take_rows(struct rows *r, const struct assign_problem *p, const struct seen *seen)
{
	while (r->p < r->end) {
		if (*r->p == '#')
			while (r->p < r->end && *r->p != '\n' && *r->p != '\r')
				r->p++;
		if (r->p == r->end || *r->p == '\n' || *r->p == '\r')
			(void)take_line_end(r);
		else
			TRY(take_row(r, p, seen));
	}
	return OK;
}

/* ---- both ---- */

enum rc assign_read(struct arena *a, struct str json, struct str csv, struct assign_problem *out,
	struct err *err)
{
	struct rows rows = {csv.p, csv.p + csv.n, 1, err};
	struct arena *tree = arena_new();
	struct spot file;
	enum rc rc;

	*out = (struct assign_problem){0};
	rc = spot_open(tree, json, "review-1", &file, err);
	if (rc == OK)
		rc = read_sizes(a, &file, out);
	if (rc == OK) {
		out->affinity = ARENA_ARRAY(a, (size_t)out->n_papers * out->n_reviewers, int32_t);
		rc = read_conflicts(&file, out);
	}
	if (rc == OK)
		rc = read_organisations(a, &file, out);
	if (rc == OK)
		rc = read_kept(a, &file, out);
	arena_free(tree);
	if (rc != OK)
		return rc;
	struct seen seen = nothing_seen(out);
	rc = take_rows(&rows, out, &seen);
	heap_free(seen.bits);
	return rc;
}

void assign_write(const struct assign_solution *s, struct buf *out)
{
	buf_text(out, "reviewer,paper\n");
	for (size_t i = 0; i < s->n_pairs; i++) {
		buf_i64(out, s->pairs[i].reviewer);
		buf_char(out, ',');
		buf_i64(out, s->pairs[i].paper);
		buf_char(out, '\n');
	}
}
