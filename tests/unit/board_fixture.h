/* A programme made up in a test, and the board of it. Included once, by a test program. */
#ifndef TESTS_UNIT_BOARD_FIXTURE_H
#define TESTS_UNIT_BOARD_FIXTURE_H

#include <string.h>
#include "base/clock.h"
#include "planning/timetable_board.h"

enum { MAX_SESSIONS = 40, MAX_ITEMS = 6, MAX_WAITING = 120, TALK_MINUTES = 15 };
enum { HALL = 11, STUDY = 12, ATTIC = 13, ADA = 21, BO = 22, CY = 23 };

static struct arena *a;
static const struct zone *zone;
static struct programme_room rooms[] = {
	{.id = HALL, .code = "hall", .name = "Hall", .capacity = 100},
	{.id = STUDY, .code = "study", .name = "Study", .capacity = 20},
	{.id = ATTIC, .code = "attic", .name = "Attic", .capacity = 30},
};
static struct programme_session sessions[MAX_SESSIONS];
static struct programme programme;
static struct board_waiting waiting[MAX_WAITING];
static size_t n_waiting;

/* ---- a programme ---- */

static inline int64_t hour(int h)
{
	return INT64_C(1820000000000) / DAY_MS * DAY_MS + h * HOUR_MS;
}

static inline int empty_programme(void **state)
{
	(void)state;
	programme =
		(struct programme){.rooms = rooms, .n_rooms = 3, .sessions = sessions, .note = ""};
	n_waiting = 0;
	return 0;
}

static inline struct programme_session *session(const char *kind, int64_t room_id, int from, int to)
{
	struct programme_session *s = &sessions[programme.n_sessions];
	size_t room = 0;

	while (room < 2 && rooms[room].id != room_id)
		room++;
	*s = (struct programme_session){.id = (int64_t)programme.n_sessions + 1,
		.code = arena_printf(a, "S%zu", programme.n_sessions),
		.kind = kind,
		.title = arena_printf(a, "Session %zu", programme.n_sessions),
		.summary = "",
		.room_id = room_id,
		.room_code = rooms[room].code,
		.room_name = rooms[room].name,
		.starts_at = hour(from),
		.ends_at = hour(to),
		.rev = 1,
		.items = ARENA_ARRAY(a, MAX_ITEMS, struct programme_item),
		.people = ARENA_ARRAY(a, MAX_ITEMS, struct programme_person)};
	programme.n_sessions++;
	return s;
}

static inline void chaired_by(struct programme_session *s, int64_t person_id, const char *name)
{
	s->people[s->n_people++] =
		(struct programme_person){.id = person_id, .role = "chair", .name = name};
}

static inline void item(
	struct programme_session *s, const char *code, const char *theme, int64_t person_id)
{
	struct programme_item *i = &s->items[s->n_items++];

	*i = (struct programme_item){.code = code,
		.title = code,
		.submission_code = code,
		.format = "talk",
		.minutes = TALK_MINUTES,
		.is_fit = true};
	i->themes = ARENA_NEW(a, struct programme_theme);
	*i->themes = (struct programme_theme){.code = theme, .name = theme};
	i->n_themes = 1;
	i->authors = ARENA_NEW(a, struct programme_author);
	*i->authors = (struct programme_author){
		.person_id = person_id, .name = code, .is_presenting = true};
	i->n_authors = 1;
}

static inline void wait_for_place(const char *code, const char *theme, int64_t person_id)
{
	struct board_person *people = ARENA_NEW(a, struct board_person);

	*people = (struct board_person){person_id, code};
	waiting[n_waiting++] = (struct board_waiting){.code = code,
		.title = code,
		.presenter = code,
		.outcome = "talk",
		.theme_code = theme,
		.theme_name = theme,
		.minutes = TALK_MINUTES,
		.people = people,
		.n_people = person_id != 0};
}

static inline struct board *board(void)
{
	return board_new(a, &(struct board_source){.programme = &programme,
				    .zone = zone,
				    .waiting = waiting,
				    .n_waiting = n_waiting});
}

static inline size_t work(const struct board *b, const char *code)
{
	for (size_t w = 0; w < b->n_works; w++)
		if (strcmp(b->works[w].code, code) == 0)
			return w;
	fail_msg("no work %s", code);
	return 0;
}

#endif
