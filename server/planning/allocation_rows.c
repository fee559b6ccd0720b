/* Rows to problem: slots from times, classes from masterclasses, attendees from wishes. */
#include "planning/allocation_rows.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX_BYTES = 64 << 20 };

/* ---- reading ---- */

enum rc allocation_rows_load(struct db *db, struct arena *a, int64_t event_id,
	struct allocation_rows *r, struct err *err)
{
	struct q_seating_get seating;

	TRY(q_seating_get(db, a, &(struct q_seating_get_in){.id = event_id}, &seating, err));
	r->most_seats = seating.most_seats;
	TRY(q_masterclasses_of_event(db, a,
		&(struct q_masterclasses_of_event_in){.event_id = event_id}, &r->masterclasses,
		&r->n_masterclasses, err));
	TRY(q_allocation_sessions(db, a, &(struct q_allocation_sessions_in){.event_id = event_id},
		&r->sessions, &r->n_sessions, err));
	TRY(q_allocation_wishers(db, a, &(struct q_allocation_wishers_in){.event_id = event_id},
		&r->wishers, &r->n_wishers, err));
	TRY(q_allocation_wishes(db, a, &(struct q_allocation_wishes_in){.event_id = event_id},
		&r->wishes, &r->n_wishes, err));
	TRY(q_allocation_bookings(db, a, &(struct q_allocation_bookings_in){.event_id = event_id},
		&r->bookings, &r->n_bookings, err));
	return q_allocation_duties(db, a, &(struct q_allocation_duties_in){.event_id = event_id},
		&r->duties, &r->n_duties, err);
}

static void add_numbers(struct buf *b, size_t n, const int64_t *numbers)
{
	for (size_t i = 0; i < n; i++) {
		buf_i64(b, numbers[i]);
		buf_char(b, i + 1 < n ? ' ' : '\n');
	}
}
#define ADD(b, ...)                                                                                \
	add_numbers(b, sizeof((int64_t[]){__VA_ARGS__}) / sizeof(int64_t), (int64_t[]){__VA_ARGS__})

const char *allocation_rows_text(struct arena *a, const struct allocation_rows *r)
{
	struct buf b = buf_in(a, TEXT_MAX_BYTES);

	ADD(&b, r->most_seats, (int64_t)r->n_sessions, (int64_t)r->n_wishers, (int64_t)r->n_wishes,
		(int64_t)r->n_bookings, (int64_t)r->n_duties);
	for (size_t i = 0; i < r->n_sessions; i++) {
		const struct q_allocation_sessions *s = &r->sessions[i];
		ADD(&b, s->id, s->masterclass_id, s->starts_at, s->ends_at, s->capacity, s->taken);
	}
	for (size_t i = 0; i < r->n_wishers; i++) {
		buf_text(&b, r->wishers[i].code);
		ADD(&b, r->wishers[i].registration_id, r->wishers[i].is_first);
	}
	for (size_t i = 0; i < r->n_wishes; i++)
		ADD(&b, r->wishes[i].registration_id, r->wishes[i].masterclass_id);
	for (size_t i = 0; i < r->n_bookings; i++) {
		buf_text(&b, r->bookings[i].state);
		ADD(&b, r->bookings[i].registration_id, r->bookings[i].session_id,
			r->bookings[i].starts_at, r->bookings[i].ends_at);
	}
	for (size_t i = 0; i < r->n_duties; i++)
		ADD(&b, r->duties[i].registration_id, r->duties[i].starts_at, r->duties[i].ends_at);
	return buf_cstr(&b);
}

const struct q_masterclasses_of_event *allocation_masterclass(
	const struct allocation_rows *rows, int64_t id)
{
	for (size_t i = 0; i < rows->n_masterclasses; i++)
		if (rows->masterclasses[i].id == id)
			return &rows->masterclasses[i];
	return NULL;
}

/* ---- classes ---- */

static int by_id(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

	return (a > b) - (a < b);
}

