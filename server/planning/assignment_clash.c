/* Why no assignment keeps all rules, in words a chair can act on. */
#include "planning/assignment_read.h"

enum { MAX_BYTES = 4000, MAX_TOLD = 6 };

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

const char *assignment_clash_text(
	struct arena *a, const struct assignment_scene *s, const struct assign_clash *clash)
{
	struct buf b = buf_in(a, MAX_BYTES);

	buf_printf(&b,
		"These rules cannot all be kept: %u reviews are wanted where only %u are possible. ",
		clash->n_wanted, clash->n_possible);
	for (size_t i = 0; i < clash->n_demands && i < MAX_TOLD; i++) {
		buf_text(&b, i ? "; " : "");
		add_demand(&b, s, &clash->demands[i]);
	}
	if (clash->n_demands > MAX_TOLD)
		buf_printf(&b, "; and %zu more of this kind", clash->n_demands - MAX_TOLD);
	buf_text(&b, ". Let reviewers have more, ask for fewer reviews, or find more reviewers");
	return b.failed ? "These rules cannot all be kept" : buf_cstr(&b);
}
