#include "optimise/assign_exchange.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct exchange *exchange_new(
	struct arena *a, const struct assign_problem *p, const struct assign_pair *pairs)
{
	struct exchange *e = ARENA_NEW(a, struct exchange);

	e->problem = p;
	assign_candidates_find(a, p, &e->candidates);
	e->first_place = ARENA_ARRAY(a, p->n_papers + 1, uint32_t);
	for (uint32_t paper = 0; paper < p->n_papers; paper++)
		e->first_place[paper + 1] = e->first_place[paper] + p->wanted[paper];
	e->n_places = e->first_place[p->n_papers];
	e->paper = ARENA_ARRAY(a, e->n_places, uint32_t);
	e->reader = ARENA_ARRAY(a, e->n_places, uint32_t);
	e->is_kept = ARENA_ARRAY(a, e->n_places, bool);
	e->next = ARENA_ARRAY(a, e->n_places, uint32_t);
	e->prev = ARENA_ARRAY(a, e->n_places, uint32_t);
	e->head = ARENA_ARRAY(a, p->n_reviewers, uint32_t);
	e->load = ARENA_ARRAY(a, p->n_reviewers, uint32_t);
	e->score = ARENA_ARRAY(a, p->n_papers, int64_t);
	e->floor = ARENA_ARRAY(a, p->n_papers, int64_t);
	e->search = exchange_search_new(a, p->n_reviewers);
	exchange_load(e, pairs);
	return e;
}

static void link_place(struct exchange *e, uint32_t place, uint32_t reviewer)
{
	e->reader[place] = reviewer;
	e->prev[place] = EXCHANGE_NONE;
	e->next[place] = e->head[reviewer];
	if (e->head[reviewer] != EXCHANGE_NONE)
		e->prev[e->head[reviewer]] = place;
	e->head[reviewer] = place;
	e->load[reviewer]++;
}

static void unlink_place(struct exchange *e, uint32_t place)
{
	uint32_t reviewer = e->reader[place];

	if (e->prev[place] == EXCHANGE_NONE)
		e->head[reviewer] = e->next[place];
	else
		e->next[e->prev[place]] = e->next[place];
	if (e->next[place] != EXCHANGE_NONE)
		e->prev[e->next[place]] = e->prev[place];
	e->load[reviewer]--;
}

static void mark_kept(struct exchange *e)
{
	const struct assign_problem *p = e->problem;

	memset(e->is_kept, 0, e->n_places * sizeof *e->is_kept);
	for (size_t i = 0; i < p->n_kept; i++) {
		uint32_t paper = p->kept[i].paper;
		for (uint32_t s = e->first_place[paper]; s < e->first_place[paper + 1]; s++)
			if (e->reader[s] == p->kept[i].reviewer)
				e->is_kept[s] = true;
	}
}

void exchange_load(struct exchange *e, const struct assign_pair *pairs)
{
	const struct assign_problem *p = e->problem;

	memset(e->head, 0xff, p->n_reviewers * sizeof *e->head);
	memset(e->load, 0, p->n_reviewers * sizeof *e->load);
	memset(e->score, 0, p->n_papers * sizeof *e->score);
	e->total = 0;
	for (uint32_t place = 0; place < e->n_places; place++) {
		uint32_t paper = pairs[place].paper;
		int64_t value = assign_value(p, paper, pairs[place].reviewer);
		assert(place >= e->first_place[paper] && place < e->first_place[paper + 1]);
		e->paper[place] = paper;
		link_place(e, place, pairs[place].reviewer);
		e->score[paper] += value;
		e->total += value;
	}
	mark_kept(e);
}

static int by_reviewer(const void *x, const void *y)
{
	const struct assign_pair *a = x, *b = y;

	return a->reviewer < b->reviewer ? -1 : a->reviewer > b->reviewer;
}

void exchange_save(const struct exchange *e, struct assign_pair *pairs)
{
	for (uint32_t place = 0; place < e->n_places; place++)
		pairs[place] = (struct assign_pair){e->paper[place], e->reader[place]};
	for (uint32_t paper = 0; paper < e->problem->n_papers; paper++)
		qsort(pairs + e->first_place[paper], e->problem->wanted[paper], sizeof *pairs,
			by_reviewer);
}

static bool has_room_on_paper(const struct exchange *e, uint32_t place, uint32_t v)
{
	const struct assign_problem *p = e->problem;
	uint32_t paper = e->paper[place], n = 0;

	if (p->per_organisation == 0 || !p->organisation ||
		p->organisation[v] == ASSIGN_NO_ORGANISATION)
		return true;
	for (uint32_t s = e->first_place[paper]; s < e->first_place[paper + 1]; s++)
		n += s != place && p->organisation[e->reader[s]] == p->organisation[v];
	return n < p->per_organisation;
}

bool exchange_may_read(const struct exchange *e, uint32_t place, uint32_t v)
{
	const struct assign_problem *p = e->problem;
	uint32_t paper = e->paper[place];

	if (p->affinity[(size_t)paper * p->n_reviewers + v] == ASSIGN_BARRED || e->is_kept[place])
		return false;
	for (uint32_t s = e->first_place[paper]; s < e->first_place[paper + 1]; s++)
		if (e->reader[s] == v)
			return false;
	return has_room_on_paper(e, place, v);
}

void exchange_put(struct exchange *e, uint32_t place, uint32_t v)
{
	uint32_t paper = e->paper[place];
	int64_t gain = assign_value(e->problem, paper, v) -
		       assign_value(e->problem, paper, e->reader[place]);

	unlink_place(e, place);
	link_place(e, place, v);
	e->score[paper] += gain;
	e->total += gain;
}
