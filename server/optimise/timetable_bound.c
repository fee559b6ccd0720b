/*
 * Lower bounds by counting. The parts are about different kinds of penalty, so their sum is a bound:
 *   sessions and rooms: dislikes of tracks and submissions (timetable_bound_sessions.c);
 *     in the strict regime also consecutive_tracks (timetable_bound_tracks.c);
 *   order, people, and what tracks need beside themselves: here.
 */
#include <string.h>
#include "optimise/timetable_bound.h"
#include "optimise/timetable_check.h"

enum { MAX_PEOPLE = 2000 }; /* looked at, of those who are named often */

/* ---- order ---- */

/*
 * Ordinals of the n submissions of a track are 1 .. n, each once. So of those that want the same
 * ordinal all but one are disappointed, and so are all that want one above n.
 */
static int64_t forced_order(struct arena *a, const struct timetable_problem *p)
{
	uint32_t *n_of_track = ARENA_ARRAY(a, p->n_tracks, uint32_t);
	size_t columns = TIMETABLE_MAX_SUBMISSIONS + 1;
	uint32_t *taken_by = ARENA_ARRAY(a, columns, uint32_t); /* [ordinal], track + 1 */
	int64_t n = 0;

	for (uint32_t i = 0; i < p->n_submissions; i++)
		n_of_track[p->submissions[i].track]++;
	for (uint32_t track = 0; track < p->n_tracks; track++) {
		for (uint32_t i = 0; i < p->n_submissions; i++) {
			uint32_t order = p->submissions[i].order;
			if (p->submissions[i].track != track || !order)
				continue;
			n += order > n_of_track[track] || taken_by[order] == track + 1;
			taken_by[order] = track + 1;
		}
	}
	return n;
}

/* ---- tracks beside themselves ---- */

/*
 * Of submissions of k slots or more, a cell of a session holds at most (slots of the session / k),
 * rounded down. With one cell in every session a track has place for the sum of that. Each cell
 * above it stands beside another one of the track, and holds at most as many as the longest session
 * does. Cells that share a session are in different rooms.
 */
static int64_t forced_parallel(const struct timetable_problem *p, uint32_t track)
{
	int64_t most = 0, n = 1;

	for (uint32_t k = 1; k <= TIMETABLE_MAX_SLOTS && n; k++) {
		int64_t places = 0, longest = 0;
		n = 0;
		for (uint32_t i = 0; i < p->n_submissions; i++)
			n += p->submissions[i].track == track && p->submissions[i].n_slots >= k;
		for (uint32_t s = 0; s < p->n_sessions; s++) {
			int64_t here = p->sessions[s].n_slots / k;
			places += here;
			longest = here > longest ? here : longest;
		}
		/* Of slots rather than of submissions, when all are counted. */
		for (uint32_t i = 0; i < p->n_submissions && k == 1; i++)
			n += p->submissions[i].track == track ? p->submissions[i].n_slots - 1 : 0;
		if (n > places && longest && (n - places + longest - 1) / longest > most)
			most = (n - places + longest - 1) / longest;
	}
	return most;
}

static int64_t forced_by_length(const struct timetable_problem *p)
{
	int64_t sum = 0;

	for (uint32_t track = 0; track < p->n_tracks; track++) {
		int64_t n = forced_parallel(p, track);
		/* Some session has at least n / n_sessions cells too many, rounded up. */
		int64_t rooms = (n + p->n_sessions - 1) / p->n_sessions;
		sum += n * p->weights[TIMETABLE_PARALLEL_TRACKS] +
			rooms * p->weights[TIMETABLE_ROOMS_PER_TRACK];
	}
	return sum;
}

/* ---- people ---- */

/* Pairs that share one of m boxes when n things are put into them: least when spread evenly. */
static int64_t pairs_in_boxes(int64_t n, int64_t m)
{
	int64_t each = n / m, more = n % m;

	return m * each * (each - 1) / 2 + more * each;
}

struct person {
	uint32_t n_tracks, n_slots;
	bool is_counted;
};

