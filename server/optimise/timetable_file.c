/* timetable-1 and timetable-solution-1. */
#include <stdlib.h>
#include <string.h>
#include "optimise/spot.h"
#include "optimise/timetable_check.h"

enum { MAX_PRESENTERS = 100, MAX_ATTENDEES = 2000, MAX_CHAIRS = 100, MAX_DISLIKES = 500000,
	LAST_MINUTE = 2 * 24 * 60 };

/* Half of what an int64_t holds, so that no sum on the way passes it. */
#define MAX_VALUE (INT64_MAX / 2)

/* ---- lists ---- */

static enum rc read_people(struct arena *a, const struct spot *object, const char *key,
	size_t max_n, uint32_t n_people, const uint32_t **out, uint32_t *n_out)
{
	int32_t *people;
	size_t n;

	/* Without anybody there is no last one: every entry is refused. */
	TRY(spot_get_ints(a, object, key, max_n, 0, (int64_t)n_people - 1, &people, &n));
	*out = (const uint32_t *)people;
	*n_out = (uint32_t)n;
	return OK;
}

/* An entry of [a, b, penalty], or of [b, penalty] when there are no a: n_a is 0. */
static enum rc read_dislike(
	const struct spot *entry, uint32_t n_a, uint32_t n_b, struct timetable_dislike *out)
{
	int64_t max[] = {(int64_t)n_a - 1, (int64_t)n_b - 1, TIMETABLE_MAX_PENALTY};
	int64_t value[3] = {0};
	size_t n, i = n_a ? 0 : 1, wanted = 3 - i;
	struct spot item = {0};

	TRY(spot_count(entry, wanted, &n));
	if (n < wanted)
		return spot_refuse(entry, "%zu numbers are wanted", wanted);
	for (; spot_next(entry, &item); i++)
		TRY(spot_int(&item, 0, max[i], &value[i]));
	*out = (struct timetable_dislike){(uint32_t)value[0], (uint32_t)value[1], value[2]};
	return OK;
}

/* Refuses what is said twice and differently; `said` is [n_a][n_b], penalty + 1. */
static enum rc note_dislike(const struct spot *entry, int64_t *said, int64_t penalty, bool *is_new)
{
	*is_new = !*said;
	if (*said && *said != penalty + 1)
		return spot_refuse(entry, "the same was given another penalty before");
	*said = penalty + 1;
	return OK;
}

static enum rc read_dislikes(struct arena *a, const struct spot *object, const char *key,
	uint32_t n_a, uint32_t n_b, const struct timetable_dislike **out, size_t *n_out)
{
	struct spot list, entry = {0};
	size_t n, rows = n_a ? n_a : 1;
	bool is_new;

	TRY(spot_get(object, key, &list));
	TRY(spot_count(&list, MAX_DISLIKES, &n));
	struct timetable_dislike *dislikes = ARENA_ARRAY(a, n, struct timetable_dislike);
	int64_t *said = n ? heap_alloc(rows * n_b * sizeof *said) : NULL;
	enum rc rc = OK;
	size_t k = 0;
	while (rc == OK && spot_next(&list, &entry)) {
		struct timetable_dislike d;
		rc = read_dislike(&entry, n_a, n_b, &d);
		if (rc == OK)
			rc = note_dislike(&entry, &said[d.a * n_b + d.b], d.penalty, &is_new);
		if (rc == OK && is_new)
			dislikes[k++] = d;
	}
	heap_free(said);
	*out = dislikes;
	*n_out = k;
	return rc;
}

/* Both ways round is the same; a track and itself are no two tracks. */
static enum rc read_similar(
	struct arena *a, const struct spot *file, struct timetable_problem *p)
{
	const struct timetable_dislike *given;
	size_t n_given, n = 0, columns = p->n_tracks;
	struct spot list;

