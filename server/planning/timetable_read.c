#include "planning/timetable_read.h"

/* As domain/programme_place.c has it for a type that says nothing. */
enum { MINUTES_OTHERWISE = 15 };

/* ---- works that wait ---- */

struct waiting_rows {
	struct q_works_to_place *works;
	struct q_presenters_to_place *presenters;
	struct q_themes_to_place *themes;
	size_t n_works, n_presenters, n_themes;
};

static enum rc waiting_load(struct db *db, struct arena *a, const struct planning_task *task,
	struct waiting_rows *r, struct err *err)
{
	TRY(q_works_to_place(db, a,
		&(struct q_works_to_place_in){
			.event_id = task->event_id, .actor_roles = task->actor.roles, .code = ""},
		&r->works, &r->n_works, err));
	TRY(q_presenters_to_place(db, a,
		&(struct q_presenters_to_place_in){
			.event_id = task->event_id, .actor_roles = task->actor.roles},
		&r->presenters, &r->n_presenters, err));
	return q_themes_to_place(db, a,
		&(struct q_themes_to_place_in){
			.event_id = task->event_id, .actor_roles = task->actor.roles},
		&r->themes, &r->n_themes, err);
}

static void people_fill(struct arena *a, const struct waiting_rows *r, struct board_waiting *w)
{
	struct board_person *people;
	size_t n = 0;

	for (size_t i = 0; i < r->n_presenters; i++)
		n += text_equal(r->presenters[i].code, w->code);
	people = ARENA_ARRAY(a, n, struct board_person);
	for (size_t i = 0; i < r->n_presenters; i++)
		if (r->presenters[i].person_id && text_equal(r->presenters[i].code, w->code))
			people[w->n_people++] = (struct board_person){
				r->presenters[i].person_id, r->presenters[i].name};
	w->people = people;
}

static void waiting_fill(
	struct arena *a, const struct waiting_rows *r, struct timetable_question *q)
{
	q->n_waiting = r->n_works;
	q->waiting = ARENA_ARRAY(a, r->n_works, struct board_waiting);
	for (size_t i = 0; i < r->n_works; i++) {
		const struct q_works_to_place *row = &r->works[i];
		struct board_waiting *w = &q->waiting[i];
		*w = (struct board_waiting){
			.code = row->code,
			.title = row->title,
			.presenter = row->presenter,
			.outcome = row->outcome,
			.theme_code = "",
			.theme_name = "",
			.minutes = row->minutes ? row->minutes : MINUTES_OTHERWISE,
		};
		people_fill(a, r, w);
		for (size_t k = r->n_themes; k-- > 0;)
			if (text_equal(r->themes[k].submission_code, w->code)) {
				w->theme_code = r->themes[k].code;
				w->theme_name = r->themes[k].title;
			}
	}
}

/* ---- what has changed ---- */

static size_t length(const cJSON *list)
{
	size_t n = 0;

	for (const cJSON *x = list ? list->child : NULL; x; x = x->next)
		n++;
	return n;
}

/* From and to of one change; 0 and 0: for ever. INVALID when it runs backwards. */
static enum rc span_of(const cJSON *x, int64_t *from_ms, int64_t *to_ms, struct err *err)
{
	*from_ms = json_int(x, "from", 0);
	*to_ms = json_int(x, "to", 0);
	if (!*from_ms && !*to_ms)
		*to_ms = INT64_MAX;
	return *from_ms < *to_ms ? OK : err_set(err, INVALID, "A time ends before it begins");
}

static enum rc away_load(struct db *db, struct arena *a, const struct planning_task *task,
	struct timetable_question *q, struct err *err)
{
	const cJSON *list = json_get(task->options, "away");

	q->away = ARENA_ARRAY(a, length(list), struct board_duty);
	for (const cJSON *x = list ? list->child : NULL; x; x = x->next) {
		const char *code = json_text(x, "person");
		struct q_person_by_code person;
		struct board_duty *duty = &q->away[q->n_away++];
		TRY(q_person_by_code(db, a,
			&(struct q_person_by_code_in){
				.event_id = task->event_id, .code = code ? code : ""},
			&person, err));
		duty->person_id = person.id;
		duty->name = person.name;
		TRY(span_of(x, &duty->from_ms, &duty->to_ms, err));
	}
	return OK;
}

static enum rc shut_load(struct arena *a, const struct planning_task *task,
	struct timetable_question *q, struct err *err)
{
	const cJSON *list = json_get(task->options, "shut");

	q->shut = ARENA_ARRAY(a, length(list), struct board_room_shut);
	for (const cJSON *x = list ? list->child : NULL; x; x = x->next) {
		const char *code = json_text(x, "room");
		const struct programme_room *room =
			programme_room_of(&q->programme, code ? code : "");
		struct board_room_shut *shut = &q->shut[q->n_shut++];
		if (!room)
			return err_set(err, INVALID, "A room that was named is not there any more");
		shut->room_id = room->id;
		TRY(span_of(x, &shut->from_ms, &shut->to_ms, err));
	}
	return OK;
}

/* ---- all of it ---- */

static enum rc load(struct db *db, struct arena *a, const struct planning_task *task,
	struct timetable_question *q, struct err *err)
{
	struct q_event_zone event;
	struct waiting_rows rows;

	TRY(q_event_zone(
		db, a, &(struct q_event_zone_in){.event_id = task->event_id}, &event, err));
	q->zone = zone_find(event.zone);
	if (!q->zone)
		return err_internal(err, "event has the unknown zone %s", event.zone);
	TRY(programme_load(db, a, task->event_id, &q->programme, err));
	if (q->is_replan) {
		TRY(away_load(db, a, task, q, err));
		return shut_load(a, task, q, err);
	}
	TRY(waiting_load(db, a, task, &rows, err));
	waiting_fill(a, &rows, q);
	return OK;
}

enum rc timetable_question_read(struct arena *a, const struct planning_task *task,
	struct timetable_question *out, struct err *err)
{
	const char *mode = json_text(task->options, "mode");
	struct db *db;
	enum rc rc;

	*out = (struct timetable_question){.is_replan = text_equal(mode, "replan")};
	if (!out->is_replan && !text_equal(mode, "rest"))
		return err_set(err, INVALID, "Say whether to place the rest or to plan again");
	TRY(db_acquire(task->store, &db, err));
	rc = load(db, a, task, out, err);
	db_release(db);
	return rc;
}
