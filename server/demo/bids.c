/* Reviewers say what they can review and what they would like, before anything is assigned. */
#include <string.h>
#include "base/clock.h"
#include "demo/demo.h"
#include "domain/bid.h"

enum { MAX_THEMES = 3 };

/* By place among the reviewers; the last one has said nothing. */
static const struct {
	const char *themes[MAX_THEMES];
	const char *can_review;
} profiles[N_CAST_REVIEWERS] = {
	{{"research", "teaching"},
		"Empathy scales and how they are validated, surveys of staff, burn-out, "
		"randomised trials on wards. I read Hungarian and German as well."},
	{{"teaching"},
		"Midwifery, teaching on the ward, role models, students in their clinical years, "
		"and community clinics in West Africa."},
	{{"research", "policy"}, "Chat-bots, transcripts, consent forms, anything with a computer "
				 "between patient and clinician."},
	{{"policy"}, "General practice: length of visits, gaze, complaints, rural doctors who work "
		     "alone."},
	{{"research"}, "Psychiatry and medicine in prison; silence and bad news in consultations."},
	{{"teaching", "research"},
		"Children and their families: waiting, fear, touch, drawings instead "
		"of questionnaires."},
	{{"research", "teaching", "policy"},
		"Hospice and palliative care, families after a death, grief, "
		"volunteers, dementia."},
	{{NULL}, NULL},
};

static enum rc call_of(struct demo *d, struct call *call, struct err *err)
{
	struct db *db;
	enum rc rc;

	TRY(db_acquire(d->app->store, &db, err));
	rc = call_load(db, d->a, d->event.row.id, call, err);
	db_release(db);
	return rc;
}

static enum rc tell(struct demo *d, size_t reviewer, const struct call *call, struct err *err)
{
	struct actor actor = demo_actor(d, CAST_FIRST_REVIEWER + reviewer, ROLE_REVIEWER);
	size_t n = 0;

	while (n < MAX_THEMES && profiles[reviewer].themes[n])
		n++;
	return tx_run(d->app->store, TX_NORMAL, d->event.row.id, reviewer_profile_save,
		&(struct reviewer_profile_save){
			.actor = &actor,
			.call = call,
			.can_review = profiles[reviewer].can_review,
			.theme_codes = profiles[reviewer].themes,
			.n_themes = n,
		},
		err);
}

/* Those of their own themes rather than others, and of some they say nothing. */
static const char *bid_of(size_t reviewer, size_t work)
{
	bool is_near = false;

	for (size_t i = 0; i < MAX_THEMES && profiles[reviewer].themes[i]; i++)
		is_near |= strstr(demo_works[work].themes, profiles[reviewer].themes[i]) != NULL;
	switch ((work * 5 + reviewer * 3) % 7) {
	case 0:
	case 1:
		return is_near ? "eager" : BID_NONE;
	case 2:
	case 3:
		return is_near ? "willing" : "reluctant";
	case 4:
		return is_near ? BID_NONE : "reluctant";
	default:
		return BID_NONE;
	}
}

static enum rc bid(struct demo *d, size_t reviewer, const struct call *call, struct err *err)
{
	struct actor actor = demo_actor(d, CAST_FIRST_REVIEWER + reviewer, ROLE_REVIEWER);
	struct bid_given *given = ARENA_ARRAY(d->a, n_demo_works, struct bid_given);
	size_t n = 0;

	for (size_t work = 0; work < n_demo_works; work++)
		if (d->submission_codes[work] && !text_equal(bid_of(reviewer, work), BID_NONE))
			given[n++] = (struct bid_given){
				d->submission_codes[work], bid_of(reviewer, work)};
	return tx_run(d->app->store, TX_NORMAL, d->event.row.id, bids_save,
		&(struct bids_save){
			.actor = &actor,
			.call = call,
			.given = given,
			.n_given = n,
			.now_ms = clock_now_ms(),
		},
		err);
}

enum rc demo_make_bids(struct demo *d, struct err *err)
{
	struct call call;

	TRY(call_of(d, &call, err));
	for (size_t i = 0; i < N_CAST_REVIEWERS; i++) {
		if (!profiles[i].can_review)
			continue;
		demo_clock(d, 148, 9 + (int)i);
		TRY(tell(d, i, &call, err));
		TRY(bid(d, i, &call, err));
	}
	return OK;
}
