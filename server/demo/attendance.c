/* Who comes: tickets, registrations and payments over the weeks. */
#include "demo/attendance.h"
#include "base/clock.h"
#include "base/random.h"
#include "demo/guests.h"
#include "domain/account.h"
#include "domain/registration.h"
#include "domain/ticket_type.h"

enum { N_GUESTS = 62, OPENS_DAYS = 118 };

static const char payment_text[] =
	"By bank transfer within 30 days:\nGlobal Empathy in Healthcare Network, Soar Valley "
	"Bank\nSort code 00-00-00, account 00000000";

/* ---- tickets ---- */

static enum rc tickets_make(struct demo *d, const struct actor *organiser, struct err *err)
{
	const struct ticket_row rows[] = {
		{"", "Early, member of the Network", "Your organisation is a member", 26000, 40,
			demo_at(d, 60, 23, 59), 0},
		{"full", "Three days", "All sessions, lunches, the reception", 32000, 120, 0, 1},
		{"reduced", "Patient, carer or retired", "We take your word for it", 9000, 40, 0,
			2},
		{"", "Student", "Bring your card", 4500, 30, 0, 3},
	};

	demo_clock(d, 125, 11);
	TRY(tx_run(d->app->store, TX_NORMAL, d->event.row.id, ticket_types_change,
		&(struct ticket_types_change){
			.actor = organiser,
			.rows = rows,
			.n_rows = sizeof(rows) / sizeof(rows[0]),
			.event_rev = d->event.row.rev,
		},
		err));
	return tx_run(d->app->store, TX_NORMAL, d->event.row.id, payment_text_change,
		&(struct payment_text_change){
			.actor = organiser,
			.text = payment_text,
		},
		err);
}

/* ---- who comes ---- */

/* Some of the cast stay away, so that there are people left to register. */
static bool comes(size_t cast)
{
	return cast != CAST_ORGANISER && cast != CAST_DESK && cast != CAST_FIRST_AUTHOR;
}

static enum rc people_make(struct tx *tx, void *arg, struct err *err)
{
	struct crowd *c = arg;

	for (size_t i = 0; i < c->n; i++)
		if (!c->list[i].account_id)
			TRY(account_ensure(tx, c->list[i].email, c->list[i].name, false,
				&c->list[i].account_id, err));
	return OK;
}

static enum rc crowd_gather(struct crowd *c, struct err *err)
{
	struct demo *d = c->d;

	for (size_t i = 0; i < n_demo_people; i++) {
		if (!comes(i))
			continue;
		c->list[c->n++] = (struct attendee){
			.name = demo_people[i].name,
			.email = demo_email(d->a, &demo_people[i]),
			.affiliation = arena_printf(
				d->a, "%s, %s", demo_people[i].affiliation, demo_people[i].country),
			.account_id = d->account_ids[i],
		};
	}
	for (size_t i = 0; i < N_GUESTS; i++) {
		struct guest guest = demo_guest(d->a, i);
		c->list[c->n++] = (struct attendee){
			.name = guest.name,
			.email = guest.email,
			.affiliation = guest.affiliation,
		};
	}
	return tx_run(d->app->store, TX_NORMAL, 0, people_make, c, err);
}

struct actor demo_attendee_actor(const struct attendee *p)
{
	return (struct actor){
		.account_id = p->account_id,
		.person_id = p->person_id,
		.roles = ROLE_ATTENDEE,
		.name = p->name,
		.email = p->email,
		.lang = "en",
		.person_code = "",
	};
}

/* ---- registering ---- */

static const char *const dietary[] = {"Vegetarian", "Vegan", "Halal", "No nuts: a severe allergy",
	"Vegetarian", "Kosher, or a piece of fruit", "Gluten-free", "vegetarian"};
static const char *const access_needs[] = {"A seat near the front, please: I lip-read",
	"A step-free way to every room", "A quiet room between the sessions",
	"I come with an assistance dog"};

static struct registration_text text_of(const struct attendee *p, size_t i, bool is_early)
{
	struct registration_text text = {
		.ticket = i % 7 == 3                         ? "student"
			  : i % 5 == 2                       ? "reduced"
			  : is_early && i % 3 != 0 && i < 60 ? "early-member-of-the-network"
							     : "full",
		.badge_name = p->name,
		.badge_affiliation = p->affiliation,
		.dietary =
			i % 4 == 1 ? dietary[i / 4 % (sizeof(dietary) / sizeof(dietary[0]))] : "",
		.access_needs =
			i % 13 == 6 ? access_needs[i / 13 %
						   (sizeof(access_needs) / sizeof(access_needs[0]))]
				    : "",
		.payer = {"", "", "", ""},
	};