	TRY(spot_get(file, "similar_tracks", &list));
	TRY(read_dislikes(
		a, file, "similar_tracks", p->n_tracks, p->n_tracks, &given, &n_given));
	struct timetable_dislike *kept = ARENA_ARRAY(a, n_given, struct timetable_dislike);
	int64_t *said = heap_alloc(columns * columns * sizeof *said);
	enum rc rc = OK;
	for (size_t i = 0; i < n_given && rc == OK; i++) {
		uint32_t x = given[i].a < given[i].b ? given[i].a : given[i].b;
		uint32_t y = given[i].a + given[i].b - x;
		bool is_new;
		rc = note_dislike(&list, &said[x * columns + y], given[i].penalty, &is_new);
		if (is_new && x != y)
			kept[n++] = (struct timetable_dislike){x, y, given[i].penalty};
	}
	heap_free(said);
	p->similar_tracks = kept;
	p->n_similar_tracks = n;
	return rc;
}

/* ---- the problem ---- */

static enum rc read_weights(const struct spot *file, struct timetable_problem *p)
{
	struct spot weights;

	TRY(spot_get(file, "weights", &weights));
	for (enum timetable_penalty kind = 0; kind < TIMETABLE_N_PENALTIES; kind++)
		TRY(spot_get_int(&weights, timetable_penalty_name(kind), 0, TIMETABLE_MAX_WEIGHT,
			&p->weights[kind]));
	for (const cJSON *member = weights.value->child; member; member = member->next) {
		bool is_known = false;
		for (enum timetable_penalty kind = 0; kind < TIMETABLE_N_PENALTIES; kind++)
			is_known = is_known ||
				text_equal(member->string, timetable_penalty_name(kind));
		if (!is_known)
			return spot_refuse(&weights, "%s is no kind of penalty", member->string);
	}
	return OK;
}

static enum rc read_session(
	struct arena *a, const struct spot *item, struct timetable_session *out)
{
	int64_t slots, start, end;

	TRY(spot_get_text(a, item, "name", &out->name));
	TRY(spot_get_text(a, item, "date", &out->date));
	TRY(spot_get_int(item, "slots", 1, TIMETABLE_MAX_SLOTS, &slots));
	TRY(spot_get_int(item, "start", 0, LAST_MINUTE, &start));
	TRY(spot_get_int(item, "end", 0, LAST_MINUTE, &end));
	out->n_slots = (uint32_t)slots;
	out->start_min = (int32_t)start;
	out->end_min = (int32_t)end;
	return OK;
}

static enum rc open_list(
	const struct spot *file, const char *key, size_t max, struct spot *list, uint32_t *n_out)
{
	size_t n;

	TRY(spot_get(file, key, list));
	TRY(spot_count(list, max, &n));
	if (!n)
		return spot_refuse(list, "is empty");
	*n_out = (uint32_t)n;
	return OK;
}

static enum rc read_rooms(struct arena *a, const struct spot *file, struct timetable_problem *p)
{
	struct spot list, item = {0};

	TRY(open_list(file, "rooms", TIMETABLE_MAX_ROOMS, &list, &p->n_rooms));
	p->rooms = ARENA_ARRAY(a, p->n_rooms, const char *);
	for (size_t i = 0; spot_next(&list, &item); i++) {
		/* Only its items are read as texts, which an array has no key for. */
		if (!cJSON_IsString(item.value) || strlen(item.value->valuestring) > 1000)
			return spot_refuse(&item, "a text of at most 1000 bytes is wanted");
		p->rooms[i] = arena_strdup(a, item.value->valuestring);
	}
	return OK;
}

static enum rc read_grid(struct arena *a, const struct spot *file, struct timetable_problem *p)
{
	struct spot list, item = {0};
	int64_t n_people;

