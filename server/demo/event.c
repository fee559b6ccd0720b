/* The event itself, its people and their roles. */
#include "base/clock.h"
#include "base/text.h"
#include "demo/demo.h"
#include "domain/account.h"
#include "domain/call.h"
#include "domain/person.h"

static enum rc account_make(struct tx *tx, void *arg, struct err *err)
{
	struct demo *d = arg;

	for (size_t i = 0; i < n_demo_people; i++)
		TRY(account_ensure(tx, demo_email(d->a, &demo_people[i]), demo_people[i].name,
			i == CAST_ORGANISER, &d->account_ids[i], err));
	return OK;
}

static const char *date_after(const struct demo *d, int days)
{
	struct civil day = zone_civil(zone_find("Europe/London"), demo_at(d, -days, 12, 0));

	return civil_date(d->a, &day);
}

static const char *const themes[] = {"Teaching", "Research", "Policy", "Integrated"};
static const char *const theme_codes[] = {"teaching", "research", "policy", "integrated"};
static const char *const theme_summaries[] = {
	"Courses, role models, assessment, and how empathy survives the clinical years.",
	"Trials, reviews, measures and qualitative work on what empathy does.",
	"Standards, staffing, design of services, and the law.",
	"Work that belongs to several of these at once.",
};

static struct event_new event_answers(struct demo *d, const struct actor *actor)
{
	return (struct event_new){
		.actor = actor,
		.kind = "symposium",
		.title = "Rehumanising Healthcare in a Divided World",
		.starts_on = date_after(d, 0),
		.ends_on = date_after(d, 2),
		.zone = "Europe/London",
		.venue = "College Court",
		.city = "Leicester",
		.country = "United Kingdom",
		.themes = themes,
		.n_themes = sizeof(themes) / sizeof(themes[0]),
	};
}

/* The wizard's defaults, told more fully. */
static enum rc event_fill(struct tx *tx, void *arg, struct err *err)
{
	struct demo *d = arg;
	const struct q_event_by_slug *row = &d->event.row;

	TRY(q_event_update(tx,
		&(struct q_event_update_in){
			.id = row->id,
			.rev = row->rev,
			.title = row->title,
			.tagline = "Global Empathy in Healthcare Network, sixth symposium",
			.summary = "Three days of plenaries, masterclasses and one debate for people "
				   "who teach, study and practise empathic care: about 120 of us, "
				   "from seventeen countries, in one building.",
			.host = "Global Empathy in Healthcare Network",
			.partner = "Society for Communication in Care",
			.starts_on = row->starts_on,
			.ends_on = row->ends_on,
			.zone = row->zone,
			.venue = row->venue,
			.city = row->city,
			.country = row->country,
			.contact_email = "organisers@example.org",
			.registration_opens_at = demo_at(d, 120, 9, 0),
			.registration_closes_at = demo_at(d, -2, 12, 0),
			.booking_opens_at = demo_at(d, 60, 9, 0),
			.booking_closes_at = demo_at(d, 1, 18, 0),
		},
		NULL, err));
	for (size_t i = 0; i < sizeof(themes) / sizeof(themes[0]); i++)
		TRY(q_theme_summarise(tx,
			&(struct q_theme_summarise_in){
				.event_id = row->id,
				.code = theme_codes[i],
				.summary = theme_summaries[i],
			},
			NULL, err));
	return q_event_publish(tx, &(struct q_event_publish_in){.id = row->id, .is_published = 1},
		NULL, err);
}

static enum rc call_publish(struct demo *d, const struct actor *actor, struct err *err)
{
	struct call call;
	struct db *db;
	enum rc rc;

	TRY(db_acquire(d->app->store, &db, err));
	rc = call_load(db, d->a, d->event.row.id, &call, err);
	db_release(db);
	TRY(rc);
	return tx_run(d->app->store, TX_NORMAL, d->event.row.id, call_change,
		&(struct call_change){
			.actor = actor,
			.row = {
				.id = call.row.id,
				.rev = call.row.rev,
				.title = "Call for abstracts, posters and workshops",
				.text = "We welcome finished studies, honest failures and work in "
					"progress. Write first; you are asked for your e-mail "
					"address only when you save.\n\nEach submission goes to "
					"three reviewers who do not see your name. They score "
					"relevance, rigour, originality and clarity, and write a "
					"few sentences to you.",
				.opens_at = call.row.opens_at,
				.closes_at = call.row.closes_at,
				.deadline_zone = call.row.deadline_zone,
				.blinding = "double",
				.n_reviews = 3,
				.reviews_due_at = call.row.reviews_due_at,
				.bids_open_at = demo_at(d, 158, 9, 0),
				.bids_close_at = call_deadline(demo_at(d, 147, 23, 59)),
				.is_published = 1,
			},
		},
		err);
}