static void number_classes(struct arena *a, struct allocation_setup *s)
{
	const struct allocation_rows *r = s->rows;
	uint32_t n = 0;

	s->masterclass_ids = ARENA_ARRAY(a, r->n_masterclasses, int64_t);
	for (size_t i = 0; i < r->n_masterclasses; i++)
		s->masterclass_ids[n++] = r->masterclasses[i].id;
	if (n)
		qsort(s->masterclass_ids, n, sizeof(int64_t), by_id);
	s->problem.n_classes = n;
}

static uint32_t class_of(const struct allocation_setup *s, int64_t masterclass_id)
{
	const int64_t *found = bsearch(
		&masterclass_id, s->masterclass_ids, s->problem.n_classes, sizeof(int64_t), by_id);

	return found ? (uint32_t)(found - s->masterclass_ids) : ALLOCATE_NONE;
}

/* ---- slots ---- */

/* Sessions come in order of their start: a slot ends where one starts after all before have ended.
 */
static enum rc lay_slots(
	struct arena *a, struct allocation_setup *s, enum allocation_aim aim, struct err *err)
{
	const struct allocation_rows *r = s->rows;
	int64_t last_end = INT64_MIN, first_end = INT64_MAX;
	uint32_t n_slots = 0;

	if (r->n_sessions > ALLOCATE_MAX_OFFERINGS)
		return err_set(err, CONFLICT, "More than %d repeats are too many to work out",
			ALLOCATE_MAX_OFFERINGS);
	s->problem.offerings = ARENA_ARRAY(a, r->n_sessions, struct allocate_offering);
	s->problem.n_offerings = (uint32_t)r->n_sessions;
	for (size_t i = 0; i < r->n_sessions; i++) {
		const struct q_allocation_sessions *row = &r->sessions[i];
		if (row->starts_at >= last_end) {
			n_slots++;
			first_end = INT64_MAX;
		}
		s->is_joined = s->is_joined || row->starts_at >= first_end;
		last_end = row->ends_at > last_end ? row->ends_at : last_end;
		first_end = row->ends_at < first_end ? row->ends_at : first_end;
		s->problem.offerings[i] = (struct allocate_offering){
			.class_id = class_of(s, row->masterclass_id),
			.slot = n_slots - 1,
			.capacity = aim == TO_GIVE ? (uint32_t)(row->capacity - row->taken) : 0,
		};
	}
	s->problem.n_slots = n_slots;
	if (n_slots > ALLOCATE_MAX_SLOTS)
		return err_set(err, CONFLICT,
			"Masterclasses at more than %d different times are too many to work out",
			ALLOCATE_MAX_SLOTS);
	return OK;
}

/* ---- one attendee ---- */

struct making {
	struct arena *a;
	enum allocation_aim aim;
	struct allocation_setup *s;
	size_t wish, booking; /* what is read next */
	size_t max_seats;
};

struct one {
	uint32_t wishes[ALLOCATE_MAX_WISHES];
	uint32_t n_wishes, want;
	uint64_t busy, held; /* slots */
	uint32_t seats[ALLOCATE_MAX_WANT];
	uint32_t n_seats;
	bool fits;
};

static bool wishes_for(const struct one *o, uint32_t class_id)
{
	for (uint32_t i = 0; i < o->n_wishes; i++)
		if (o->wishes[i] == class_id)
			return true;
	return false;
}

static void drop_wish(struct one *o, uint32_t class_id)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < o->n_wishes; i++)
		if (o->wishes[i] != class_id)
			o->wishes[kept++] = o->wishes[i];
	o->n_wishes = kept;
}

/* The slots in which something wished for would clash. */
static uint64_t slots_beside(
	const struct making *m, const struct one *o, int64_t starts_at, int64_t ends_at)
{
	uint64_t slots = 0;

	for (uint32_t i = 0; i < m->s->problem.n_offerings; i++) {
		const struct q_allocation_sessions *row = &m->s->rows->sessions[i];
		const struct allocate_offering *offering = &m->s->problem.offerings[i];
		if (row->starts_at < ends_at && row->ends_at > starts_at &&
			wishes_for(o, offering->class_id))
			slots |= UINT64_C(1) << offering->slot;
	}
	return slots;
}