	if (i % 9 == 4)
		text.payer = (struct payer){"Accounts office", "accounts@example.org",
			"Wyvern School of Medicine\nPO Box 1\nLeicester", "PN-20771"};
	return text;
}

static enum rc find_rows(
	struct demo *d, struct attendee *p, struct q_registration_by_code *row, struct err *err)
{
	struct q_person_by_account person;
	struct q_person_registration registration;
	bool found;
	struct db *db;
	enum rc rc;

	TRY(db_acquire(d->app->store, &db, err));
	rc = q_person_by_account(db, d->a,
		&(struct q_person_by_account_in){
			.event_id = d->event.row.id, .account_id = p->account_id},
		&person, &found, err);
	p->person_id = person.id;
	if (rc == OK)
		rc = q_person_registration(db, d->a,
			&(struct q_person_registration_in){
				.event_id = d->event.row.id, .person_id = p->person_id},
			&registration, &found, err);
	p->registration_id = registration.id;
	if (rc == OK)
		rc = q_registration_by_code(db, d->a,
			&(struct q_registration_by_code_in){
				.event_id = d->event.row.id, .code = registration.code},
			row, &found, err);
	db_release(db);
	return rc;
}

static enum rc pay(struct demo *d, const struct actor *organiser,
	const struct q_registration_by_code *row, size_t i, struct err *err)
{
	static const char *const methods[] = {"bank", "bank", "card", "bank"};
	struct civil today;

	if (!row->total || i % 4 == 3)
		return OK;
	if (clock_now_ms() + 9 * DAY_MS > d->now_ms)
		return OK;
	clock_set(clock_now_ms() + (int64_t)(2 + i % 7) * DAY_MS, false);
	today = zone_civil(d->event.zone, clock_now_ms());
	return tx_run(d->app->store, TX_NORMAL, d->event.row.id, payment_add,
		&(struct payment_add){
			.actor = organiser,
			.code = code_new(d->a),
			.purchase_id = row->purchase_id,
			.amount = row->total,
			.method = methods[i % 4],
			.reference = row->purchase_code,
			.received_on = civil_date(d->a, &today),
			.today_on = civil_date(d->a, &today),
			.event_title = d->event.row.title,
			.url = arena_printf(d->a, "%s/empathy/registration", app_url(d->app, d->a)),
		},
		err);
}

static enum rc register_one(
	struct crowd *c, const struct actor *organiser, size_t i, int day, struct err *err)
{
	struct demo *d = c->d;
	struct actor actor = demo_attendee_actor(&c->list[i]);
	struct q_registration_by_code row;

	demo_clock(d, day, 8 + (int)(i % 13));
	TRY(tx_run(d->app->store, TX_HOT, d->event.row.id, registration_create,
		&(struct registration_create){
			.actor = &actor,
			.event = &d->event,
			.text = text_of(&c->list[i], i, day > 60),
			.links = {arena_printf(
					  d->a, "%s/empathy/registration", app_url(d->app, d->a)),
				payment_text},
			.code = code_new(d->a),
			.purchase_code = code_new(d->a),
			.ticket_key = app_key(d->app, d->a, "ticket"),
			.now_ms = clock_now_ms(),
		},
		err));
	TRY(find_rows(d, &c->list[i], &row, err));
	return pay(d, organiser, &row, i, err);
}

/* From the opening to now, denser towards the end of the early fee. */
static enum rc registrations_make(struct crowd *c, const struct actor *organiser, struct err *err)
{
	int last = (int)((c->d->first_day_ms - c->d->now_ms) / DAY_MS) + 1;

	if (last < 3)
		last = 3;
	for (size_t i = 0; i < c->n; i++) {
		int day = OPENS_DAYS - (int)(i * (size_t)(OPENS_DAYS - last) / c->n);
		TRY(register_one(c, organiser, i, day, err));
	}
	return OK;
}

/* ---- all of it ---- */

enum rc demo_make_attendance(struct demo *d, struct err *err)
{
	struct actor organiser = demo_actor(d, CAST_ORGANISER, ROLE_ORGANISER);
	struct crowd *crowd = ARENA_NEW(d->a, struct crowd);

	crowd->d = d;
	TRY(demo_reload_event(d, err));
	TRY(tickets_make(d, &organiser, err));
	TRY(demo_reload_event(d, err));
	TRY(crowd_gather(crowd, err));
	TRY(registrations_make(crowd, &organiser, err));
	return demo_make_masterclasses(crowd, err);
}
