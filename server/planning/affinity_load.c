/* See affinity_load.h. */
#include "planning/affinity_load.h"

#include <stdlib.h>
#include <string.h>

enum { NONE = -1 };

struct rows {
	struct q_affinity_themes *themes;
	struct q_affinity_authors *authors;
	struct q_affinity_profiles *profiles;
	struct q_affinity_reviewer_themes *reviewer_themes;
	struct q_affinity_bids *bids;
	size_t n_themes, n_authors, n_profiles, n_reviewer_themes, n_bids;
};

static enum rc read_rows(struct db *db, struct arena *a, int64_t event_id,
	const struct actor *actor, struct affinity_load *l, struct rows *r, struct err *err)
{
	int64_t actor_id = actor->person_id, roles = actor->roles;

	TRY(q_affinity_texts(db, a,
		&(struct q_affinity_texts_in){
			.event_id = event_id, .actor_id = actor_id, .actor_roles = roles},
		&l->texts, &l->n_texts, err));
	TRY(q_affinity_themes(db, a,
		&(struct q_affinity_themes_in){
			.event_id = event_id, .actor_id = actor_id, .actor_roles = roles},
		&r->themes, &r->n_themes, err));
	TRY(q_affinity_authors(db, a,
		&(struct q_affinity_authors_in){
			.event_id = event_id, .actor_id = actor_id, .actor_roles = roles},
		&r->authors, &r->n_authors, err));
	TRY(q_affinity_profiles(db, a, &(struct q_affinity_profiles_in){.event_id = event_id},
		&r->profiles, &r->n_profiles, err));
	TRY(q_affinity_reviewer_themes(db, a,
		&(struct q_affinity_reviewer_themes_in){.event_id = event_id}, &r->reviewer_themes,
		&r->n_reviewer_themes, err));
	TRY(q_affinity_bids(db, a,
		&(struct q_affinity_bids_in){
			.event_id = event_id, .actor_id = actor_id, .actor_roles = roles},
		&r->bids, &r->n_bids, err));
	return q_themes_of_event(db, a, &(struct q_themes_of_event_in){.event_id = event_id},
		&l->themes, &l->n_themes, err);
}

/* ---- from ids to places ---- */

struct place {
	int64_t id;
	uint32_t at;
};

struct places {
	struct place *list; /* sorted by id */
	size_t n;
};

