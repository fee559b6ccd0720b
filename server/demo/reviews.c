/* Reviewers are assigned, one declares a conflict, most reviews come in; later all are decided. */
#include "base/clock.h"
#include "base/random.h"
#include "demo/demo.h"
#include "domain/decision.h"
#include "domain/assignment.h"
#include "domain/review.h"

enum { REVIEWS_EACH = 3, N_WORDS = 5 };

static const char *const praise[] = {
	"A question many of us have, asked plainly. I would have liked to read how patients were "
	"involved.",
	"Careful work, modestly told. Say in the talk what surprised you.",
	"The setting is well described. The conclusion goes a little further than the data.",
	"I learnt something. The second half would gain from one example in full.",
	"Useful for anybody who teaches. Please bring the materials.",
};

static const char *const to_chairs[] = {"", "Would do well beside the other work on wards.", "", "",
	"Better as a poster, I think."};

/* Loads a submission as somebody stands to it. */
static enum rc load(struct demo *d, const struct actor *actor, const char *code,
	struct submission *s, struct err *err)
{
	struct db *db;
	enum rc rc;

	TRY(db_acquire(d->app->store, &db, err));
	rc = submission_load(db, d->a, &d->event, actor, code, s, err);
	db_release(db);
	return rc;
}

static enum rc criteria_load(struct demo *d, struct q_criteria_of_event **criteria, size_t *n,
	struct err *err)
{
	struct db *db;
	enum rc rc;

	TRY(db_acquire(d->app->store, &db, err));
	rc = q_criteria_of_event(db, d->a,
		&(struct q_criteria_of_event_in){.event_id = d->event.row.id}, criteria, n, err);
	db_release(db);
	return rc;
}

/* The second chair wrote the first work: the first chair assigns everything, the second nothing. */
static enum rc assign(struct demo *d, size_t work, size_t reviewer, struct err *err)
{
	struct actor chair = demo_actor(d, CAST_CHAIR, ROLE_CHAIR);
	struct submission s;

	TRY(load(d, &chair, d->submission_codes[work], &s, err));
	return tx_run(d->app->store, TX_NORMAL, d->event.row.id, assignment_add,
		&(struct assignment_add){
			.actor = &chair,
			.submission_id = s.row.id,
			.submission_code = s.row.code,
			.person_id = d->person_ids[reviewer],
			.code = code_new(d->a),
			.draw = random_below(UINT32_MAX),
		},
		err);
}

static enum rc review(struct demo *d, size_t work, size_t reviewer, bool is_submitted,
	const struct q_criteria_of_event *criteria, size_t n_criteria, struct err *err)
{
	struct actor actor = demo_actor(d, reviewer, ROLE_REVIEWER);
	struct score_given *scores = ARENA_ARRAY(d->a, n_criteria, struct score_given);
	struct submission s;
	/* Works differ, reviewers differ in severity, and chance does the rest. */
	int level = 2 + (int)(work * 7 % 3) + (int)(reviewer % 2);

	TRY(load(d, &actor, d->submission_codes[work], &s, err));
	for (size_t i = 0; i < n_criteria; i++) {
		int score = level + (int)random_below(3) - 1;
		scores[i] = (struct score_given){
			criteria[i].code, score < 1 ? 1 : score > 5 ? 5 : score};
	}
	return tx_run(d->app->store, TX_NORMAL, d->event.row.id, review_save,
		&(struct review_save){
			.actor = &actor,
			.submission = &s,
			.criteria = criteria,
			.n_criteria = n_criteria,
			.scores = scores,
			.n_scores = n_criteria,
			.to_authors = praise[(work + reviewer) % N_WORDS],
			.to_chairs = to_chairs[(work * 3 + reviewer) % N_WORDS],
			.is_submitted = is_submitted,
			.code = code_new(d->a),
		},
		err);
}

/* Was it sent and not taken back? The same rows as submissions.c leaves. */
static bool is_live(size_t work)
{
	return work + 2 < n_demo_works && work != 9;
}

static size_t reviewer_of(size_t work, size_t k)
{
	return CAST_FIRST_REVIEWER + (work * REVIEWS_EACH + k) % N_CAST_REVIEWERS;
}

