/* What people sent: two drafts, one withdrawn, the rest submitted over the weeks of the call. */
#include <string.h>
#include "base/clock.h"
#include "base/random.h"
#include "demo/demo.h"
#include "domain/submission.h"

enum { N_DRAFTS = 2, CALL_OPENS_DAYS = 270, CALL_CLOSES_DAYS = 150 };

static const char *const endings[] = {
	"We will bring what we would do differently, and ask the room what it would have done.",
	"The work was done with patients from the first meeting on, and they speak in the talk.",
	"All materials are free to use; we ask only to hear how they fared elsewhere.",
	"The limits are plain: one region, one language, and people who agreed to be observed.",
};

static const char *abstract_of(const struct demo *d, size_t i)
{
	const struct demo_work *w = &demo_works[i];

	return arena_printf(d->a, "Background. %s\n\nMethods. %s\n\nResults. %s\n\nConclusion. %s",
		w->question, w->method, w->finding,
		endings[i % (sizeof(endings) / sizeof(endings[0]))]);
}

static size_t themes_of(const struct demo *d, const char *list, const char **out)
{
	struct str rest = str_from(list);
	size_t n = 0;

	while (rest.p)
		out[n++] = str_dup(d->a, str_cut(&rest, ','));
	return n;
}

/* Two or three authors from the people who are not reviewers; the first presents. */
static size_t authors_of(const struct demo *d, size_t i, struct author_text *out)
{
	size_t n_pool = n_demo_people - CAST_FIRST_AUTHOR, n = 2 + i % 2;

	for (size_t k = 0; k < n; k++) {
		/* The second chair is an author too: of the first work. */
		size_t row = i == 0 && k == 1 ? CAST_SECOND_CHAIR :
						CAST_FIRST_AUTHOR + (i + k * 7) % n_pool;
		const struct demo_person *p = &demo_people[row];
		out[k] = (struct author_text){
			.name = p->name,
			.email = demo_email(d->a, p),
			.affiliations = arena_printf(d->a, "%s, %s", p->affiliation, p->country),
			.is_presenting = k == 0,
		};
	}
	return n;
}

static enum rc work_make(struct demo *d, size_t i, const struct call *call, struct err *err)
{
	const char *theme_codes[4];
	struct author_text authors[4];
	size_t row = CAST_FIRST_AUTHOR + i % (n_demo_people - CAST_FIRST_AUTHOR);
	struct actor actor = demo_actor(d, row, ROLE_AUTHOR);
	bool is_sent = i + N_DRAFTS < n_demo_works;
	int day = CALL_OPENS_DAYS -
		(int)((i + 1) * (CALL_OPENS_DAYS - CALL_CLOSES_DAYS) / (n_demo_works + 2));
	struct submission_text text = {
		.type_code = demo_works[i].type,
		.title = demo_works[i].title,
		.abstract = is_sent ? abstract_of(d, i) : demo_works[i].question,
		.keywords = "",
		.note = "",
		.theme_codes = theme_codes,
		.n_themes = themes_of(d, demo_works[i].themes, theme_codes),
		.authors = authors,
		.n_authors = authors_of(d, i, authors),
	};

	demo_clock(d, day, 9 + (int)(i % 12));
	d->submission_codes[i] = code_new(d->a);
	return tx_run(d->app->store, TX_NORMAL, d->event.row.id, submission_save,
		&(struct submission_save){
			.actor = &actor,
			.call = call,
			.text = &text,
			.now_ms = clock_now_ms(),
			.code = d->submission_codes[i],
			.is_sent = is_sent,
			.url = arena_printf(d->a, "%s/empathy/submissions/%s",
				app_url(d->app, d->a), d->submission_codes[i]),
		},
		err);
}

/* One author thinks better of it. */
static enum rc withdraw_one(struct demo *d, size_t i, struct err *err)
{
	struct actor actor = demo_actor(d, CAST_FIRST_AUTHOR + i, ROLE_AUTHOR);
	struct submission s;
	struct db *db;
	enum rc rc;

	TRY(db_acquire(d->app->store, &db, err));
	rc = submission_load(db, d->a, &d->event, &actor, d->submission_codes[i], &s, err);
	db_release(db);
	TRY(rc);
	return tx_run(d->app->store, TX_NORMAL, d->event.row.id, submission_withdraw,
		&(struct submission_act){
			.actor = &actor, .submission = &s, .now_ms = clock_now_ms()},
		err);
}

enum rc demo_make_submissions(struct demo *d, struct err *err)
{
	struct call call;
	struct db *db;
	enum rc rc;

	TRY(db_acquire(d->app->store, &db, err));
	rc = call_load(db, d->a, d->event.row.id, &call, err);
	db_release(db);
	TRY(rc);
	for (size_t i = 0; i < n_demo_works; i++)
		TRY(work_make(d, i, &call, err));
	return withdraw_one(d, 9, err);
}