static uint32_t offering_of(const struct allocation_setup *s, int64_t session_id)
{
	for (uint32_t i = 0; i < s->problem.n_offerings; i++)
		if (s->rows->sessions[i].id == session_id)
			return i;
	return ALLOCATE_NONE;
}

/* A seat in what was wished for, which may move. */
static void hold_seat(const struct making *m, struct one *o, uint32_t offering)
{
	uint64_t slot = UINT64_C(1) << m->s->problem.offerings[offering].slot;

	o->fits = o->fits && !(o->held & slot) && o->n_seats < ALLOCATE_MAX_WANT;
	o->held |= slot;
	if (o->n_seats < ALLOCATE_MAX_WANT)
		o->seats[o->n_seats++] = offering;
}

static void take_booking(
	const struct making *m, struct one *o, const struct q_allocation_bookings *b)
{
	uint32_t class_id = b->masterclass_id ? class_of(m->s, b->masterclass_id) : ALLOCATE_NONE;
	uint32_t offering = offering_of(m->s, b->session_id);

	if (m->aim == TO_MOVE && text_equal(b->state, "booked") && offering != ALLOCATE_NONE &&
		wishes_for(o, class_id)) {
		hold_seat(m, o, offering);
		return;
	}
	drop_wish(o, class_id);
	if (b->starts_at)
		o->busy |= slots_beside(m, o, b->starts_at, b->ends_at);
	if (b->masterclass_id && o->want)
		o->want--;
}

/* The rows of one person: wishes and bookings stand in the wishers' order, duties by person. */
static void take_wishes(struct making *m, struct one *o, int64_t registration_id)
{
	const struct allocation_rows *r = m->s->rows;

	while (m->wish < r->n_wishes && r->wishes[m->wish].registration_id == registration_id) {
		uint32_t class_id = class_of(m->s, r->wishes[m->wish++].masterclass_id);
		if (class_id != ALLOCATE_NONE && o->n_wishes < ALLOCATE_MAX_WISHES)
			o->wishes[o->n_wishes++] = class_id;
	}
}