	TRY(open_list(file, "sessions", TIMETABLE_MAX_SESSIONS, &list, &p->n_sessions));
	p->sessions = ARENA_ARRAY(a, p->n_sessions, struct timetable_session);
	for (size_t i = 0; spot_next(&list, &item); i++)
		TRY(read_session(a, &item, &p->sessions[i]));
	TRY(read_rooms(a, file, p));
	TRY(spot_get_int(file, "people", 0, TIMETABLE_MAX_PEOPLE, &n_people));
	p->n_people = (uint32_t)n_people;
	TRY(open_list(file, "tracks", TIMETABLE_MAX_TRACKS, &list, &p->n_tracks));
	p->tracks = ARENA_ARRAY(a, p->n_tracks, struct timetable_track);
	item = (struct spot){0};
	for (size_t i = 0; spot_next(&list, &item); i++) {
		struct timetable_track *track = &p->tracks[i];
		TRY(spot_get_text(a, &item, "name", &track->name));
		TRY(read_people(a, &item, "chairs", MAX_CHAIRS, p->n_people, &track->chairs,
			&track->n_chairs));
	}
	return OK;
}

static enum rc read_own_dislikes(struct arena *a, const struct spot *item, const char *key,
	uint32_t n_b, const struct timetable_dislike **out, uint32_t *n_out)
{
	size_t n;

	TRY(read_dislikes(a, item, key, 0, n_b, out, &n));
	*n_out = (uint32_t)n;
	return OK;
}

static enum rc read_submission(struct arena *a, const struct spot *item,
	const struct timetable_problem *p, struct timetable_submission *out)
{
	int64_t track, slots, order;

	TRY(spot_get_text(a, item, "id", &out->id));
	TRY(spot_get_int(item, "track", 0, (int64_t)p->n_tracks - 1, &track));
	TRY(spot_get_int(item, "slots", 1, TIMETABLE_MAX_SLOTS, &slots));
	TRY(spot_get_int(item, "order", 0, TIMETABLE_MAX_SUBMISSIONS, &order));
	out->track = (uint32_t)track;
	out->n_slots = (uint32_t)slots;
	out->order = (uint32_t)order;
	TRY(read_people(a, item, "presenters", MAX_PRESENTERS, p->n_people, &out->presenters,
		&out->n_presenters));
	TRY(read_people(a, item, "attendees", MAX_ATTENDEES, p->n_people, &out->attendees,
		&out->n_attendees));
	TRY(read_own_dislikes(
		a, item, "timezone_penalty", p->n_sessions, &out->timezone, &out->n_timezone));
	TRY(read_own_dislikes(
		a, item, "session_penalty", p->n_sessions, &out->session, &out->n_session));
	return read_own_dislikes(a, item, "room_penalty", p->n_rooms, &out->room, &out->n_room);
}

static int compare_ids(const void *x, const void *y)
{
	const struct timetable_submission *const *a = x, *const *b = y;
	int order = strcmp((*a)->id, (*b)->id);

	return order ? order : (*a > *b) - (*a < *b);
}

static enum rc check_ids(const struct spot *list, const struct timetable_problem *p)
{
	const struct timetable_submission **sorted = heap_alloc(p->n_submissions * sizeof *sorted);
	const struct timetable_submission *twin = NULL;

	for (uint32_t i = 0; i < p->n_submissions; i++)
		sorted[i] = &p->submissions[i];
	qsort(sorted, p->n_submissions, sizeof *sorted, compare_ids);
	for (uint32_t i = 1; i < p->n_submissions && !twin; i++)
		twin = strcmp(sorted[i - 1]->id, sorted[i]->id) ? NULL : sorted[i];
	heap_free(sorted);
	if (!twin)
		return OK;
	struct spot item = {.up = list, .index = (size_t)(twin - p->submissions),
		.err = list->err}, id = {.up = &item, .key = "id", .err = list->err};
	return spot_refuse(&id, "\"%s\" is there twice", twin->id);
}

static enum rc read_submissions(
	struct arena *a, const struct spot *file, struct timetable_problem *p)
{
	struct spot list, item = {0};

	TRY(open_list(file, "submissions", TIMETABLE_MAX_SUBMISSIONS, &list, &p->n_submissions));
	p->submissions = ARENA_ARRAY(a, p->n_submissions, struct timetable_submission);
	for (size_t i = 0; spot_next(&list, &item); i++)
		TRY(read_submission(a, &item, p, &p->submissions[i]));
	return check_ids(&list, p);
}

/* ---- how much a value can be ---- */

static int64_t times(int64_t a, int64_t b)
{
	return b && a > MAX_VALUE / b ? MAX_VALUE : a * b;
}

