/*
 * Instance files of the solvers. The first byte chooses the format: t timetable-1, s
 * timetable-solution-1 of a small problem, a allocation-1, r allocation-result-1, v review-1 (its
 * JSON, a NUL, its CSV). Whatever is refused has a message; what is taken is valued or verified.
 */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "optimise/allocate.h"
#include "optimise/assign.h"
#include "optimise/timetable.h"
#include "optimise/timetable_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Not assert(): it must hold in every build. */
#define MUST(condition)                                                                            \
	do {                                                                                       \
		if (!(condition))                                                                  \
			abort();                                                                   \
	} while (0)

/* Small enough that everything is tried with it in a moment. */
enum { MAX_CELLS = 40, MAX_SUBMISSIONS = 12, MAX_BOUND_SESSIONS = 3, MAX_PAIRS = 400 };

static const char PROBLEM[] =
	"{\"format\":\"timetable-1\",\"name\":\"tiny\",\"weights\":{\"track_session\":1,"
	"\"track_room\":2,\"session_room\":3,\"similar_tracks\":4,\"rooms_per_track\":5,"
	"\"parallel_tracks\":6,\"consecutive_tracks\":7,\"timezone\":8,\"order\":9,"
	"\"submission_session\":10,\"submission_room\":11,\"presenter_conflict_session\":12,"
	"\"attendee_conflict_session\":13,\"chair_conflict\":14,\"presenter_conflict_slot\":15,"
	"\"attendee_conflict_slot\":16},\"sessions\":["
	"{\"name\":\"Mon\",\"date\":\"2027-06-07\",\"slots\":2,\"start\":540,\"end\":600},"
	"{\"name\":\"Tue\",\"date\":\"2027-06-08\",\"slots\":1,\"start\":550,\"end\":610}],"
	"\"rooms\":[\"Aula\",\"Cellar\"],\"people\":3,"
	"\"tracks\":[{\"name\":\"Logic\",\"chairs\":[2]},{\"name\":\"Ethics\",\"chairs\":[]}],"
	"\"submissions\":["
	"{\"id\":\"P0\",\"track\":0,\"slots\":2,\"order\":2,\"presenters\":[0,1],\"attendees\":[2],"
	"\"timezone_penalty\":[[1,7]],\"session_penalty\":[[0,3]],\"room_penalty\":[[1,4]]},"
	"{\"id\":\"P1\",\"track\":1,\"slots\":1,\"order\":0,\"presenters\":[2],\"attendees\":[0],"
	"\"timezone_penalty\":[],\"session_penalty\":[],\"room_penalty\":[[1,1000000]]}],"
	"\"track_session_penalty\":[[1,0,8]],\"track_room_penalty\":[[1,1,9]],"
	"\"session_room_penalty\":[[0,1,10]],\"similar_tracks\":[[0,1,11]]}";

static void check_refusal(enum rc rc, const struct err *err)
{
	MUST(rc == INVALID);
	MUST(err->message != NULL && text_is_utf8(str_from(err->message)));
}

/* ---- timetables ---- */

static void check_clashes(
	struct arena *a, const struct timetable_problem *p, const struct timetable *t, int64_t value)
{
	struct timetable_clash *clashes;
	size_t n = timetable_clashes(a, p, t, &clashes);

	for (size_t i = 0; i < n; i++) {
		MUST(clashes[i].cost >= 0 && clashes[i].why[0] != '\0');
		MUST(text_is_utf8(str_from(clashes[i].why)));
		value -= clashes[i].cost;
	}
	MUST(value == 0);
}

/* A whole timetable is worth the sum of its clashes, and reads back as it is written. */
static void check_timetable(
	struct arena *a, const struct timetable_problem *p, const struct timetable *t)
{
	struct timetable_solution solution;
	struct err err = err_in(a);

	if (timetable_value(a, p, t, &solution, &err) != OK) {
		MUST(err.message != NULL);
		return;
	}
	check_clashes(a, p, t, solution.value);
	struct buf out = buf_in(a, 1 << 20);
	struct timetable again;
	timetable_write(p, t, &out);
	MUST(timetable_read_solution(a, buf_view(&out), p, &again, &err) == OK);
	MUST(!memcmp(again.places, t->places, p->n_submissions * sizeof *t->places));
	if (p->n_sessions > MAX_BOUND_SESSIONS)
		return;
	MUST(timetable_bound(a, p, false) <= solution.value);
	MUST(solution.n_forbidden || timetable_bound(a, p, true) <= solution.value);
}