static size_t first_duty(const struct allocation_rows *r, int64_t registration_id)
{
	size_t low = 0, high = r->n_duties;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (r->duties[middle].registration_id < registration_id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void take_duties(const struct making *m, struct one *o, int64_t registration_id)
{
	const struct allocation_rows *r = m->s->rows;

	for (size_t i = first_duty(r, registration_id);
		i < r->n_duties && r->duties[i].registration_id == registration_id; i++)
		o->busy |= slots_beside(m, o, r->duties[i].starts_at, r->duties[i].ends_at);
}

static void take_bookings(struct making *m, struct one *o, int64_t registration_id)
{
	const struct allocation_rows *r = m->s->rows;

	for (; m->booking < r->n_bookings &&
		r->bookings[m->booking].registration_id == registration_id;
		m->booking++)
		take_booking(m, o, &r->bookings[m->booking]);
}

/* Rows of people who no longer come, or wish nothing, are passed over. */
static void skip_to(struct making *m, const char *code)
{
	const struct allocation_rows *r = m->s->rows;

	while (m->wish < r->n_wishes && strcmp(r->wishes[m->wish].code, code) < 0)
		m->wish++;
	while (m->booking < r->n_bookings && strcmp(r->bookings[m->booking].code, code) < 0)
		m->booking++;
}

static void add_seats(struct making *m, const struct one *o, uint32_t attendee)
{
	struct allocation_setup *s = m->s;

	for (uint32_t i = 0; i < o->n_seats; i++) {
		s->seats[s->n_seats++] = (struct allocate_seat){attendee, o->seats[i], 0};
		s->problem.offerings[o->seats[i]].capacity++;
	}
}

/* Is there a time at which something wished for could be attended? */
static bool is_free(const struct making *m, const struct one *o)
{
	for (uint32_t i = 0; i < m->s->problem.n_offerings; i++) {
		const struct allocate_offering *offering = &m->s->problem.offerings[i];
		if (!(o->busy >> offering->slot & 1) && wishes_for(o, offering->class_id))
			return true;
	}
	return false;
}

static void add_attendee(struct making *m, size_t wisher)
{
	struct allocation_setup *s = m->s;
	const struct q_allocation_wishers *row = &s->rows->wishers[wisher];
	struct one o = {.want = (uint32_t)s->rows->most_seats, .fits = true};
	uint32_t attendee = s->problem.n_attendees, *wishes;

	skip_to(m, row->code);
	take_wishes(m, &o, row->registration_id);
	take_bookings(m, &o, row->registration_id);
	take_duties(m, &o, row->registration_id);
	if (o.want < o.n_seats)
		o.want = o.n_seats;
	s->is_busy[wisher] = o.n_wishes && o.want && !is_free(m, &o);
	if (!o.n_wishes || !o.want || !o.fits || (o.held & o.busy) || s->is_busy[wisher])
		return;
	wishes = ARENA_ARRAY(m->a, o.n_wishes, uint32_t);
	memcpy(wishes, o.wishes, o.n_wishes * sizeof(*wishes));
	add_seats(m, &o, attendee);
	s->wisher_of[attendee] = (uint32_t)wisher;
	s->problem.attendees[attendee] = (struct allocate_attendee){
		.want = o.want,
		.priority = row->is_first ? 0 : 1,
		.wishes = wishes,
		.n_wishes = o.n_wishes,
		.busy = o.busy,
		.code = row->code,
	};
	s->problem.n_attendees++;
}

/* ---- all of it ---- */

static int by_offering(const void *x, const void *y)
{
	const struct allocate_seat *a = x, *b = y;

	if (a->attendee != b->attendee)
		return a->attendee < b->attendee ? -1 : 1;
	return (a->offering > b->offering) - (a->offering < b->offering);
}

/* Where nobody is served first there is one group, and it is the first. */
static void close_groups(struct allocate_problem *p)
{
	bool has_first = false;

	for (uint32_t i = 0; i < p->n_attendees; i++)
		has_first = has_first || p->attendees[i].priority == 0;
	for (uint32_t i = 0; !has_first && i < p->n_attendees; i++)
		p->attendees[i].priority = 0;
}

enum rc allocation_setup(struct arena *a, const struct allocation_rows *rows,
	enum allocation_aim aim, struct allocation_setup *s, struct err *err)
{
	struct making m = {.a = a, .aim = aim, .s = s};

	*s = (struct allocation_setup){.rows = rows};
	if (!rows->n_sessions)
		return err_set(err, CONFLICT,
			"No masterclass has a time and places yet: give its repeats both first");
	if (!rows->n_wishers)
		return err_set(err, CONFLICT, "Nobody has ranked a masterclass yet");
	if (rows->n_wishers > ALLOCATE_MAX_ATTENDEES)
		return err_set(err, CONFLICT, "More than %d people are too many to work out",
			ALLOCATE_MAX_ATTENDEES);
	number_classes(a, s);
	TRY(lay_slots(a, s, aim, err));
	s->problem.attendees = ARENA_ARRAY(a, rows->n_wishers, struct allocate_attendee);
	s->wisher_of = ARENA_ARRAY(a, rows->n_wishers, uint32_t);
	s->is_busy = ARENA_ARRAY(a, rows->n_wishers, bool);
	s->seats = ARENA_ARRAY(a, rows->n_bookings, struct allocate_seat);
	for (size_t i = 0; i < rows->n_wishers; i++)
		add_attendee(&m, i);
	if (s->n_seats)
		qsort(s->seats, s->n_seats, sizeof(*s->seats), by_offering);
	close_groups(&s->problem);
	if (!s->problem.n_attendees)
		return err_set(err, CONFLICT,
			"Everybody who wished has a seat already, or is needed elsewhere");
	return OK;
}
