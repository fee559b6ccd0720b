#include "optimise/assign_list.h"

#include <string.h>

enum {
	BEST_OF_PAPER = 32, /* at the least; a paper of many reviews has more */
	BEST_OF_REVIEWER = 16,
};

struct beginning {
	struct assign_dense *d;
	struct shortlist *of_paper, *of_reviewer;
	struct shortlist_item *paper_items, *reviewer_items;
};

static uint32_t at_most(uint32_t n, uint32_t most)
{
	return n < most ? n : most;
}

/* How many of a paper: always more than it wants, for others want them too. */
static uint32_t length_of(const struct assign_problem *p, uint32_t paper)
{
	uint32_t n = p->wanted[paper] * 4 > BEST_OF_PAPER ? p->wanted[paper] * 4 : BEST_OF_PAPER;

	return at_most(n, p->n_reviewers);
}

static void make_lists(struct beginning *b)
{
	const struct assign_problem *p = b->d->p;
	uint32_t of_reviewer = at_most(BEST_OF_REVIEWER, p->n_papers);
	size_t n = 0;

	for (uint32_t i = 0; i < p->n_papers; i++)
		n += length_of(p, i);
	b->paper_items = heap_alloc((n + 1) * sizeof *b->paper_items);
	b->of_paper = heap_alloc(((size_t)p->n_papers + 1) * sizeof *b->of_paper);
	n = 0;
	for (uint32_t i = 0; i < p->n_papers; i++) {
		b->of_paper[i] = (struct shortlist){&b->paper_items[n], 0, length_of(p, i)};
		n += length_of(p, i);
	}
	b->reviewer_items =
		heap_alloc(((size_t)p->n_reviewers * of_reviewer + 1) * sizeof *b->reviewer_items);
	b->of_reviewer = heap_alloc(((size_t)p->n_reviewers + 1) * sizeof *b->of_reviewer);
	for (uint32_t r = 0; r < p->n_reviewers; r++)
		b->of_reviewer[r] = (struct shortlist){
			&b->reviewer_items[(size_t)r * of_reviewer], 0, of_reviewer};
}

static void free_lists(struct beginning *b)
{
	heap_free(b->of_reviewer);
	heap_free(b->reviewer_items);
	heap_free(b->of_paper);
	heap_free(b->paper_items);
}

/* One pass over all pairs. */
static void fill_lists(struct beginning *b)
{
	struct assign_dense *d = b->d;

	for (uint32_t p = 0; p < d->p->n_papers; p++) {
		struct shortlist *best = &b->of_paper[p];
		assign_list_row(d, p);
		best->n = 0;
		for (uint32_t r = 0; r < d->p->n_reviewers; r++) {
			if (d->row[r] == ASSIGN_NO_VALUE)
				continue;
			shortlist_offer(best, d->row[r], r);
			shortlist_offer(&b->of_reviewer[r], d->row[r], p);
		}
	}
}

static void add_lists(struct beginning *b)
{
	struct assign_dense *d = b->d;

	for (uint32_t p = 0; p < d->p->n_papers; p++)
		for (uint32_t k = 0; k < b->of_paper[p].n; k++) {
			const struct shortlist_item *item = &b->of_paper[p].items[k];
			assign_list_offer(d, (struct assign_pair){p, item->index}, item->value);
		}
	for (uint32_t r = 0; r < d->p->n_reviewers; r++)
		for (uint32_t k = 0; k < b->of_reviewer[r].n; k++) {
			const struct shortlist_item *item = &b->of_reviewer[r].items[k];
			assign_list_offer(d, (struct assign_pair){item->index, r}, item->value);
		}
}

static void add_kept(struct assign_dense *d)
{
	for (size_t i = 0; i < d->p->n_kept; i++)
		assign_dense_bound_pair(d, d->p->kept[i], 1, 1);
}

void assign_list_begin(struct assign_dense *d)
{
	struct beginning b = {.d = d};

	add_kept(d);
	if (d->p->n_papers == 0 || d->p->n_reviewers == 0)
		return;
	make_lists(&b);
	fill_lists(&b);
	add_lists(&b);
	free_lists(&b);
}
