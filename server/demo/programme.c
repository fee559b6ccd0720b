/*
 * Three days: plenaries, parallel sessions with every accepted talk, workshops, posters, a debate,
 * a dinner. The second afternoon is left to the masterclasses.
 */
#include "base/clock.h"
#include "base/random.h"
#include "demo/demo.h"
#include "domain/programme.h"

enum { PLAN_PEOPLE = 5, TALK_MINUTES = 15, N_TALK_SESSIONS = 4 };

/* Somebody of demo_people with a part. */
struct part {
	const char *role;
	size_t cast;
};

struct plan {
	int day, from, to; /* wall times as 930 for 09:30 */
	const char *kind, *title, *room, *summary;
	struct part people[PLAN_PEOPLE];
};

#define MOTION "This house believes that AI care-bots and chat-bots cannot provide empathic care"

static const struct plan plans[] = {
	{0, 830, 930, "break", "Registration and coffee", "restaurant", "", {{0}}},
	{0, 930, 1030, "plenary", "What a ward teaches when nobody is teaching", "main-hall",
		"Students learn most from what they are not taught: how the consultant stands, who "
		"is "
		"interrupted, which door stays open. Twenty years of listening to first-year "
		"doctors.",
		{{"speaker", 17}, {"chair", 1}}},
	{0, 1030, 1100, "break", "Coffee", "restaurant", "", {{0}}},
	{0, 1100, 1200, "parallel", "Learning beside patients", "main-hall", "", {{"chair", 3}}},
	{0, 1100, 1200, "parallel", "Measuring what matters", "seminar-1", "", {{"chair", 4}}},
	{0, 1200, 1330, "break", "Lunch", "restaurant", "", {{0}}},
	{0, 1330, 1500, "workshop", "Workshop", "seminar-1", "", {{0}}},
	{0, 1330, 1500, "workshop", "Workshop", "seminar-2", "", {{0}}},
	{0, 1500, 1530, "break", "Tea", "restaurant", "", {{0}}},
	{0, 1530, 1630, "keynote", "The patient who wrote the textbook", "main-hall",
		"What happened when a school of medicine gave the first chapter to those it is "
		"about.",
		{{"speaker", 33}, {"chair", 2}}},
	{0, 1630, 1800, "poster", "Posters and a glass of something", "gallery",
		"Authors stand beside their posters for the first hour.", {{"chair", 8}}},
	{1, 900, 1000, "plenary", "Kindness is not a resource", "main-hall",
		"Why counting compassion as a cost has failed, and what three hospitals did "
		"instead.",
		{{"speaker", 15}, {"chair", 10}}},
	{1, 1000, 1030, "break", "Coffee", "restaurant", "", {{0}}},
	{1, 1030, 1130, "parallel", "Rules with a human face", "main-hall", "", {{"chair", 5}}},
	{1, 1030, 1130, "parallel", "Across the borders of a ward", "seminar-2", "",
		{{"chair", 6}}},
	{1, 1130, 1300, "panel", "What we will do on Monday", "main-hall",
		"Four people, one thing each that they will change, and who will notice.",
		{{"chair", 7}, {"panellist", 3}, {"panellist", 10}, {"panellist", 6}}},
	{1, 1130, 1300, "workshop", "Workshop", "seminar-1", "", {{0}}},
	{1, 1300, 1400, "break", "Lunch", "restaurant", "", {{0}}},
	{1, 1530, 1600, "break", "Tea", "restaurant", "", {{0}}},
	{1, 1900, 2200, "social", "Dinner", "restaurant",
		"At round tables that are not assigned. Bring a story you have never told at work.",
		{{0}}},
	{2, 900, 1000, "plenary", "After the siren: care in a divided city", "main-hall",
		"A paediatrician on four winters of working with everybody who comes.",
		{{"speaker", 8}, {"chair", 9}}},
	{2, 1000, 1030, "break", "Coffee", "restaurant", "", {{0}}},
	{2, 1030, 1200, "debate", "The debate", "main-hall", MOTION,
		{{"chair", 1}, {"for", 16}, {"for", 29}, {"against", 24}, {"against", 13}}},
	{2, 1200, 1300, "break", "Lunch and goodbye", "restaurant", "", {{0}}},
};

