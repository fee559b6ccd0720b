/* Instances for the tests of timetables; they are read from the source tree. */
#ifndef TESTS_UNIT_TIMETABLE_FIXTURE_H
#define TESTS_UNIT_TIMETABLE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include "optimise/spot.h"
#include "optimise/timetable.h"

#define INSTANCES "tests/optimise/instances/timetable/"

static struct arena *arena;

static inline int setup(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static inline int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static inline struct str file_text(const char *name)
{
	FILE *f = fopen(arena_printf(arena, INSTANCES "%s.json", name), "rb");
	struct buf text = buf_in(arena, INSTANCE_MAX_BYTES);
	char piece[4096];

	assert_non_null(f);
	for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;)
		buf_add(&text, piece, n);
	(void)fclose(f);
	return buf_view(&text);
}

static inline struct timetable_problem problem_from(struct str text)
{
	struct timetable_problem p;
	struct err err = err_in(arena);

	if (timetable_read(arena, text, &p, &err) != OK)
		fail_msg("%s", err.message);
	return p;
}

static inline struct timetable timetable_from(struct str text, const struct timetable_problem *p)
{
	struct timetable t;
	struct err err = err_in(arena);

	if (timetable_read_solution(arena, text, p, &t, &err) != OK)
		fail_msg("%s", err.message);
	return t;
}

static inline struct timetable_problem problem_of(const char *name)
{
	return problem_from(file_text(name));
}

static inline struct timetable published(const char *name, const struct timetable_problem *p)
{
	return timetable_from(file_text(name), p);
}

static inline struct timetable_solution value_of(
	const struct timetable_problem *p, const struct timetable *t)
{
	struct timetable_solution s;
	struct err err = err_in(arena);

	if (timetable_value(arena, p, t, &s, &err) != OK)
		fail_msg("%s", err.message);
	return s;
}

/* ---- small.json: the first of a list of { problem, timetable, value, counts, forbidden } ---- */

static inline const cJSON *small_cases(void)
{
	cJSON *cases;
	struct err err = err_in(arena);

	if (json_parse_up_to(arena, file_text("small"), INSTANCE_MAX_BYTES, &cases, &err) != OK)
		fail_msg("%s", err.message);
	return cases->child;
}

static inline struct str small_text(const cJSON *one, const char *key)
{
	struct buf text = buf_in(arena, INSTANCE_MAX_BYTES);

	json_write(&text, json_get(one, key));
	return buf_view(&text);
}

static inline struct timetable_problem small_problem(const cJSON *one)
{
	return problem_from(small_text(one, "problem"));
}

static inline struct timetable small_timetable(
	const cJSON *one, const struct timetable_problem *p)
{
	return timetable_from(small_text(one, "timetable"), p);
}

#endif
