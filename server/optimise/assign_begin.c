#include "optimise/assign_list.h"

enum {
	BEST_OF_PAPER = 32, /* at the least; a paper of many reviews has more */
	BEST_OF_REVIEWER = 16,
};

/* More than it wants, for others want them too. */
static uint32_t length_of(const struct assign_dense *d, uint32_t paper)
{
	uint32_t n = d->p->wanted[paper] * 4;

	return n > BEST_OF_PAPER ? n : BEST_OF_PAPER;
}

static void offer_row(struct assign_dense *d, uint32_t paper, struct shortlist *of_reviewer)
{
	for (uint32_t i = 0; i < d->p->n_reviewers; i++) {
		uint32_t r = assign_list_turn(d, paper, i);
		if (d->row[r] == ASSIGN_NO_VALUE)
			continue;
		shortlist_offer(&d->best, d->row[r], r);
		shortlist_offer(&of_reviewer[r], d->row[r], paper);
	}
}

void assign_list_begin(struct assign_dense *d)
{
	uint32_t n_papers = d->p->n_papers, n_reviewers = d->p->n_reviewers;
	uint32_t most = BEST_OF_REVIEWER < n_papers ? BEST_OF_REVIEWER : n_papers;
	struct shortlist *of_reviewer = heap_alloc(((size_t)n_reviewers + 1) * sizeof *of_reviewer);
	struct shortlist_item *items = heap_alloc(((size_t)n_reviewers * most + 1) * sizeof *items);

	for (uint32_t r = 0; r < n_reviewers; r++)
		of_reviewer[r] = (struct shortlist){&items[(size_t)r * most], 0, most};
	for (size_t i = 0; i < d->p->n_kept; i++)
		assign_dense_bound_pair(d, d->p->kept[i], 1, 1);
	for (uint32_t p = 0; p < n_papers && n_reviewers > 0; p++) {
		assign_list_row(d, p);
		assign_list_begin_best(d, length_of(d, p));
		offer_row(d, p, of_reviewer);
		assign_list_add_best(d, p);
	}
	for (uint32_t r = 0; r < n_reviewers; r++)
		for (uint32_t i = 0; i < of_reviewer[r].n; i++)
			assign_list_offer(d, (struct assign_pair){of_reviewer[r].items[i].index, r},
				of_reviewer[r].items[i].value);
	heap_free(items);
	heap_free(of_reviewer);
}