/* ---- people ---- */

static enum rc people_make(struct tx *tx, void *arg, struct err *err)
{
	struct demo *d = arg;

	for (size_t i = 0; i < n_demo_people; i++) {
		const struct demo_person *p = &demo_people[i];
		if (i == CAST_ORGANISER) {
			TRY(person_of_account(tx, d->account_ids[i], &d->person_ids[i], err));
			continue;
		}
		TRY(person_create(tx,
			&(struct person_new){
				.name = p->name,
				.email = demo_email(d->a, p),
				.post = p->post,
				.affiliation = p->affiliation,
				.country = p->country,
				.name_lang = p->lang,
				.said_name = p->said_name,
				.account_id = d->account_ids[i],
			},
			&d->person_ids[i], err));
	}
	return OK;
}

/* The caterers: a role, and no part in anything else. */
static enum rc kitchen_invite(struct tx *tx, int64_t by_person_id, struct err *err)
{
	int64_t person_id;

	TRY(person_of_email(tx,
		&(struct person_new){
			.name = "Ottilie Brandauer-Wirth", .email = DEMO_KITCHEN_EMAIL},
		&person_id, err));
	return person_grant(tx, person_id, ROLE_CATERING, by_person_id, err);
}

static enum rc roles_grant(struct tx *tx, void *arg, struct err *err)
{
	struct demo *d = arg;
	int64_t by = d->person_ids[CAST_ORGANISER];

	TRY(q_role_revoke(tx,
		&(struct q_role_revoke_in){
			.event_id = tx_event_id(tx), .person_id = by, .role = "chair"},
		NULL, err));
	TRY(person_grant(tx, d->person_ids[CAST_CHAIR], ROLE_CHAIR, by, err));
	TRY(person_grant(tx, d->person_ids[CAST_SECOND_CHAIR], ROLE_CHAIR, by, err));
	for (size_t i = 0; i < N_CAST_REVIEWERS; i++)
		TRY(person_grant(tx, d->person_ids[CAST_FIRST_REVIEWER + i], ROLE_REVIEWER, by,
			err));
	TRY(person_grant(tx, d->person_ids[CAST_DESK], ROLE_DESK, by, err));
	return kitchen_invite(tx, by, err);
}

enum rc demo_reload_event(struct demo *d, struct err *err)
{
	struct db *db;
	enum rc rc;

	TRY(db_acquire(d->app->store, &db, err));
	rc = event_load(db, d->a, "empathy", &d->event, err);
	db_release(db);
	return rc;
}

enum rc demo_make_event(struct demo *d, struct err *err)
{
	struct store *store = d->app->store;
	struct actor actor;
	struct event_new answers;

	demo_clock(d, 300, 10);
	TRY(tx_run(store, TX_NORMAL, 0, account_make, d, err));
	actor = demo_actor(d, CAST_ORGANISER, ROLE_ORGANISER);
	answers = event_answers(d, &actor);
	answers.event_id = 0;
	struct db *db;
	TRY(db_acquire(store, &db, err));
	enum rc rc = event_plan(db, d->a, &answers, err);
	db_release(db);
	TRY(rc);
	answers.slug = "empathy";
	TRY(tx_run(store, TX_NORMAL, answers.event_id, event_create, &answers, err));
	TRY(demo_reload_event(d, err));
	TRY(tx_run(store, TX_NORMAL, d->event.row.id, event_fill, d, err));
	TRY(tx_run(store, TX_NORMAL, d->event.row.id, people_make, d, err));
	TRY(tx_run(store, TX_NORMAL, d->event.row.id, roles_grant, d, err));
	actor = demo_actor(d, CAST_ORGANISER, ROLE_ORGANISER);
	TRY(call_publish(d, &actor, err));
	return demo_reload_event(d, err);
}
