/* timetable-solution-1: grid[session][room] = track, slots[session][room][slot] = submission. */
#include "base/json.h"
#include "optimise/spot.h"
#include "optimise/timetable_check.h"

struct reading {
	const struct timetable_problem *p;
	struct timetable *t;
	uint32_t *n_read; /* [submission]: slots of it that were found */
};

/* A list of exactly n entries. */
static enum rc open_row(const struct spot *list, uint32_t wanted)
{
	size_t n;

	TRY(spot_count(list, wanted, &n));
	if (n < wanted)
		return spot_refuse(list, "has %zu entries, %u are wanted", n, wanted);
	return OK;
}

static enum rc open_rows(
	const struct spot *file, const char *key, uint32_t wanted, struct spot *list)
{
	TRY(spot_get(file, key, list));
	return open_row(list, wanted);
}

static enum rc read_grid(const struct spot *file, struct reading *r)
{
	struct spot rows, row = {0};
	uint32_t *cell = r->t->track;

	TRY(open_rows(file, "grid", r->p->n_sessions, &rows));
	while (spot_next(&rows, &row)) {
		struct spot item = {0};
		TRY(open_row(&row, r->p->n_rooms));
		for (; spot_next(&row, &item); cell++) {
			int64_t track;
			TRY(spot_int(&item, -1, (int64_t)r->p->n_tracks - 1, &track));
			*cell = track < 0 ? TIMETABLE_NONE : (uint32_t)track;
		}
	}
	return OK;
}

/* The next slot of a submission must follow its last one. */
static enum rc read_slot(
	const struct spot *item, struct reading *r, const struct timetable_place *here)
{
	int64_t i;

	TRY(spot_int(item, -1, (int64_t)r->p->n_submissions - 1, &i));
	if (i < 0)
		return OK;
	const struct timetable_submission *s = &r->p->submissions[i];
	struct timetable_place *place = &r->t->places[i];
	uint32_t n = r->n_read[i]++;
	if (!n) {
		*place = *here;
		return OK;
	}
	if (place->session != here->session || place->room != here->room ||
		place->slot + n != here->slot)
		return spot_refuse(item, "%s was in other slots before", s->id);
	if (n >= s->n_slots)
		return spot_refuse(item, "%s takes %u slots, not more", s->id, s->n_slots);
	return OK;
}

static enum rc read_slots(const struct spot *file, struct reading *r)
{
	struct timetable_place here = {0};
	struct spot sessions, session = {0};

	TRY(open_rows(file, "slots", r->p->n_sessions, &sessions));
	for (; spot_next(&sessions, &session); here.session++) {
		struct spot room = {0};
		TRY(open_row(&session, r->p->n_rooms));
		for (here.room = 0; spot_next(&session, &room); here.room++) {
			struct spot slot = {0};
			TRY(open_row(&room, r->p->sessions[here.session].n_slots));
			for (here.slot = 0; spot_next(&room, &slot); here.slot++)
				TRY(read_slot(&slot, r, &here));
		}
	}
	for (uint32_t i = 0; i < r->p->n_submissions; i++) {
		const struct timetable_submission *s = &r->p->submissions[i];
		if (r->n_read[i] && r->n_read[i] < s->n_slots)
			return spot_refuse(&sessions, "%s has %u slots of the %u it takes", s->id,
				r->n_read[i], s->n_slots);
	}
	return OK;
}

enum rc timetable_read_solution(struct arena *a, struct str json,
	const struct timetable_problem *p, struct timetable *out, struct err *err)
{
	struct timetable t = timetable_empty(a, p);
	struct reading r = {.p = p, .t = &t, .n_read = ARENA_ARRAY(a, p->n_submissions, uint32_t)};
	struct spot file;

	TRY(spot_open(a, json, "timetable-solution-1", &file, err));
	TRY(read_grid(&file, &r));
	TRY(read_slots(&file, &r));
	*out = t;
	return OK;
}

/* ---- writing ---- */

static int32_t *slots_of(const struct timetable_problem *p, const struct timetable *t)
{
	size_t n = (size_t)p->n_sessions * p->n_rooms * TIMETABLE_MAX_SLOTS;
	int32_t *slots = heap_alloc(n * sizeof *slots);

	for (size_t i = 0; i < n; i++)
		slots[i] = -1;
	for (uint32_t i = 0; i < p->n_submissions; i++) {
		const struct timetable_place *place = &t->places[i];
		if (!timetable_fits(p, i, place))
			continue;
		size_t cell = (size_t)place->session * p->n_rooms + place->room;
		for (uint32_t k = 0; k < p->submissions[i].n_slots; k++)
			slots[cell * TIMETABLE_MAX_SLOTS + place->slot + k] = (int32_t)i;
	}
	return slots;
}

static void write_grid(
	const struct timetable_problem *p, const struct timetable *t, struct buf *out)
{
	buf_text(out, ",\n \"grid\": [");
	for (uint32_t s = 0; s < p->n_sessions; s++) {
		buf_text(out, s ? ",\n  [" : "\n  [");
		for (uint32_t r = 0; r < p->n_rooms; r++) {
			uint32_t track = t->track[(size_t)s * p->n_rooms + r];
			buf_text(out, r ? ", " : "");
			buf_i64(out, track == TIMETABLE_NONE ? -1 : (int64_t)track);
		}
		buf_char(out, ']');
	}
	buf_text(out, "]");
}

void timetable_write(
	const struct timetable_problem *p, const struct timetable *t, struct buf *out)
{
	int32_t *slots = slots_of(p, t), *slot = slots;

	buf_text(out, "{\"format\": \"timetable-solution-1\",\n \"instance\": ");
	json_add_string(out, p->name);
	write_grid(p, t, out);
	buf_text(out, ",\n \"slots\": [");
	for (uint32_t s = 0; s < p->n_sessions; s++) {
		buf_text(out, s ? ",\n  [" : "\n  [");
		for (uint32_t r = 0; r < p->n_rooms; r++, slot += TIMETABLE_MAX_SLOTS) {
			buf_text(out, r ? ", [" : "[");
			for (uint32_t k = 0; k < p->sessions[s].n_slots; k++) {
				buf_text(out, k ? ", " : "");
				buf_i64(out, slot[k]);
			}
			buf_char(out, ']');
		}
		buf_char(out, ']');
	}
	buf_text(out, "]}\n");
	heap_free(slots);
}
