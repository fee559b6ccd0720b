/* Puts the parts of the demo together. */
#include "demo/demo.h"
#include <stdio.h>
#include "base/clock.h"
#include "base/random.h"
#include "domain/account.h"
#include "domain/person.h"

const struct demo_person demo_people[] = {
#define PERSON(name, lang, said, mailbox, post, affiliation, country) \
	{name, lang, said, mailbox, post, affiliation, country},
#include "demo/people.def"
#undef PERSON
};
const size_t n_demo_people = sizeof(demo_people) / sizeof(demo_people[0]);

const struct demo_work demo_works[] = {
#define WORK(title, type, themes, question, method, finding) \
	{title, type, themes, question, method, finding},
#include "demo/works.def"
#undef WORK
};
const size_t n_demo_works = sizeof(demo_works) / sizeof(demo_works[0]);

static const char *const stages[] = {"call", "review", "programme", "wishes", "live", "over"};
/* Days from now to the first day of the event, by stage. */
static const int days_to_go[] = {153, 110, 45, 40, 0, -4};

bool demo_stage_parse(const char *word, enum demo_stage *out)
{
	for (size_t i = 0; i < sizeof(stages) / sizeof(stages[0]); i++)
		if (text_equal(stages[i], word)) {
			*out = (enum demo_stage)i;
			return true;
		}
	return false;
}

const char *demo_email(struct arena *a, const struct demo_person *p)
{
	return arena_printf(a, "%s@example.org", p->mailbox);
}

struct actor demo_actor(const struct demo *d, size_t cast, unsigned roles)
{
	return (struct actor){
		.account_id = d->account_ids[cast],
		.person_id = d->person_ids[cast],
		.roles = roles,
		.name = demo_people[cast].name,
		.email = demo_email(d->a, &demo_people[cast]),
		.lang = "en",
		.person_code = "",
	};
}

int64_t demo_at(const struct demo *d, int days_before, int hour, int minute)
{
	const struct zone *zone = zone_find("Europe/London");
	struct civil day = zone_civil(zone, d->first_day_ms);
	int64_t at_ms;

	civil_from_days(civil_to_days(day.year, day.month, day.day) - days_before, &day.year,
		&day.month, &day.day);
	day.hour = hour;
	day.minute = minute;
	day.second = 0;
	zone_instant(zone, &day, &at_ms);
	return at_ms;
}

void demo_clock(struct demo *d, int days_before, int hour)
{
	int64_t at = demo_at(d, days_before, hour, 0) + d->n_moves++;

	clock_set(at < d->now_ms ? at : d->now_ms, false);
}

enum rc demo_is_wanted(struct app *app, bool *is_empty, struct err *err)
{
	struct q_account_count count;
	struct db *db;
	enum rc rc;

	TRY(db_acquire(app->store, &db, err));
	rc = q_account_count(db, err->arena, &count, err);
	db_release(db);
	*is_empty = rc == OK && !count.n;
	return rc;
}

/* Midnight before the first day, in the zone of the venue. */
static int64_t first_day(int64_t now_ms, enum demo_stage stage)
{
	const struct zone *zone = zone_find("Europe/London");
	struct civil day = zone_civil(zone, now_ms);
	int64_t at_ms;

	civil_from_days(civil_to_days(day.year, day.month, day.day) + days_to_go[stage], &day.year,
		&day.month, &day.day);
	day.hour = day.minute = day.second = 0;
	zone_instant(zone, &day, &at_ms);
	return at_ms;
}

enum rc demo_make(struct app *app, struct arena *a, enum demo_stage stage, int64_t now_ms,
	struct err *err)
{
	struct demo d = {
		.app = app,
		.a = a,
		.stage = stage,
		.now_ms = now_ms,
		.first_day_ms = first_day(now_ms, stage),
		.account_ids = ARENA_ARRAY(a, n_demo_people, int64_t),
		.person_ids = ARENA_ARRAY(a, n_demo_people, int64_t),
		.submission_codes = ARENA_ARRAY(a, n_demo_works, const char *),
	};
	static const struct {
		enum demo_stage from;
		enum rc (*make)(struct demo *d, struct err *err);
	} parts[] = {
		{DEMO_CALL, demo_make_event},
		{DEMO_CALL, demo_make_submissions},
		{DEMO_REVIEW, demo_make_bids},
		{DEMO_REVIEW, demo_make_reviews},
		{DEMO_PROGRAMME, demo_make_decisions},
		{DEMO_PROGRAMME, demo_make_attendance},
		{DEMO_PROGRAMME, demo_make_programme},
		{DEMO_LIVE, demo_make_door},
	};
	enum rc rc = OK;

	for (size_t i = 0; rc == OK && i < sizeof(parts) / sizeof(parts[0]); i++)
		if (stage >= parts[i].from)
			rc = parts[i].make(&d, err);
	clock_release();
	return rc;
}

/* ---- links ---- */

static const struct {
	const char *role, *next;
	size_t cast;
	const char *email; /* NULL: of the cast */
} links[] = {
	{"organiser", "/empathy/settings", CAST_ORGANISER, NULL},
	{"chair", "/empathy/submissions", CAST_CHAIR, NULL},
	{"reviewer", "/empathy/reviews", CAST_FIRST_REVIEWER, NULL},
	{"author", "/empathy/submissions", CAST_FIRST_AUTHOR, NULL},
	{"attendee", "/empathy/registration", 20, NULL},
	{"desk", "/empathy/checkin", CAST_DESK, NULL},
	{"facilitator", "/empathy/masterclasses", CAST_FACILITATOR, NULL},
	{"catering", "/empathy/needs", 0, DEMO_KITCHEN_EMAIL},
};

static enum rc link_make(struct tx *tx, void *arg, struct err *err)
{
	return signin_link_create(tx, arg, err);
}

enum rc demo_print_links(struct app *app, struct arena *a, struct err *err)
{
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
		struct signin_link_new link = {
			.email = links[i].email ? links[i].email
						: demo_email(a, &demo_people[links[i].cast]),
			.next_path = links[i].next,
			.token = token_new(a),
			.is_reusable = true,
			.lifetime_s = 30 * 24 * 3600,
		};
		TRY(tx_run(app->store, TX_NORMAL, 0, link_make, &link, err));
		printf("%s\t%s/signin/%s\n", links[i].role, app_url(app, a), link.token);
	}
	fflush(stdout);
	return OK;
}
