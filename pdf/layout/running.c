/* The shorter part keeps its room, the longer one gets what is left. */
#include "pdf/layout/running.h"

#include "pdf/text/shorten.h"

static const double gap = MM(5), leading = 1.3;

static double least_of(double a, double b)
{
	return a < b ? a : b;
}

static bool is_there(const struct running_part *part)
{
	return part->text && *part->text;
}

static struct lines fit_part(
	struct doc *d, const struct running_part *part, double width, bool *is_shortened)
{
	*is_shortened = false;
	if (!is_there(part))
		return (struct lines){0};
	return paragraph_shorten(
		d->type, paragraph_of(d->type, part->style, part->text, NULL), width, is_shortened);
}

struct running_lines running_fit(struct doc *d, const struct running *r)
{
	struct running_lines l;
	l.left = fit_part(d, &r->left, r->width, &l.is_left_shortened);
	l.right = fit_part(d, &r->right, r->width, &l.is_right_shortened);
	if (!l.left.n_lines || !l.right.n_lines || l.left.width + gap + l.right.width <= r->width)
		return l;
	double half = (r->width - gap) / 2, left = least_of(l.left.width, half),
	       right = least_of(l.right.width, half);
	if (right < half)
		left = r->width - gap - right;
	else if (left < half)
		right = r->width - gap - left;
	bool was_left = l.is_left_shortened, was_right = l.is_right_shortened;
	l.left = fit_part(d, &r->left, left, &l.is_left_shortened);
	l.right = fit_part(d, &r->right, right, &l.is_right_shortened);
	l.is_left_shortened |= was_left;
	l.is_right_shortened |= was_right;
	return l;
}

void running_put(struct doc *d, struct page *page, const struct running *r)
{
	struct running_lines l = running_fit(d, r);
	double left = l.left.n_lines ? r->left.style->size : 0,
	       right = l.right.n_lines ? r->right.style->size : 0,
	       size = left > right ? left : right;
	struct text_box box = {.x = r->x,
		.y = r->y,
		.width = r->width,
		.leading = size * leading,
		.factor = 1,
		.align = ALIGN_LEFT};
	doc_lines(d, page, &l.left, size, &box);
	box.align = ALIGN_RIGHT;
	doc_lines(d, page, &l.right, size, &box);
}
