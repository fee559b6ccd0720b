#include "optimise/timetable_state.h"

#include <assert.h>
#include <string.h>
#include "optimise/timetable_order.h"

/* Beside rivals and slots, which are 1 and 2 each. */
enum { WORK_OF_STEP = 10, WORK_OF_CELL = 10, CONFLICTS_A_WORK = 2 };

/* ---- cells and their tracks ---- */

static bool is_run(const uint64_t *words)
{
	uint32_t first = TIMETABLE_NONE, last = 0, n = 0;

	for (uint32_t w = 0; w < TIMETABLE_SESSION_WORDS; w++) {
		if (!words[w])
			continue;
		if (first == TIMETABLE_NONE)
			first = w * 64 + (uint32_t)__builtin_ctzll(words[w]);
		last = w * 64 + 63 - (uint32_t)__builtin_clzll(words[w]);
		n += (uint32_t)__builtin_popcountll(words[w]);
	}
	return n == 0 || last - first + 1 == n;
}

static void count_run(struct timetable_state *s, uint32_t track)
{
	bool is_broken = !is_run(s->sessions + (size_t)track * TIMETABLE_SESSION_WORDS);

	if (is_broken == s->is_broken[track])
		return;
	int64_t weight = s->t->p->weights[TIMETABLE_CONSECUTIVE_TRACKS];
	s->value += is_broken ? weight : -weight;
	s->is_broken[track] = is_broken;
}

/* The cell by itself and beside the other tracks of the session; the track is not counted there. */
static void count_cell(struct timetable_state *s, uint32_t track, uint32_t cell, int64_t sign)
{
	const struct timetable_tables *t = s->t;
	size_t n_rooms = t->p->n_rooms, session = cell / n_rooms, room = cell % n_rooms;
	size_t n_sessions = t->p->n_sessions;
	struct timetable_price sum = t->session_room[cell];

	s->work += WORK_OF_CELL + t->rival_start[track + 1] - t->rival_start[track];
	timetable_price_add(&sum, &t->track_session[track * n_sessions + session], 1);
	timetable_price_add(&sum, &t->track_room[track * n_rooms + room], 1);
	for (uint32_t k = t->rival_start[track]; k < t->rival_start[track + 1]; k++) {
		const struct timetable_rival *r = &t->rivals[k];
		timetable_price_add(
			&sum, &r->price, s->in_session[r->track * n_sessions + session]);
	}
	s->value += sign * sum.cost;
	s->n_breaches += sign * sum.n_breaches;
}

static void open_cell(struct timetable_state *s, uint32_t track, uint32_t cell)
{
	const struct timetable_problem *p = s->t->p;
	uint32_t session = cell / p->n_rooms, room = cell % p->n_rooms;

	count_cell(s, track, cell, 1);
	s->track_of[cell] = track;
	s->at_in_track[cell] = s->n_cells[track];
	s->cells[s->t->members.start[track] + s->n_cells[track]++] = cell;
	if (s->empty.at[cell] != TIMETABLE_NONE)
		timetable_bag_remove(&s->empty, cell);
	if (s->in_session[(size_t)track * p->n_sessions + session]++ > 0) {
		s->value += p->weights[TIMETABLE_PARALLEL_TRACKS];
		s->n_breaches++;
	} else {
		s->sessions[(size_t)track * TIMETABLE_SESSION_WORDS + session / 64] |=
			(uint64_t)1 << (session % 64);
		count_run(s, track);
	}
	if (s->in_room[(size_t)track * p->n_rooms + room]++ == 0 && s->n_rooms[track]++ > 0) {
		s->value += p->weights[TIMETABLE_ROOMS_PER_TRACK];
		s->n_breaches++;
	}
}

static void close_cell(struct timetable_state *s, uint32_t cell)
{
	const struct timetable_problem *p = s->t->p;
	uint32_t session = cell / p->n_rooms, room = cell % p->n_rooms, track = s->track_of[cell];
	uint32_t *list = s->cells + s->t->members.start[track], last = list[--s->n_cells[track]];

	list[s->at_in_track[cell]] = last;
	s->at_in_track[last] = s->at_in_track[cell];
	s->track_of[cell] = TIMETABLE_NONE;
	if (!s->is_shut[cell])
		timetable_bag_add(&s->empty, cell);
	if (--s->in_session[(size_t)track * p->n_sessions + session] > 0) {
		s->value -= p->weights[TIMETABLE_PARALLEL_TRACKS];
		s->n_breaches--;
	} else {
		s->sessions[(size_t)track * TIMETABLE_SESSION_WORDS + session / 64] &=
			~((uint64_t)1 << (session % 64));
		count_run(s, track);
	}
	if (--s->in_room[(size_t)track * p->n_rooms + room] == 0 && --s->n_rooms[track] > 0) {
		s->value -= p->weights[TIMETABLE_ROOMS_PER_TRACK];
		s->n_breaches--;
	}
	count_cell(s, track, cell, -1);
}