/* How many tracks somebody's submissions are of, and how many slots they take. */
static struct person person_of(const struct timetable_problem *p, uint32_t person, bool presents,
	const bool *is_used, uint32_t *seen_by)
{
	struct person found = {.is_counted = true};

	for (uint32_t i = 0; i < p->n_submissions; i++) {
		const struct timetable_submission *s = &p->submissions[i];
		const uint32_t *people = presents ? s->presenters : s->attendees;
		uint32_t n = presents ? s->n_presenters : s->n_attendees;
		bool is_in = false;
		for (uint32_t k = 0; k < n && !is_in; k++)
			is_in = people[k] == person;
		if (!is_in)
			continue;
		found.is_counted = found.is_counted && !is_used[i];
		found.n_tracks += seen_by[s->track] != person + 1;
		seen_by[s->track] = person + 1;
		found.n_slots += s->n_slots;
	}
	return found;
}

static void use_person(
	const struct timetable_problem *p, uint32_t person, bool presents, bool *is_used)
{
	for (uint32_t i = 0; i < p->n_submissions; i++) {
		const struct timetable_submission *s = &p->submissions[i];
		const uint32_t *people = presents ? s->presenters : s->attendees;
		uint32_t n = presents ? s->n_presenters : s->n_attendees;
		for (uint32_t k = 0; k < n; k++)
			is_used[i] = is_used[i] || people[k] == person;
	}
}

/*
 * Submissions of different tracks are in different cells. So of somebody's submissions take one of
 * each track: two of them in one session conflict. With m tracks and fewer sessions at least as many
 * conflict as when they are spread evenly. Likewise two that take the same slot of the same session.
 * People are counted while no two of them share a submission, so that no pair is counted twice.
 */
static int64_t forced_people(struct arena *a, const struct timetable_problem *p, bool presents)
{
	int64_t in_session = p->weights[presents ? TIMETABLE_PRESENTER_SESSION
						 : TIMETABLE_ATTENDEE_SESSION];
	int64_t in_slot =
		p->weights[presents ? TIMETABLE_PRESENTER_SLOT : TIMETABLE_ATTENDEE_SLOT];
	int64_t sum = 0, n_slots = 0, n_asked = 0;
	bool *is_used = ARENA_ARRAY(a, p->n_submissions, bool);
	uint32_t *seen_by = ARENA_ARRAY(a, p->n_tracks, uint32_t);
	uint32_t *n_named = ARENA_ARRAY(a, p->n_people, uint32_t);

	for (uint32_t s = 0; s < p->n_sessions; s++)
		n_slots += p->sessions[s].n_slots;
	for (uint32_t i = 0; i < p->n_submissions; i++) {
		const struct timetable_submission *s = &p->submissions[i];
		for (uint32_t k = presents ? s->n_presenters : s->n_attendees; k-- > 0;)
			n_named[(presents ? s->presenters : s->attendees)[k]] += s->n_slots;
	}
	for (uint32_t person = 0; person < p->n_people; person++) {
		/* Who has no more slots than there are sessions, need not clash. */
		if (n_named[person] <= p->n_sessions || n_asked++ > MAX_PEOPLE)
			continue;
		struct person found = person_of(p, person, presents, is_used, seen_by);
		int64_t cost = in_session * pairs_in_boxes(found.n_tracks, p->n_sessions) +
			in_slot * pairs_in_boxes(found.n_slots, n_slots);
		if (!cost || !found.is_counted)
			continue;
		sum += cost;
		use_person(p, person, presents, is_used);
	}
	return sum;
}

/* ---- all ---- */

int64_t timetable_bound(struct arena *a, const struct timetable_problem *p, bool is_strict)
{
	struct arena *scratch = arena_new();
	struct timetable_counter counter = timetable_counter_of(scratch, p);
	int64_t places = timetable_bound_of_sessions(scratch, &counter, is_strict);

	if (is_strict) {
		int64_t tracks = timetable_bound_of_tracks(scratch, &counter);
		places = tracks > places ? tracks : places;
	}
	int64_t bound = places + p->weights[TIMETABLE_ORDER] * forced_order(scratch, p) +
		forced_by_length(p) + forced_people(scratch, p, true) +
		forced_people(scratch, p, false);
	arena_free(scratch);
	(void)a;
	return bound;
}
