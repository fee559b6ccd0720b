#include "optimise/assign.h"

#include <string.h>

enum { MAX_LINE_BYTES = 1000 };

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

/* Whole lines. */
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
	return take(r, '\n') || (r->p == r->end && !has_return);
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
	at = &p->affinity[(size_t)pair.paper * p->n_reviewers + pair.reviewer];
	if (*at != ASSIGN_BARRED)
		*at = affinity;
	if (!take_line_end(r))
		return err_set(
			r->err, INVALID, "line %zu: nothing may follow the affinity", r->line - 1);
	return OK;
}

/* ---- in parts ---- */

struct assign_rows {
	const struct assign_problem *p;
	struct seen seen;
	size_t line;
	char cut[MAX_LINE_BYTES]; /* the beginning of a line whose end has not come */
	size_t n_cut;
};

struct assign_rows *assign_rows_new(const struct assign_problem *p)
{
	struct assign_rows *r = heap_alloc(sizeof *r);

	r->p = p;
	r->seen = nothing_seen(p);
	r->line = 1;
	return r;
}

void assign_rows_free(struct assign_rows *r)
{
	if (!r)
		return;
	heap_free(r->seen.bits);
	heap_free(r);
}

static enum rc take_lines(struct assign_rows *to, struct str lines, struct err *err)
{
	struct rows r = {lines.p, lines.p + lines.n, to->line, err};

	while (r.p < r.end) {
		if (*r.p == '#')
			while (r.p < r.end && *r.p != '\n')
				r.p++;
		if (r.p == r.end || *r.p == '\n' || *r.p == '\r') {
			if (!take_line_end(&r))
				return err_set(err, INVALID,
					"line %zu: reviewer,paper,affinity is wanted", r.line - 1);
		} else
			TRY(take_row(&r, to->p, &to->seen));
	}
	to->line = r.line;
	return OK;
}

static enum rc keep_cut(struct assign_rows *r, struct str part, struct err *err)
{
	if (part.n > MAX_LINE_BYTES - r->n_cut)
		return err_set(
			err, INVALID, "line %zu: is longer than %d bytes", r->line, MAX_LINE_BYTES);
	if (part.n > 0)
		memcpy(r->cut + r->n_cut, part.p, part.n);
	r->n_cut += part.n;
	return OK;
}

enum rc assign_rows_end(struct assign_rows *r, struct err *err)
{
	struct str last = {r->cut, r->n_cut};

	r->n_cut = 0;
	return take_lines(r, last, err);
}

enum rc assign_rows_add(struct assign_rows *r, struct str part, struct err *err)
{
	const char *end = part.n > 0 ? memchr(part.p, '\n', part.n) : NULL;

	if (!end)
		return keep_cut(r, part, err);
	if (r->n_cut > 0) {
		size_t n = (size_t)(end + 1 - part.p);
		TRY(keep_cut(r, (struct str){part.p, n}, err));
		TRY(assign_rows_end(r, err));
		part.p += n;
		part.n -= n;
	}
	size_t whole = part.n;
	while (whole > 0 && part.p[whole - 1] != '\n')
		whole--;
	TRY(take_lines(r, (struct str){part.p, whole}, err));
	return keep_cut(r, (struct str){part.p + whole, part.n - whole}, err);
}