/* ---- submissions ---- */

/* Slots that both have, of two that are in the same session. */
static uint32_t overlap(const struct timetable_state *s, uint32_t one, uint32_t other)
{
	const struct timetable_submission *of = s->t->p->submissions;
	uint32_t a = s->slot_of[one], b = s->slot_of[other];
	uint32_t a_end = a + of[one].n_slots, b_end = b + of[other].n_slots;
	uint32_t from = a > b ? a : b, to = a_end < b_end ? a_end : b_end;

	return to > from ? to - from : 0;
}

struct meetings {
	int64_t in_session, in_slot; /* in different rooms; slots that are shared */
};

static struct meetings meetings_of(
	struct timetable_state *s, const struct timetable_lists *lists, uint32_t i)
{
	struct meetings m = {0};
	uint16_t session = s->session_of[i];

	if (!lists->start)
		return m;
	s->work += (lists->start[i + 1] - lists->start[i]) / CONFLICTS_A_WORK;
	for (uint32_t k = lists->start[i]; k < lists->start[i + 1]; k++) {
		uint32_t other = lists->items[k];
		if (s->session_of[other] != session)
			continue;
		m.in_session += s->cell_of[other] != s->cell_of[i];
		if (s->t->has_slots)
			m.in_slot += overlap(s, i, other);
	}
	return m;
}

/* Counts a submission where it lies now: sign 1 when it came, -1 before it goes. */
static void count_submission(struct timetable_state *s, uint32_t i, int64_t sign)
{
	const struct timetable_tables *t = s->t;
	const int64_t *w = t->p->weights;
	struct meetings presenter = meetings_of(s, &t->presenter, i);
	struct timetable_price sum =
		t->submission_session[(size_t)i * t->p->n_sessions + s->session_of[i]];

	if (t->submission_room)
		timetable_price_add(&sum,
			&t->submission_room[(size_t)i * t->p->n_rooms +
					    s->cell_of[i] % t->p->n_rooms],
			1);
	sum.cost += presenter.in_session * w[TIMETABLE_PRESENTER_SESSION] +
		    presenter.in_slot * w[TIMETABLE_PRESENTER_SLOT];
	if (t->attendee.start) {
		struct meetings attendee = meetings_of(s, &t->attendee, i);
		sum.cost += attendee.in_session * w[TIMETABLE_ATTENDEE_SESSION] +
			    attendee.in_slot * w[TIMETABLE_ATTENDEE_SLOT];
	}
	sum.n_breaches += t->is_clash_by_slot ? presenter.in_slot : presenter.in_session;
	s->value += sign * sum.cost;
	s->n_breaches += sign * sum.n_breaches;
}

static void mark(struct timetable_state *s, uint32_t track)
{
	if (!s->t->has_order || s->is_dirty[track])
		return;
	s->is_dirty[track] = true;
	s->dirty[s->n_dirty++] = track;
}

static void note(struct timetable_state *s, uint32_t submission)
{
	if (s->n_steps == s->max_steps) {
		struct timetable_step *more =
			ARENA_RAW_ARRAY(s->arena, s->max_steps * 2, struct timetable_step);
		memcpy(more, s->steps, s->n_steps * sizeof *more);
		s->steps = more;
		s->max_steps *= 2;
	}
	s->work += WORK_OF_STEP;
	s->steps[s->n_steps++] = (struct timetable_step){
		(uint16_t)submission, s->cell_of[submission], s->slot_of[submission]};
}

