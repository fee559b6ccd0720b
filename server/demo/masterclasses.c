/* Masterclasses of the second afternoon, and who has booked them. */
#include "base/clock.h"
#include "base/random.h"
#include "demo/attendance.h"
#include "domain/booking.h"
#include "domain/person.h"

enum { BOOKING_DAYS = 58 };

struct masterclass_plan {
	const char *title, *summary, *outcomes;
	size_t facilitators[2]; /* rows of demo_people */
	int capacity;
	const char *rooms[2]; /* of the two repeats */
	/* out */
	const char *session_codes[2];
};

static struct masterclass_plan plans[] = {
	{"Breaking news with an interpreter",
		"Bad news in a language you do not share: how to brief an interpreter, where to "
		"sit, when to be silent. With recordings, and an interpreter in the room.",
		"brief an interpreter in two minutes\nsay bad news in sentences that survive "
		"translation\nnotice when a family has stopped following",
		{14, 12}, 16, {"seminar-1", "seminar-2"}, {NULL, NULL}},
	{"Close reading for clinicians",
		"One poem, one letter of complaint, one discharge summary. What attention to words "
		"does to the attention we pay to people.",
		"read a patient’s letter for what it leaves out\nlead a reading group of twenty "
		"minutes on a ward",
		{1, 18}, 12, {"seminar-2", "seminar-3"}, {NULL, NULL}},
	{"Assessing empathy without a checklist",
		"Ratings that students can perform are ratings of performance. Three other ways, "
		"tried in four schools, with their costs.",
		"write an assessment that asks the patient\ndefend it before an examinations board",
		{17, 4}, 20, {"seminar-3", "seminar-4"}, {NULL, NULL}},
	{"Simulated patients, real feelings",
		"What simulation does to those who simulate. A workshop with two experienced "
		"simulated patients, and a protocol for coming out of role.",
		"debrief a simulated patient\nrecognise when a scene should be stopped", {3, 32},
		14, {"seminar-4", "seminar-1"}, {NULL, NULL}},
};

enum { N_PLANS = sizeof(plans) / sizeof(plans[0]) };

static int64_t room_of(const struct q_rooms_of_event *rooms, size_t n, const char *code)
{
	for (size_t i = 0; i < n; i++)
		if (text_equal(rooms[i].code, code))
			return rooms[i].id;
	return 0;
}

/* Four masterclasses at a time need four rooms; the wizard has made two of them. */
static enum rc rooms_make(struct tx *tx, struct err *err)
{
	static const char *const codes[] = {"seminar-3", "seminar-4"};

	for (size_t i = 0; i < 2; i++)
		TRY(q_room_insert(tx,
			&(struct q_room_insert_in){
				.event_id = tx_event_id(tx),
				.id = tx_id(tx),
				.code = codes[i],
				.name = arena_printf(tx_arena(tx), "Seminar room %zu", i + 3),
				.capacity = 24,
				.notes = i ? "One step at the door; a ramp is kept beside it" : "",
				.position = 10 + (int64_t)i,
			},
			NULL, err));
	return OK;
}

static enum rc session_make(struct tx *tx, struct demo *d, struct masterclass_plan *plan,
	int64_t masterclass_id, int repeat, int64_t room_id, struct err *err)
{
	int64_t id = tx_id(tx);

	plan->session_codes[repeat] = code_new(d->a);
	TRY(q_masterclass_session_insert(tx,
		&(struct q_masterclass_session_insert_in){
			.event_id = tx_event_id(tx),
			.id = id,
			.code = plan->session_codes[repeat],
			.title = plan->title,
			.summary = plan->summary,
			.masterclass_id = masterclass_id,
			.room_id = room_id,
			.starts_at = demo_at(d, -1, 14 + 2 * repeat, 0),
			.ends_at = demo_at(d, -1, 15 + 2 * repeat, 30),
			.capacity = plan->capacity,
		},
		NULL, err));
	for (size_t i = 0; i < 2; i++)
		TRY(q_session_facilitator_insert(tx,
			&(struct q_session_facilitator_insert_in){
				.event_id = tx_event_id(tx),
				.session_id = id,
				.person_id = d->person_ids[plan->facilitators[i]],
				.position = (int64_t)i,
			},
			NULL, err));
	return OK;
}

static enum rc masterclasses_make(struct tx *tx, void *arg, struct err *err)
{
	struct demo *d = arg;
	struct q_rooms_of_event *rooms;
	size_t n;

	TRY(rooms_make(tx, err));
	TRY(q_rooms_of_event(tx_db(tx), tx_arena(tx),
		&(struct q_rooms_of_event_in){.event_id = tx_event_id(tx)}, &rooms, &n, err));
	for (size_t i = 0; i < N_PLANS; i++) {
		int64_t id = tx_id(tx);
		TRY(q_masterclass_insert(tx,
			&(struct q_masterclass_insert_in){
				.event_id = tx_event_id(tx),
				.id = id,
				.code = code_new(d->a),
				.title = plans[i].title,
				.summary = plans[i].summary,
				.outcomes = plans[i].outcomes,
				.position = (int64_t)i,
			},
			NULL, err));
		for (int repeat = 0; repeat < 2; repeat++)
			TRY(session_make(tx, d, &plans[i], id, repeat,
				room_of(rooms, n, plans[i].rooms[repeat]), err));
		for (size_t k = 0; k < 2; k++)
			TRY(person_grant(tx, d->person_ids[plans[i].facilitators[k]],
				ROLE_FACILITATOR, d->person_ids[CAST_ORGANISER], err));
	}
	return OK;
}

