#include <string.h>
#include "optimise/timetable_check.h"
#include "optimise/timetable_count.h"

const char *timetable_penalty_name(enum timetable_penalty kind)
{
	static const char *const names[TIMETABLE_N_PENALTIES] = {"track_session", "track_room",
		"session_room", "similar_tracks", "rooms_per_track", "parallel_tracks",
		"consecutive_tracks", "timezone", "order", "submission_session", "submission_room",
		"presenter_conflict_session", "attendee_conflict_session", "chair_conflict",
		"presenter_conflict_slot", "attendee_conflict_slot"};

	return names[kind];
}

struct sum {
	const struct timetable_problem *p;
	struct timetable_solution *out;
};

static void add_item(void *arg, const struct timetable_item *item)
{
	struct sum *sum = arg;
	enum timetable_penalty kind = item->clash.kind;

	sum->out->value += item->clash.cost;
	sum->out->counts[kind] += item->count;
	/* An impossible place is one breach, however much its penalty says. */
	if (item->clash.is_forbidden)
		sum->out->n_forbidden +=
			timetable_is_strict_kind(sum->p, kind) ? (uint32_t)item->count : 1;
}

void timetable_sum(struct timetable_counter *c, const struct timetable *t,
	struct timetable_solution *out)
{
	struct sum sum = {.p = c->p, .out = out};

	out->value = 0;
	out->n_forbidden = 0;
	memset(out->counts, 0, sizeof out->counts);
	timetable_count(c, t, add_item, &sum);
}

enum rc timetable_value(struct arena *a, const struct timetable_problem *p,
	const struct timetable *t, struct timetable_solution *out, struct err *err)
{
	TRY(timetable_check(p, t, err));
	struct arena *scratch = arena_new();
	struct timetable_counter counter = timetable_counter_of(scratch, p);
	*out = (struct timetable_solution){.timetable = timetable_copy(a, p, t)};
	timetable_sum(&counter, t, out);
	arena_free(scratch);
	return OK;
}