/* The printed reviewer keeps a few to do at the review stage, so that there is something to try. */
static bool is_left(const struct demo *d, size_t work, size_t reviewer)
{
	return d->stage == DEMO_REVIEW && (reviewer == CAST_FIRST_REVIEWER ? work > 6 : work % 5 == 4);
}

static enum rc declare_conflict(struct demo *d, size_t work, size_t reviewer, struct err *err)
{
	struct actor actor = demo_actor(d, reviewer, ROLE_REVIEWER);
	struct submission s;

	TRY(load(d, &actor, d->submission_codes[work], &s, err));
	return tx_run(d->app->store, TX_NORMAL, d->event.row.id, assignment_answer,
		&(struct assignment_answer){
			.actor = &actor, .submission = &s, .reason = "colleague"},
		err);
}

enum rc demo_make_reviews(struct demo *d, struct err *err)
{
	struct q_criteria_of_event *criteria;
	size_t n;

	TRY(criteria_load(d, &criteria, &n, err));
	for (size_t work = 0; work < n_demo_works; work++) {
		for (size_t k = 0; is_live(work) && k < REVIEWS_EACH; k++) {
			demo_clock(d, 145, 10);
			TRY(assign(d, work, reviewer_of(work, k), err));
		}
	}
	demo_clock(d, 144, 9);
	TRY(declare_conflict(d, 1, reviewer_of(1, 0), err));
	for (size_t work = 0; work < n_demo_works; work++) {
		for (size_t k = 0; is_live(work) && k < REVIEWS_EACH; k++) {
			size_t reviewer = reviewer_of(work, k);
			if ((work == 1 && k == 0) || is_left(d, work, reviewer))
				continue;
			demo_clock(d, 140 - (int)(work % 20), 20);
			TRY(review(d, work, reviewer, true, criteria, n, err));
		}
	}
	return OK;
}

/* ---- decisions ---- */

static const char *outcome_of(size_t work)
{
	if (work % 8 == 7)
		return "reject";
	if (work % 11 == 10)
		return "waitlist";
	if (text_equal(demo_works[work].type, "abstract"))
		return "talk";
	return demo_works[work].type;
}

static enum rc stage(struct demo *d, size_t work, const struct actor *chair, struct err *err)
{
	struct submission s;

	TRY(load(d, chair, d->submission_codes[work], &s, err));
	return tx_run(d->app->store, TX_NORMAL, d->event.row.id, decision_stage,
		&(struct decision_stage){
			.actor = chair,
			.submission = &s,
			.outcome = outcome_of(work),
			.note = "",
			.rev = -1,
			.code = code_new(d->a),
		},
		err);
}

/* Two thirds of the authors have answered. */
static enum rc confirm(struct demo *d, size_t work, struct err *err)
{
	struct actor author = demo_actor(d, CAST_FIRST_AUTHOR + work % (n_demo_people - CAST_FIRST_AUTHOR),
		ROLE_AUTHOR);
	struct submission s;

	if (!decision_is_acceptance(outcome_of(work)) || work % 3 == 2)
		return OK;
	TRY(load(d, &author, d->submission_codes[work], &s, err));
	return tx_run(d->app->store, TX_NORMAL, d->event.row.id, decision_confirm,
		&(struct decision_confirm){
			.actor = &author, .submission = &s, .is_coming = work % 12 != 4},
		err);
}

enum rc demo_make_decisions(struct demo *d, struct err *err)
{
	struct actor chair = demo_actor(d, CAST_CHAIR, ROLE_CHAIR);
	struct decision_release release = {.actor = &chair,
		.base_url = arena_printf(d->a, "%s/empathy", app_url(d->app, d->a))};

	demo_clock(d, 112, 15);
	for (size_t work = 0; work < n_demo_works; work++) {
		if (!is_live(work))
			continue;
		TRY(stage(d, work, &chair, err));
		release.n_expected++;
	}
	demo_clock(d, 110, 9);
	TRY(tx_run(d->app->store, TX_NORMAL, d->event.row.id, decision_release, &release, err));
	for (size_t work = 0; work < n_demo_works; work++) {
		demo_clock(d, 108 - (int)(work % 9), 11);
		if (is_live(work))
			TRY(confirm(d, work, err));
	}
	return OK;
}