/* ---- bookings ---- */

static struct booking_scene scene_of(const struct demo *d)
{
	return (struct booking_scene){
		.event = &d->event,
		.url = arena_printf(d->a, "%s/empathy/masterclasses", app_url(d->app, d->a)),
		.now_ms = clock_now_ms(),
	};
}

static enum rc session_load(struct demo *d, const char *code, int64_t registration_id,
	struct q_session_to_book *out, struct err *err)
{
	struct db *db;
	bool found;
	enum rc rc;

	TRY(db_acquire(d->app->store, &db, err));
	rc = q_session_to_book(db, d->a,
		&(struct q_session_to_book_in){
			.event_id = d->event.row.id,
			.code = code,
			.registration_id = registration_id,
			.now = clock_now_ms(),
		},
		out, &found, err);
	db_release(db);
	return rc;
}

/* Somebody who facilitates at that time, or has another repeat, is refused; the demo goes on. */
static enum rc book_one(struct crowd *c, size_t i, const char *code, struct err *err)
{
	struct demo *d = c->d;
	struct actor actor = demo_attendee_actor(&c->list[i]);
	struct q_session_to_book session;
	struct err refused = err_in(d->a);
	struct booking_take take = {
		.actor = &actor,
		.session = &session,
		.registration_id = c->list[i].registration_id,
		.code = code_new(d->a),
		.may_wait = true,
	};
	enum rc rc;

	TRY(session_load(d, code, take.registration_id, &session, err));
	take.scene = scene_of(d);
	rc = tx_run(d->app->store, TX_HOT, d->event.row.id, booking_take, &take, &refused);
	return rc == OK || rc == CONFLICT ? OK : err_set(err, rc, "%s", refused.message);
}

/* Runs `fn` for somebody who stands so to the session; for others nothing. */
static enum rc act_one(struct crowd *c, size_t i, const char *code, const char *own_state, tx_fn fn,
	struct err *err)
{
	struct demo *d = c->d;
	struct actor actor = demo_attendee_actor(&c->list[i]);
	struct q_session_to_book session;

	TRY(session_load(d, code, c->list[i].registration_id, &session, err));
	if (!text_equal(session.own_state, own_state))
		return OK;
	return tx_run(d->app->store, TX_HOT, d->event.row.id, fn,
		&(struct booking_act){
			.actor = &actor,
			.scene = scene_of(d),
			.session = &session,
			.registration_id = c->list[i].registration_id,
		},
		err);
}

/* While booking is open a seat given back a moment ago is on offer; later all offers are answered.
 */
static enum rc seats_given_back(struct crowd *c, struct err *err)
{
	struct demo *d = c->d;

	if (d->stage == DEMO_PROGRAMME)
		clock_set(d->now_ms - 3 * HOUR_MS, false);
	for (size_t i = 0; i < c->n; i += 20)
		TRY(act_one(
			c, i, plans[0].session_codes[i / 3 % 2], "booked", booking_release, err));
	for (size_t i = 0; d->stage > DEMO_PROGRAMME && i < c->n; i++)
		for (int repeat = 0; repeat < 2; repeat++)
			TRY(act_one(c, i, plans[0].session_codes[repeat], "offered", booking_accept,
				err));
	return OK;
}

/* The first two are wanted most: their sessions fill, and people wait. */
static enum rc bookings_make(struct crowd *c, struct err *err)
{
	static const size_t wishes[] = {0, 1, 0, 1, 2, 0, 3, 1, 2, 3};
	struct demo *d = c->d;

	for (size_t i = 0; i < c->n; i++) {
		size_t wish = wishes[i % (sizeof(wishes) / sizeof(wishes[0]))];
		demo_clock(d, BOOKING_DAYS - (int)(i / 9), 9 + (int)(i % 9));
		TRY(book_one(c, i, plans[wish].session_codes[i / 3 % 2], err));
		if (i % 5 != 0)
			TRY(book_one(c, i,
				plans[(wish + 2) % N_PLANS].session_codes[(i / 3 + 1) % 2], err));
	}
	return seats_given_back(c, err);
}

enum rc demo_make_masterclasses(struct crowd *c, struct err *err)
{
	struct demo *d = c->d;

	demo_clock(d, BOOKING_DAYS + 5, 10);
	TRY(tx_run(d->app->store, TX_NORMAL, d->event.row.id, masterclasses_make, d, err));
	return d->stage == DEMO_WISHES ? demo_make_wishes(c, err) : bookings_make(c, err);
}