static void add_most(int64_t *sum, int64_t weight, int64_t count)
{
	int64_t most = times(weight, count);

	*sum = *sum > MAX_VALUE - most ? MAX_VALUE : *sum + most;
}

static int64_t dearest(const struct timetable_dislike *list, size_t n)
{
	int64_t most = 0;

	for (size_t i = 0; i < n; i++)
		most = list[i].penalty > most ? list[i].penalty : most;
	return most;
}

/* No timetable has a value of MAX_VALUE or more. */
static bool is_bounded(const struct timetable_problem *p)
{
	int64_t sum = 0, cells = (int64_t)p->n_sessions * p->n_rooms, n = p->n_submissions;
	int64_t pairs = n * n / 2 * TIMETABLE_MAX_SLOTS, cell_pairs = cells * p->n_rooms / 2;
	const int64_t *w = p->weights;

	add_most(&sum, w[TIMETABLE_TRACK_SESSION],
		cells * dearest(p->track_session, p->n_track_session));
	add_most(&sum, w[TIMETABLE_TRACK_ROOM], cells * dearest(p->track_room, p->n_track_room));
	add_most(&sum, w[TIMETABLE_SESSION_ROOM],
		cells * dearest(p->session_room, p->n_session_room));
	add_most(&sum, w[TIMETABLE_SIMILAR_TRACKS],
		cell_pairs * dearest(p->similar_tracks, p->n_similar_tracks));
	add_most(&sum, w[TIMETABLE_CHAIR], cell_pairs);
	add_most(&sum, w[TIMETABLE_ROOMS_PER_TRACK], cells);
	add_most(&sum, w[TIMETABLE_PARALLEL_TRACKS], cells);
	add_most(&sum, w[TIMETABLE_CONSECUTIVE_TRACKS], p->n_tracks);
	add_most(&sum, w[TIMETABLE_ORDER], n + pairs);
	add_most(&sum, w[TIMETABLE_PRESENTER_SESSION], pairs);
	add_most(&sum, w[TIMETABLE_ATTENDEE_SESSION], pairs);
	add_most(&sum, w[TIMETABLE_PRESENTER_SLOT], pairs);
	add_most(&sum, w[TIMETABLE_ATTENDEE_SLOT], pairs);
	for (uint32_t i = 0; i < p->n_submissions; i++) {
		const struct timetable_submission *s = &p->submissions[i];
		int64_t slots = s->n_slots;
		add_most(&sum, w[TIMETABLE_TIMEZONE], slots * dearest(s->timezone, s->n_timezone));
		add_most(&sum, w[TIMETABLE_SUBMISSION_SESSION],
			slots * dearest(s->session, s->n_session));
		add_most(&sum, w[TIMETABLE_SUBMISSION_ROOM], slots * dearest(s->room, s->n_room));
	}
	return sum < MAX_VALUE;
}

enum rc timetable_read(
	struct arena *a, struct str json, struct timetable_problem *out, struct err *err)
{
	struct timetable_problem p = {0};
	struct spot file;

	TRY(spot_open(a, json, "timetable-1", &file, err));
	TRY(spot_get_text(a, &file, "name", &p.name));
	TRY(read_weights(&file, &p));
	TRY(read_grid(a, &file, &p));
	TRY(read_submissions(a, &file, &p));
	TRY(read_dislikes(a, &file, "track_session_penalty", p.n_tracks, p.n_sessions,
		&p.track_session, &p.n_track_session));
	TRY(read_dislikes(a, &file, "track_room_penalty", p.n_tracks, p.n_rooms, &p.track_room,
		&p.n_track_room));
	TRY(read_dislikes(a, &file, "session_room_penalty", p.n_sessions, p.n_rooms,
		&p.session_room, &p.n_session_room));
	TRY(read_similar(a, &file, &p));
	if (!is_bounded(&p))
		return spot_refuse(&file, "weights and penalties are so high that a value could "
			"pass %lld", (long long)MAX_VALUE);
	*out = p;
	return OK;
}