enum { N_PLANS = sizeof(plans) / sizeof(plans[0]) };

struct making {
	struct demo *d;
	struct actor organiser;
	const char *codes[N_PLANS];
};

static int64_t at(const struct making *m, const struct plan *p, int clock)
{
	return demo_at(m->d, -p->day, clock / 100, clock % 100);
}

/* ---- rooms ---- */

static enum rc rooms_make(struct making *m, struct err *err)
{
	struct demo *d = m->d;
	struct q_rooms_of_event *rooms;
	struct room_row *rows;
	struct event event;
	struct db *db;
	enum rc rc;
	size_t n;

	TRY(db_acquire(d->app->store, &db, err));
	rc = event_load(db, d->a, d->event.row.slug, &event, err);
	if (rc == OK)
		rc = q_rooms_of_event(db, d->a,
			&(struct q_rooms_of_event_in){.event_id = event.row.id}, &rooms, &n, err);
	db_release(db);
	TRY(rc);
	rows = ARENA_ARRAY(d->a, n + 2, struct room_row);
	for (size_t i = 0; i < n; i++)
		rows[i] = (struct room_row){
			rooms[i].code, rooms[i].name, rooms[i].notes, rooms[i].capacity, i};
	rows[n] = (struct room_row){"", "Gallery", "First floor, by stairs and lift", 90, n};
	rows[n + 1] = (struct room_row){"", "Restaurant", "Step-free from the garden", 160, n + 1};
	return tx_run(d->app->store, TX_NORMAL, event.row.id, rooms_change,
		&(struct rooms_change){
			.actor = &m->organiser,
			.rows = rows,
			.n_rows = n + 2,
			.event_rev = event.row.rev,
		},
		err);
}

/* ---- sessions ---- */

static enum rc session_make(struct making *m, size_t i, const char *title, struct err *err)
{
	const struct plan *p = &plans[i];
	struct demo *d = m->d;
	struct session_person people[PLAN_PEOPLE];
	struct q_person_by_id person;
	size_t n = 0;

	for (; n < PLAN_PEOPLE && p->people[n].role; n++) {
		struct db *db;
		enum rc rc;
		TRY(db_acquire(d->app->store, &db, err));
		rc = q_person_by_id(db, d->a,
			&(struct q_person_by_id_in){.event_id = d->event.row.id,
				.id = d->person_ids[p->people[n].cast]},
			&person, err);
		db_release(db);
		TRY(rc);
		people[n] = (struct session_person){.role = p->people[n].role,
			.person_code = person.code,
			.name = person.name,
			.email = "",
			.number = n};
	}
	m->codes[i] = code_new(d->a);
	return tx_run(d->app->store, TX_NORMAL, d->event.row.id, session_save,
		&(struct session_save){
			.actor = &m->organiser,
			.event = &d->event,
			.code = "",
			.new_code = m->codes[i],
			.kind = p->kind,
			.title = title,
			.summary = p->summary,
			.room_code = p->room,
			.masterclass_code = "",
			.starts_at = at(m, p, p->from),
			.ends_at = at(m, p, p->to),
			.people = people,
			.n_people = n,
		},
		err);
}

/* ---- works ---- */

struct works {
	struct q_works_to_place *rows;
	size_t n;
};

static enum rc works_load(struct making *m, struct works *w, struct err *err)
{
	struct db *db;
	enum rc rc;

	TRY(db_acquire(m->d->app->store, &db, err));
	rc = q_works_to_place(db, m->d->a,
		&(struct q_works_to_place_in){
			.event_id = m->d->event.row.id,
			.actor_roles = m->organiser.roles,
			.code = "",
		},
		&w->rows, &w->n, err);
	db_release(db);
	return rc;
}

