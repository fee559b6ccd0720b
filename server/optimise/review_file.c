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

/* `is_kept` has a byte a pair. */
static enum rc read_kept_pairs(const struct spot *list, const struct assign_problem *p,
	bool *is_kept, struct assign_pair *out)
{
	struct spot item = {0};

	for (size_t i = 0; spot_next(list, &item); i++) {
		TRY(read_pair(p, &item, &out[i]));
		bool *at = &is_kept[(size_t)out[i].paper * p->n_reviewers + out[i].reviewer];
		if (*at)
			return spot_refuse(&item, "is there twice");
		*at = true;
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
	bool *is_kept = heap_alloc((size_t)p->n_papers * p->n_reviewers * sizeof *is_kept);
	rc = read_kept_pairs(&list, p, is_kept, kept);
	heap_free(is_kept);
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

/* ---- both ---- */

enum rc assign_read_json(
	struct arena *a, struct str json, struct assign_problem *out, struct err *err)
{
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
	return rc;
}

enum rc assign_read(struct arena *a, struct str json, struct str csv, struct assign_problem *out,
	struct err *err)
{
	enum rc rc;

	TRY(assign_read_json(a, json, out, err));
	struct assign_rows *rows = assign_rows_new(out);
	rc = assign_rows_add(rows, csv, err);
	if (rc == OK)
		rc = assign_rows_end(rows, err);
	assign_rows_free(rows);
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
