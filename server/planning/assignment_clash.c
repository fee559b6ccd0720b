/* Why no assignment keeps all rules, in words a chair can act on. */
#include "planning/assignment_read.h"

enum { MAX_BYTES = 4000, MAX_TOLD = 4 };

static const char *work_title(const struct assignment_scene *s, uint32_t paper)
{
	return paper < s->n_works ? s->works[paper].title : "";
}

static const char *reviewer_name(const struct assignment_scene *s, uint32_t reviewer)
{
	return reviewer < s->n_reviewers ? s->reviewers[reviewer].name : "";
}

static void add_demand(
	struct buf *b, const struct assignment_scene *s, const struct assign_demand *d)
{
	const char *work = work_title(s, d->paper), *name = reviewer_name(s, d->reviewer);

	switch (d->kind) {
	case ASSIGN_DEMAND_PAPER:
		buf_printf(b, "\"%s\" wants %u reviewers", work, d->count);
		break;
	case ASSIGN_DEMAND_MIN_LOAD:
		buf_printf(b, "%s must have at least %u", name, d->count);
		break;
	case ASSIGN_DEMAND_MAX_LOAD:
		buf_printf(b, "%s may have at most %u", name, d->count);
		break;
	case ASSIGN_DEMAND_BARRED:
		if (d->reviewer < s->n_reviewers)
			buf_printf(b, "%s may not read \"%s\"", name, work);
		else
			buf_printf(b, "%u reviewers may not read \"%s\"", d->count, work);
		break;
	case ASSIGN_DEMAND_ORGANISATION:
		buf_printf(b, "at most %u from one organisation", s->options.per_organisation);
		break;
	case ASSIGN_DEMAND_KEPT:
		buf_printf(b, "%s keeps \"%s\"", name, work);
		break;
	}
}

/* Papers first: they are what a chair thinks of. In the order in which they are told. */
static const struct {
	int kind;
	const char *summary; /* behind their number */
} kinds[] = {
	{ASSIGN_DEMAND_PAPER, "submissions want their reviewers"},
	{ASSIGN_DEMAND_KEPT, "assignments are kept"},
	{ASSIGN_DEMAND_MIN_LOAD, "reviewers must have their fewest"},
	{ASSIGN_DEMAND_MAX_LOAD, "reviewers may have no more than they may"},
	{ASSIGN_DEMAND_ORGANISATION, "times colleagues of one organisation may not read together"},
	{ASSIGN_DEMAND_BARRED, "conflicts of interest"},
};

/* All rules of one kind: one by one where they are few. */
static size_t add_kind(struct buf *b, const struct assignment_scene *s,
	const struct assign_clash *clash, size_t k, bool is_first)
{
	size_t n = 0;

	for (size_t i = 0; i < clash->n_demands; i++)
		n += (int)clash->demands[i].kind == kinds[k].kind;
	if (n > MAX_TOLD) {
		buf_text(b, is_first ? "" : "; ");
		buf_printf(b, "%zu %s", n, kinds[k].summary);
		return n;
	}
	for (size_t i = 0; i < clash->n_demands; i++) {
		if ((int)clash->demands[i].kind != kinds[k].kind)
			continue;
		buf_text(b, is_first ? "" : "; ");
		is_first = false;
		add_demand(b, s, &clash->demands[i]);
	}
	return n;
}

const char *assignment_clash_text(
	struct arena *a, const struct assignment_scene *s, const struct assign_clash *clash)
{
	struct buf b = buf_in(a, MAX_BYTES);
	size_t n_told = 0;

	buf_printf(&b,
		"These rules cannot all be kept: %u reviews are wanted where only %u are possible. ",
		clash->n_wanted, clash->n_possible);
	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
		n_told += add_kind(&b, s, clash, k, n_told == 0);
	buf_text(&b, ". Let reviewers have more, ask for fewer reviews, or find more reviewers");
	return b.failed ? "These rules cannot all be kept" : buf_cstr(&b);
}