static int by_id(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

static void places_sort(struct places *p)
{
	if (p->n)
		qsort(p->list, p->n, sizeof p->list[0], by_id);
}

static struct places places_of(struct arena *a, const int64_t *ids, uint32_t n)
{
	struct places out = {ARENA_ARRAY(a, n, struct place), n};

	for (uint32_t i = 0; i < n; i++)
		out.list[i] = (struct place){ids[i], i};
	places_sort(&out);
	return out;
}

static int64_t place_of(const struct places *p, int64_t id)
{
	const struct place key = {.id = id};
	const struct place *found = p->n ? bsearch(&key, p->list, p->n, sizeof key, by_id) : NULL;

	return found ? (int64_t)found->at : NONE;
}

static struct places places_of_texts(struct arena *a, const struct affinity_load *l)
{
	struct places out = {ARENA_ARRAY(a, l->n_texts, struct place), l->n_texts};

	for (size_t i = 0; i < l->n_texts; i++)
		out.list[i] = (struct place){l->texts[i].id, (uint32_t)i};
	places_sort(&out);
	return out;
}

static struct places places_of_themes(struct arena *a, const struct affinity_load *l)
{
	struct places out = {ARENA_ARRAY(a, l->n_themes, struct place), l->n_themes};

	for (size_t i = 0; i < l->n_themes; i++)
		out.list[i] = (struct place){l->themes[i].id, (uint32_t)i};
	places_sort(&out);
	return out;
}

/* ---- lists of lists ---- */

/* Pairs (of whom, what), to be parted by whom. */
struct pairs {
	struct pair {
		uint32_t whose, what;
	} * list;
	size_t n;
};

static struct pairs pairs_for(struct arena *a, size_t max)
{
	return (struct pairs){.list = ARENA_ARRAY(a, max, struct pair)};
}

/* What has no place is left out. */
static void pairs_add(struct pairs *p, int64_t whose, int64_t what)
{
	if (whose != NONE && what != NONE)
		p->list[p->n++] = (struct pair){(uint32_t)whose, (uint32_t)what};
}

static int by_owner(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;

	if (x->whose != y->whose)
		return x->whose < y->whose ? -1 : 1;
	return (x->what > y->what) - (x->what < y->what);
}

struct part {
	uint32_t *list; /* sorted */
	uint32_t n;
};

/* [n_owners] */
static struct part *pairs_part(struct arena *a, struct pairs *p, uint32_t n_owners)
{
	struct part *parts = ARENA_ARRAY(a, n_owners, struct part);
	uint32_t *all = ARENA_ARRAY(a, p->n, uint32_t);

	if (p->n)
		qsort(p->list, p->n, sizeof p->list[0], by_owner);
	for (size_t i = 0; i < p->n; i++) {
		struct part *part = &parts[p->list[i].whose];
		all[i] = p->list[i].what;
		if (!part->n++)
			part->list = &all[i];
	}
	return parts;
}

/* ---- the input ---- */

/* Submissions asked for, and where each stands among the texts. */
static enum rc set_submissions(struct arena *a, struct affinity_load *l, const struct rows *r,
	const int64_t *ids, const struct places *texts, const struct places *themes,
	struct err *err)
{
	uint32_t n = l->input.n_submissions;
	struct affinity_submission *submissions = ARENA_ARRAY(a, n, struct affinity_submission);
	struct places places = places_of(a, ids, n);
	struct pairs pairs = pairs_for(a, r->n_themes);

	for (size_t i = 0; i < r->n_themes; i++)
		pairs_add(&pairs, place_of(&places, r->themes[i].submission_id),
			place_of(themes, r->themes[i].theme_id));
	struct part *parts = pairs_part(a, &pairs, n);
	for (uint32_t i = 0; i < n; i++) {
		int64_t text = place_of(texts, ids[i]);
		if (text == NONE)
			return err_set(err, NOT_FOUND,
				"A submission is gone, or not for you to assign any more");
		submissions[i] =
			(struct affinity_submission){(uint32_t)text, parts[i].list, parts[i].n};
	}
	l->input.submissions = submissions;
	return OK;
}

static void set_reviewers(struct arena *a, struct affinity_load *l, const struct rows *r,
	const struct places *people, const struct places *texts, const struct places *themes)
{
	uint32_t n = l->input.n_reviewers;
	struct affinity_reviewer *reviewers = ARENA_ARRAY(a, n, struct affinity_reviewer);
	struct pairs own = pairs_for(a, r->n_authors + r->n_profiles);
	struct pairs offers = pairs_for(a, r->n_reviewer_themes);

	for (size_t i = 0; i < r->n_authors; i++)
		pairs_add(&own, place_of(people, r->authors[i].person_id),
			place_of(texts, r->authors[i].submission_id));
	for (size_t i = 0; i < r->n_profiles; i++)
		pairs_add(&own, place_of(people, r->profiles[i].person_id),
			(int64_t)(l->n_texts + i));
	for (size_t i = 0; i < r->n_reviewer_themes; i++)
		pairs_add(&offers, place_of(people, r->reviewer_themes[i].person_id),
			place_of(themes, r->reviewer_themes[i].theme_id));
	struct part *own_of = pairs_part(a, &own, n), *offers_of = pairs_part(a, &offers, n);
	for (uint32_t i = 0; i < n; i++)
		reviewers[i] = (struct affinity_reviewer){
			own_of[i].list, own_of[i].n, offers_of[i].list, offers_of[i].n};
	l->input.reviewers = reviewers;
}

/*
 * The submissions, then the profiles. A profile of somebody who is not asked about is left empty,
 * so that its words change nothing.
 */
static void set_texts(
	struct arena *a, struct affinity_load *l, const struct rows *r, const struct places *people)
{
	size_t n = l->n_texts + r->n_profiles;
	struct affinity_text *texts = ARENA_ARRAY(a, n, struct affinity_text);

	for (size_t i = 0; i < l->n_texts; i++)
		texts[i] = (struct affinity_text){.title = l->texts[i].title,
			.abstract = l->texts[i].abstract,
			.keywords = l->texts[i].keywords};
	for (size_t i = 0; i < r->n_profiles; i++)
		if (place_of(people, r->profiles[i].person_id) != NONE)
			texts[l->n_texts + i].abstract = r->profiles[i].can_review;
	l->input.texts = texts;
	l->input.n_texts = n;
}

static const char *const bid_words[AFFINITY_N_BIDS] = {[AFFINITY_RELUCTANT] = "reluctant",
	[AFFINITY_WILLING] = "willing",
	[AFFINITY_EAGER] = "eager"};

static enum affinity_bid bid_of_word(const char *word)
{
	for (int i = 0; i < AFFINITY_N_BIDS; i++)
		if (bid_words[i] && text_equal(bid_words[i], word))
			return (enum affinity_bid)i;
	return AFFINITY_NO_BID;
}

static int by_pair(const void *a, const void *b)
{
	const struct affinity_wish *x = a, *y = b;

	if (x->submission != y->submission)
		return x->submission < y->submission ? -1 : 1;
	return (x->reviewer > y->reviewer) - (x->reviewer < y->reviewer);
}

static void set_wishes(struct arena *a, struct affinity_load *l, const struct rows *r,
	const struct places *submissions, const struct places *people)
{
	struct affinity_wish *wishes = ARENA_ARRAY(a, r->n_bids, struct affinity_wish);
	size_t n = 0;

	for (size_t i = 0; i < r->n_bids; i++) {
		int64_t submission = place_of(submissions, r->bids[i].submission_id);
		int64_t reviewer = place_of(people, r->bids[i].person_id);
		if (submission != NONE && reviewer != NONE)
			wishes[n++] = (struct affinity_wish){(uint32_t)submission,
				(uint32_t)reviewer, bid_of_word(r->bids[i].bid)};
	}
	if (n)
		qsort(wishes, n, sizeof wishes[0], by_pair);
	l->input.wishes = wishes;
	l->input.n_wishes = n;
}

enum rc affinity_load(struct db *db, struct arena *a, int64_t event_id, const struct actor *actor,
	const int64_t *submission_ids, uint32_t n_submissions, const int64_t *reviewer_person_ids,
	uint32_t n_reviewers, struct affinity_load *out, struct err *err)
{
	struct rows rows;

	*out = (struct affinity_load){
		.input = {.n_submissions = n_submissions, .n_reviewers = n_reviewers}};
	TRY(read_rows(db, a, event_id, actor, out, &rows, err));
	struct places texts = places_of_texts(a, out), themes = places_of_themes(a, out);
	struct places people = places_of(a, reviewer_person_ids, n_reviewers);
	struct places submissions = places_of(a, submission_ids, n_submissions);
	TRY(set_submissions(a, out, &rows, submission_ids, &texts, &themes, err));
	set_texts(a, out, &rows, &people);
	set_reviewers(a, out, &rows, &people, &texts, &themes);
	set_wishes(a, out, &rows, &submissions, &people);
	return OK;
}

/* ---- why ---- */

void affinity_load_explain(struct arena *a, const struct affinity_load *load,
	const struct affinity *f, uint32_t submission, uint32_t reviewer,
	struct affinity_story *out)
{
	*out = (struct affinity_story){0};
	affinity_explain(a, f, submission, reviewer, &out->reason);
	out->bid = bid_words[out->reason.bid];
	if (out->reason.nearest != AFFINITY_NO_TEXT) {
		out->is_profile = out->reason.nearest >= load->n_texts;
		out->nearest = out->is_profile ? NULL : &load->texts[out->reason.nearest];
	}
	out->themes = ARENA_ARRAY(a, out->reason.n_themes, const struct q_themes_of_event *);
	for (uint32_t i = 0; i < out->reason.n_themes; i++)
		out->themes[i] = &load->themes[out->reason.themes[i]];
}