static void lift(struct timetable_state *s, uint32_t i)
{
	const struct timetable_submission *what = &s->t->p->submissions[i];
	uint32_t cell = s->cell_of[i];
	uint16_t *slots = s->occupant + (size_t)cell * s->t->n_slots + s->slot_of[i];

	count_submission(s, i, -1);
	for (uint32_t k = 0; k < what->n_slots; k++)
		slots[k] = TIMETABLE_FREE;
	s->used[cell] = (uint16_t)(s->used[cell] - what->n_slots);
	s->cell_of[i] = TIMETABLE_NONE;
	s->session_of[i] = UINT16_MAX;
	if (--s->n_in[cell] == 0)
		close_cell(s, cell);
	timetable_bag_add(&s->unplaced, i);
	s->n_gaps += what->n_slots;
	mark(s, what->track);
}

static void lay(struct timetable_state *s, uint32_t i, uint32_t cell, uint32_t slot)
{
	const struct timetable_submission *what = &s->t->p->submissions[i];
	uint16_t *slots = s->occupant + (size_t)cell * s->t->n_slots + slot;

	if (s->n_in[cell]++ == 0)
		open_cell(s, what->track, cell);
	assert(s->track_of[cell] == what->track);
	for (uint32_t k = 0; k < what->n_slots; k++) {
		assert(slots[k] == TIMETABLE_FREE);
		slots[k] = (uint16_t)i;
	}
	s->used[cell] = (uint16_t)(s->used[cell] + what->n_slots);
	s->cell_of[i] = cell;
	s->session_of[i] = (uint16_t)timetable_session_of(s->t, cell);
	s->slot_of[i] = (uint16_t)slot;
	count_submission(s, i, 1);
	timetable_bag_remove(&s->unplaced, i);
	s->n_gaps -= what->n_slots;
	mark(s, what->track);
}

void timetable_state_take(struct timetable_state *s, uint32_t submission)
{
	note(s, submission);
	lift(s, submission);
}

void timetable_state_put(
	struct timetable_state *s, uint32_t submission, uint32_t cell, uint32_t slot)
{
	note(s, submission);
	lay(s, submission, cell, slot);
}

static void slide(struct timetable_state *s, uint32_t i, uint32_t slot)
{
	uint32_t cell = s->cell_of[i], n = s->t->p->submissions[i].n_slots;
	uint16_t *slots = s->occupant + (size_t)cell * s->t->n_slots;

	if (s->t->has_slots)
		count_submission(s, i, -1);
	for (uint32_t k = 0; k < n; k++)
		slots[s->slot_of[i] + k] = TIMETABLE_FREE;
	s->slot_of[i] = (uint16_t)slot;
	for (uint32_t k = 0; k < n; k++) {
		assert(slots[slot + k] == TIMETABLE_FREE);
		slots[slot + k] = (uint16_t)i;
	}
	if (s->t->has_slots)
		count_submission(s, i, 1);
	mark(s, s->t->p->submissions[i].track);
}

void timetable_state_shift(struct timetable_state *s, uint32_t submission, uint32_t slot)
{
	note(s, submission);
	slide(s, submission, slot);
}

void timetable_state_settle(struct timetable_state *s)
{
	const int64_t weight = s->t->p->weights[TIMETABLE_ORDER];

	while (s->n_dirty > 0) {
		uint32_t track = s->dirty[--s->n_dirty];
		int64_t cost = weight * timetable_order_count(s, track);
		s->work += 2 * (uint64_t)s->t->need[track];
		s->value += cost - s->order_cost[track];
		s->order_cost[track] = cost;
		s->is_dirty[track] = false;
	}
}

void timetable_state_keep(struct timetable_state *s)
{
	s->n_steps = 0;
}

void timetable_state_undo(struct timetable_state *s)
{
	size_t n = s->n_steps;

	while (n > 0) {
		const struct timetable_step *step = &s->steps[--n];
		if (s->cell_of[step->submission] == step->cell)
			slide(s, step->submission, step->slot);
		else if (step->cell == TIMETABLE_NONE)
			lift(s, step->submission);
		else
			lay(s, step->submission, step->cell, step->slot);
	}
	s->n_steps = 0;
	timetable_state_settle(s);
}

bool timetable_state_is_free(
	const struct timetable_state *s, uint32_t cell, uint32_t slot, uint32_t n_slots)
{
	const uint16_t *slots = s->occupant + (size_t)cell * s->t->n_slots;

	if (slot + n_slots > timetable_slots_of(s->t, cell))
		return false;
	for (uint32_t k = 0; k < n_slots; k++)
		if (slots[slot + k] != TIMETABLE_FREE)
			return false;
	return true;
}