static enum rc place(
	struct making *m, const char *work, size_t plan, int64_t minutes, struct err *err)
{
	return tx_run(m->d->app->store, TX_NORMAL, m->d->event.row.id, item_place,
		&(struct item_place){
			.actor = &m->organiser,
			.event = &m->d->event,
			.submission_code = work,
			.title = "",
			.session_code = m->codes[plan],
			.new_code = code_new(m->d->a),
			.minutes = minutes,
		},
		err);
}

static const char *themes_of(const struct demo *d, const char *code)
{
	for (size_t i = 0; i < n_demo_works; i++)
		if (text_equal(d->submission_codes[i], code))
			return demo_works[i].themes;
	return "";
}

/* The talks with those of one theme beside each other. */
static const char **talks_in_order(struct making *m, const struct works *w, size_t *n)
{
	static const char *const order[] = {"teaching", "research", "policy"};
	const char **codes = ARENA_ARRAY(m->d->a, w->n, const char *);

	*n = 0;
	for (size_t t = 0; t < 3; t++)
		for (size_t i = 0; i < w->n; i++)
			if (text_equal(w->rows[i].outcome, "talk") &&
				str_starts_with(str_from(themes_of(m->d, w->rows[i].code)),
					str_from(order[t])))
				codes[(*n)++] = w->rows[i].code;
	return codes;
}

static size_t plan_of(const char *kind, size_t nth)
{
	for (size_t i = 0; i < N_PLANS; i++)
		if (text_equal(plans[i].kind, kind) && !nth--)
			return i;
	return N_PLANS;
}

static enum rc works_place(struct making *m, const struct works *w, struct err *err)
{
	size_t n_talks, n_workshops = 0;
	const char **talks = talks_in_order(m, w, &n_talks);

	for (size_t i = 0; i < n_talks; i++)
		TRY(place(m, talks[i], plan_of("parallel", i * N_TALK_SESSIONS / n_talks),
			TALK_MINUTES, err));
	for (size_t i = 0; i < w->n; i++) {
		if (text_equal(w->rows[i].outcome, "poster"))
			TRY(place(m, w->rows[i].code, plan_of("poster", 0), 0, err));
		if (!text_equal(w->rows[i].outcome, "workshop"))
			continue;
		size_t plan = plan_of("workshop", n_workshops++);
		if (plan < N_PLANS && m->codes[plan])
			TRY(place(m, w->rows[i].code, plan, 90, err));
	}
	return OK;
}

/* A workshop is called as the work is; a slot without one is not used. */
static const char *title_of(const struct works *w, size_t plan)
{
	size_t nth = 0;

	if (!text_equal(plans[plan].kind, "workshop"))
		return plans[plan].title;
	for (size_t i = 0; i < plan; i++)
		nth += text_equal(plans[i].kind, "workshop");
	for (size_t i = 0; i < w->n; i++)
		if (text_equal(w->rows[i].outcome, "workshop") && !nth--)
			return w->rows[i].title;
	return NULL;
}

enum rc demo_make_programme(struct demo *d, struct err *err)
{
	struct making m = {
		.d = d,
		.organiser = demo_actor(d, CAST_ORGANISER, ROLE_ORGANISER),
	};
	struct works works;

	demo_clock(d, 62, 10);
	TRY(rooms_make(&m, err));
	TRY(works_load(&m, &works, err));
	for (size_t i = 0; i < N_PLANS; i++) {
		const char *title = title_of(&works, i);
		if (title)
			TRY(session_make(&m, i, title, err));
	}
	TRY(works_place(&m, &works, err));
	if (d->stage < DEMO_LIVE)
		return OK;
	demo_clock(d, 30, 9);
	return tx_run(d->app->store, TX_NORMAL, d->event.row.id, programme_publish,
		&(struct programme_publish){
			.actor = &m.organiser, .event = &d->event, .note = "", .version = 0},
		err);
}
