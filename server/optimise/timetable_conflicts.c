#include "optimise/timetable_conflicts.h"

#include <string.h>

/* Who is named where, person by person. */
struct naming {
	uint32_t *start; /* [person + 1] */
	uint32_t *item;  /* submissions, or tracks */
};

enum list { PRESENTERS, ATTENDEES, CHAIRS };

static uint32_t names_of(const struct timetable_problem *p, enum list list, uint32_t i,
	const uint32_t **people)
{
	if (list == CHAIRS) {
		*people = p->tracks[i].chairs;
		return p->tracks[i].n_chairs;
	}
	const struct timetable_submission *s = &p->submissions[i];
	*people = list == PRESENTERS ? s->presenters : s->attendees;
	return list == PRESENTERS ? s->n_presenters : s->n_attendees;
}

static struct naming naming_of(
	struct arena *a, const struct timetable_problem *p, enum list list)
{
	uint32_t n = list == CHAIRS ? p->n_tracks : p->n_submissions;
	struct naming r = {.start = ARENA_ARRAY(a, (size_t)p->n_people + 2, uint32_t)};
	const uint32_t *people;

	for (uint32_t i = 0; i < n; i++)
		for (uint32_t k = names_of(p, list, i, &people); k-- > 0;)
			r.start[people[k] + 2]++;
	for (uint32_t person = 0; person < p->n_people; person++)
		r.start[person + 2] += r.start[person + 1];
	r.item = ARENA_ARRAY(a, r.start[p->n_people + 1], uint32_t);
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t k = names_of(p, list, i, &people); k-- > 0;)
			r.item[r.start[people[k] + 1]++] = i;
	return r;
}

static void set(uint64_t *row, uint32_t i)
{
	row[i / 64] |= (uint64_t)1 << (i % 64);
}

/* Sets what else a person does against a submission; those of the track `except` are left out. */
static void add(uint64_t *row, const uint64_t *with, const uint64_t *except, uint32_t n_words)
{
	for (uint32_t w = 0; w < n_words; w++)
		row[w] |= except ? with[w] & ~except[w] : with[w];
}

struct making {
	const struct timetable_problem *p;
	struct timetable_conflicts *c;
	uint64_t *of_track; /* [track * n_words]: the submissions of a track */
	struct naming lists[3], members; /* members: submissions by track */
	uint64_t *presents, *attends, *chairs; /* of the person at hand */
};

static uint64_t *row_of(const struct making *m, uint64_t *table, uint32_t i)
{
	return table + (size_t)i * m->c->n_words;
}

static void add_presented(struct making *m, uint32_t submission, bool is_attending, bool is_chair)
{
	const struct timetable_conflicts *c = m->c;
	const uint64_t *track = row_of(m, m->of_track, m->p->submissions[submission].track);
	uint64_t *row = row_of(m, c->presenter, submission);

	add(row, m->presents, NULL, c->n_words);
	if (is_chair)
		add(row, m->chairs, track, c->n_words);
	if (is_attending)
		add(row_of(m, c->attendee, submission), m->attends, NULL, c->n_words);
}

static void add_attended(struct making *m, uint32_t submission, bool is_chair)
{
	const struct timetable_conflicts *c = m->c;
	const uint64_t *track = row_of(m, m->of_track, m->p->submissions[submission].track);
	uint64_t *row = row_of(m, c->attendee, submission);

	add(row, m->attends, NULL, c->n_words);
	add(row, m->presents, NULL, c->n_words);
	if (is_chair)
		add(row, m->chairs, track, c->n_words);
}

static void add_chaired(struct making *m, uint32_t track)
{
	const struct timetable_conflicts *c = m->c;
	const uint64_t *own = row_of(m, m->of_track, track);

	for (uint32_t k = m->members.start[track]; k < m->members.start[track + 1]; k++) {
		uint32_t submission = m->members.item[k];
		add(row_of(m, c->presenter, submission), m->presents, own, c->n_words);
		add(row_of(m, c->attendee, submission), m->attends, own, c->n_words);
	}
}