/* Each goes into the first cell that has room for it. */
static struct timetable filled(struct arena *a, const struct timetable_problem *p)
{
	struct timetable t = timetable_empty(a, p);
	uint32_t *used = ARENA_ARRAY(a, (size_t)p->n_sessions * p->n_rooms, uint32_t);

	for (uint32_t i = 0; i < p->n_submissions; i++) {
		const struct timetable_submission *s = &p->submissions[i];
		for (uint32_t cell = 0; cell < p->n_sessions * p->n_rooms; cell++) {
			uint32_t session = cell / p->n_rooms;
			bool is_own = t.track[cell] == TIMETABLE_NONE || t.track[cell] == s->track;
			if (!is_own || used[cell] + s->n_slots > p->sessions[session].n_slots)
				continue;
			t.track[cell] = s->track;
			t.places[i] = (struct timetable_place){
				session, cell % p->n_rooms, used[cell]};
			used[cell] += s->n_slots;
			break;
		}
	}
	return t;
}

static void fuzz_timetable(struct arena *a, struct str text)
{
	struct timetable_problem p;
	struct err err = err_in(a);
	enum rc rc = timetable_read(a, text, &p, &err);

	if (rc != OK) {
		check_refusal(rc, &err);
		return;
	}
	if (p.n_sessions * p.n_rooms > MAX_CELLS || p.n_submissions > MAX_SUBMISSIONS)
		return;
	struct timetable t = filled(a, &p);
	check_timetable(a, &p, &t);
}

static void fuzz_solution(struct arena *a, struct str text)
{
	struct timetable_problem p;
	struct timetable t;
	struct err err = err_in(a);

	MUST(timetable_read(a, STR(PROBLEM), &p, &err) == OK);
	enum rc rc = timetable_read_solution(a, text, &p, &t, &err);
	if (rc == OK)
		check_timetable(a, &p, &t);
	else
		check_refusal(rc, &err);
}

/* ---- allocation and review ---- */

static void fuzz_allocation(struct arena *a, struct str text)
{
	struct allocate_problem p;
	struct err err = err_in(a);
	enum rc rc = allocation_read(a, text, &p, &err);

	if (rc != OK)
		check_refusal(rc, &err);
	for (uint32_t o = 0; rc == OK && o < p.n_offerings; o++)
		MUST(p.offerings[o].slot < p.n_slots && p.offerings[o].class_id < p.n_classes);
}

static void fuzz_result(struct arena *a, struct str text)
{
	struct allocate_problem p;
	struct allocate_solution s;
	const char *digest;
	struct err err = err_in(a);
	enum rc rc = allocate_result_read(a, text, &p, &s, &digest, &err);

	if (rc != OK) {
		check_refusal(rc, &err);
		return;
	}
	/* Written in one way only. */
	struct buf out = buf_in(a, 1 << 20);
	allocate_result_write(&p, &s, &out);
	MUST(out.n == text.n && !memcmp(out.p, text.p, text.n));
}

static void fuzz_review(struct arena *a, struct str text)
{
	struct assign_problem p;
	struct err err = err_in(a);
	struct str csv = text, json = str_cut(&csv, '\0');
	enum rc rc = assign_read(a, json, csv.p ? csv : STR(""), &p, &err);

	if (rc != OK) {
		check_refusal(rc, &err);
		return;
	}
	size_t n = (size_t)p.n_papers * p.n_reviewers;
	for (size_t i = 0; i < n && i < MAX_PAIRS; i++)
		MUST(p.affinity[i] == ASSIGN_BARRED || p.affinity[i] >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *a;

	if (a == NULL) {
		json_setup();
		a = arena_new();
	}
	if (!size)
		return 0;
	const void *bytes = data + 1;
	struct str text = {bytes, size - 1};
	switch (data[0]) {
	case 't': fuzz_timetable(a, text); break;
	case 's': fuzz_solution(a, text); break;
	case 'a': fuzz_allocation(a, text); break;
	case 'r': fuzz_result(a, text); break;
	case 'v': fuzz_review(a, text); break;
	default: break;
	}
	arena_reset(a);
	return 0;
}