static void add_person(struct making *m, uint32_t person)
{
	uint32_t from[3], to[3];
	size_t row_bytes = m->c->n_words * sizeof(uint64_t);

	for (size_t i = 0; i < 3; i++) {
		from[i] = m->lists[i].start[person];
		to[i] = m->lists[i].start[person + 1];
	}
	if (to[PRESENTERS] - from[PRESENTERS] + to[ATTENDEES] - from[ATTENDEES] == 0)
		return;
	memset(m->presents, 0, row_bytes);
	memset(m->attends, 0, row_bytes);
	memset(m->chairs, 0, row_bytes);
	for (uint32_t k = from[PRESENTERS]; k < to[PRESENTERS]; k++)
		set(m->presents, m->lists[PRESENTERS].item[k]);
	for (uint32_t k = from[ATTENDEES]; k < to[ATTENDEES]; k++)
		set(m->attends, m->lists[ATTENDEES].item[k]);
	for (uint32_t k = from[CHAIRS]; k < to[CHAIRS]; k++)
		add(m->chairs, row_of(m, m->of_track, m->lists[CHAIRS].item[k]), NULL,
			m->c->n_words);
	bool is_chair = to[CHAIRS] > from[CHAIRS], is_attending = to[ATTENDEES] > from[ATTENDEES];
	for (uint32_t k = from[PRESENTERS]; k < to[PRESENTERS]; k++)
		add_presented(m, m->lists[PRESENTERS].item[k], is_attending, is_chair);
	for (uint32_t k = from[ATTENDEES]; k < to[ATTENDEES]; k++)
		add_attended(m, m->lists[ATTENDEES].item[k], is_chair);
	for (uint32_t k = from[CHAIRS]; k < to[CHAIRS]; k++)
		add_chaired(m, m->lists[CHAIRS].item[k]);
}

static struct naming members_of(struct arena *a, const struct timetable_problem *p)
{
	struct naming r = {.start = ARENA_ARRAY(a, (size_t)p->n_tracks + 2, uint32_t),
		.item = ARENA_ARRAY(a, p->n_submissions, uint32_t)};

	for (uint32_t i = 0; i < p->n_submissions; i++)
		r.start[p->submissions[i].track + 2]++;
	for (uint32_t t = 0; t < p->n_tracks; t++)
		r.start[t + 2] += r.start[t + 1];
	for (uint32_t i = 0; i < p->n_submissions; i++)
		r.item[r.start[p->submissions[i].track + 1]++] = i;
	return r;
}

struct timetable_conflicts timetable_conflicts_of(
	struct arena *a, const struct timetable_problem *p)
{
	struct timetable_conflicts c = {.n_words = (p->n_submissions + 63) / 64};
	size_t cells = (size_t)p->n_submissions * c.n_words;
	struct arena *scratch = arena_new();
	struct making m = {.p = p, .c = &c, .members = members_of(scratch, p),
		.of_track = ARENA_ARRAY(scratch, (size_t)p->n_tracks * c.n_words, uint64_t),
		.presents = ARENA_ARRAY(scratch, c.n_words, uint64_t),
		.attends = ARENA_ARRAY(scratch, c.n_words, uint64_t),
		.chairs = ARENA_ARRAY(scratch, c.n_words, uint64_t)};

	c.presenter = ARENA_ARRAY(a, cells, uint64_t);
	c.attendee = ARENA_ARRAY(a, cells, uint64_t);
	for (enum list list = PRESENTERS; list <= CHAIRS; list++)
		m.lists[list] = naming_of(scratch, p, list);
	for (uint32_t i = 0; i < p->n_submissions; i++)
		set(row_of(&m, m.of_track, p->submissions[i].track), i);
	for (uint32_t person = 0; person < p->n_people; person++)
		add_person(&m, person);
	for (uint32_t i = 0; i < p->n_submissions; i++) {
		uint64_t self = (uint64_t)1 << (i % 64);
		c.presenter[(size_t)i * c.n_words + i / 64] &= ~self;
		c.attendee[(size_t)i * c.n_words + i / 64] &= ~self;
	}
	arena_free(scratch);
	return c;
}

/* ---- who it is ---- */

static uint32_t shared(
	const uint32_t *one, uint32_t n_one, const uint32_t *other, uint32_t n_other)
{
	for (uint32_t i = 0; i < n_one; i++)
		for (uint32_t k = 0; k < n_other; k++)
			if (one[i] == other[k])
				return one[i];
	return UINT32_MAX;
}

/* A person of the list who presents or attends `one` and is wanted at `other`. */
static uint32_t wanted_at(const struct timetable_problem *p, uint32_t one, uint32_t other,
	bool presenting)
{
	const struct timetable_submission *s = &p->submissions[one], *o = &p->submissions[other];
	const struct timetable_track *track = &p->tracks[o->track];
	const uint32_t *people = presenting ? s->presenters : s->attendees;
	uint32_t n = presenting ? s->n_presenters : s->n_attendees, person;

	person = shared(people, n, o->presenters, o->n_presenters);
	if (person == UINT32_MAX && !presenting)
		person = shared(people, n, o->attendees, o->n_attendees);
	if (person == UINT32_MAX && s->track != o->track)
		person = shared(people, n, track->chairs, track->n_chairs);
	return person;
}

uint32_t timetable_conflict_person(
	const struct timetable_problem *p, uint32_t one, uint32_t other, bool presenting)
{
	uint32_t person = wanted_at(p, one, other, presenting);

	return person == UINT32_MAX ? wanted_at(p, other, one, presenting) : person;
}
