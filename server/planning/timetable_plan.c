#include "planning/timetable_plan.h"
#include <math.h>
#include "planning/timetable_answer.h"
#include "planning/timetable_grid.h"
#include "planning/timetable_search.h"

/* ---- effort in parts ---- */

/* A solver's whole is a part of ours. */
struct part {
	struct effort *whole;
	double from, share;
	struct effort own;
};

static bool tell_part(void *arg, const struct effort_state *state)
{
	struct part *part = arg;
	struct effort_state scaled = *state;

	scaled.done = part->from + part->share * state->done;
	return effort_go_on(part->whole, &scaled);
}

static struct effort *part_begin(struct part *part, struct effort *whole, double from, double share)
{
	*part = (struct part){.whole = whole, .from = from, .share = share};
	part->own = (struct effort){
		.seconds = whole->seconds * share,
		.seed = whole->seed,
		.tell = tell_part,
		.arg = part,
	};
	effort_begin(&part->own);
	return &part->own;
}

/* The whole was cut when a part was. */
static void part_end(struct part *part)
{
	part->whole->is_cut = part->whole->is_cut || part->own.is_cut;
}

/* ---- proposing ---- */

/* A session that is called as a work that waits was made for it. */
static void place_namesakes(struct board *b, const char **why)
{
	for (size_t w = 0; w < b->n_works; w++)
		for (size_t c = 0; b->works[w].cell == BOARD_NONE && c < b->n_cells; c++) {
			if (!text_equal(b->cells[c].session->title, b->works[w].title) ||
				!board_fits(b, w, c))
				continue;
			board_put(b, w, c);
			b->works[w].may_move = false;
			why[w] = "The session is called after it";
		}
}

static bool is_wanted(const struct board *b, enum board_format format)
{
	for (size_t w = 0; w < b->n_works; w++)
		if (b->works[w].format == format && b->works[w].may_move &&
			b->works[w].cell == BOARD_NONE)
			return true;
	return false;
}

/*
 * One format by the solver: each theme to itself, or else all together. What it finds no place for
 * stays nowhere; it is filled in afterwards, as far as that goes.
 */
static enum rc propose_format(struct board *b, enum board_format format, struct effort *whole,
	double from, double share, int64_t *bound, struct err *err)
{
	struct part part;
	enum rc rc = OK;

	for (int is_one_track = 0; is_one_track < 2; is_one_track++) {
		struct err own = err_in(b->arena);
		double own_share = share * (is_one_track ? 1 : 2) / 3;
		rc = timetable_grid_propose(b, format, is_one_track,
			part_begin(&part, whole, from, own_share), bound, &own);
		part_end(&part);
		if (rc != CONFLICT)
			return rc == OK ? OK : err_set(err, rc, "%s", own.message);
		from += own_share;
	}
	return OK;
}

/* What the solver's bounds say of the whole: nothing, unless they speak of every work. */
static int64_t bound_of(
	const struct board *b, bool has_talks, bool has_workshops, int64_t talks, int64_t workshops)
{
	bool has_other_workshops = false;

	for (size_t c = 0; c < b->n_cells; c++)
		has_other_workshops = has_other_workshops || b->cells[c].format == BOARD_WORKSHOP;
	if (!has_talks || talks < 0)
		return -1;
	if (has_workshops)
		return workshops < 0 ? -1 : talks + workshops;
	return has_other_workshops ? -1 : talks;
}

static void keep_better(struct board *b, const size_t **best, struct standing *standing)
{
	struct standing now = standing_of(b);

	if (!*best || standing_is_better(&now, standing)) {
		*best = board_copy(b);
		*standing = now;
	}
}

/*
 * Two ways, and the better of what they lead to: the solver's, and filling one work after the
 * other, which also places what it can where not everything can be placed.
 */
static enum rc propose(struct board *b, struct effort *effort, int64_t *bound, struct err *err)
{
	const size_t *start = board_copy(b), *best = NULL;
	bool has_talks = is_wanted(b, BOARD_TALK), has_workshops = is_wanted(b, BOARD_WORKSHOP);
	int64_t talks = -1, workshops = -1;
	struct standing standing;
	struct part part;

	board_fill(b);
	board_polish(b, part_begin(&part, effort, 0, 0.1));
	part_end(&part);
	keep_better(b, &best, &standing);
	board_restore(b, start);
	if (has_talks)
		TRY(propose_format(b, BOARD_TALK, effort, 0.1, 0.6, &talks, err));
	if (has_workshops)
		TRY(propose_format(b, BOARD_WORKSHOP, effort, 0.7, 0.2, &workshops, err));
	board_fill(b);
	board_polish(b, part_begin(&part, effort, 0.9, 0.1));
	part_end(&part);
	keep_better(b, &best, &standing);
	board_restore(b, best);
	*bound = bound_of(b, has_talks, has_workshops, talks, workshops);
	return OK;
}

/* ---- re-planning ---- */

static void note_objections(struct board *b, const char **why)
{
	for (size_t w = 0; w < b->n_works; w++)
		if (b->works[w].cell != BOARD_NONE && !board_holds(b, w))
			why[w] = board_objection(b, w, b->works[w].cell);
}

static enum rc replan(struct board *b, struct effort *effort, struct err *err)
{
	const size_t *start, *best = NULL;
	struct err own = err_in(b->arena);
	struct standing standing;
	struct part part;
	enum rc rc;

	board_lift_broken(b);
	start = board_copy(b);
	board_fill(b);
	board_polish(b, part_begin(&part, effort, 0, 0.1));
	part_end(&part);
	keep_better(b, &best, &standing);
	board_restore(b, start);
	rc = timetable_grid_replan(b, part_begin(&part, effort, 0.1, 0.8), &own);
	part_end(&part);
	if (rc != OK && rc != CONFLICT)
		return err_set(err, rc, "%s", own.message);
	if (rc == CONFLICT)
		board_restore(b, start);
	board_fill(b);
	board_polish(b, part_begin(&part, effort, 0.9, 0.1));
	part_end(&part);
	keep_better(b, &best, &standing);
	board_restore(b, best);
	return OK;
}

/* ---- the task ---- */

static struct board *board_of(struct arena *a, const struct timetable_question *q)
{
	struct board *b = board_new(a, &(struct board_source){
					       .programme = &q->programme,
					       .zone = q->zone,
					       .waiting = q->waiting,
					       .n_waiting = q->n_waiting,
					       .away = q->away,
					       .n_away = q->n_away,
					       .shut = q->shut,
					       .n_shut = q->n_shut,
				       });

	for (size_t w = 0; q->is_replan && w < b->n_works; w++)
		b->works[w].may_move = true;
	return b;
}

static size_t n_unfit(const struct programme *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n_sessions; i++)
		for (size_t k = 0; k < p->sessions[i].n_items; k++)
			n += !p->sessions[i].items[k].is_fit;
	return n;
}

static enum rc solve(struct arena *a, struct timetable_question *q, struct effort *effort,
	struct timetable_answer *answer, struct err *err)
{
	struct timetable_room_move *rooms = NULL;
	struct board *b;

	(void)board_cost(board_of(a, q), answer->before);
	answer->n_rooms = timetable_rooms_move(a, q, &rooms);
	answer->rooms = rooms;
	answer->board = b = board_of(a, q);
	answer->why = ARENA_ARRAY(a, b->n_works, const char *);
	if (!q->is_replan) {
		if (!q->n_waiting)
			return err_set(err, CONFLICT,
				"Every accepted work has its place: there is nothing to propose");
		place_namesakes(b, answer->why);
		return propose(b, effort, &answer->bound, err);
	}
	note_objections(b, answer->why);
	TRY(replan(b, effort, err));
	if (!standing_of(b).n_moved && !answer->n_rooms && !n_unfit(&q->programme) && !q->n_away &&
		!q->n_shut)
		return err_set(err, CONFLICT,
			"Every work may stay where it is: there is nothing to plan again");
	return OK;
}

enum rc timetable_plan(
	struct arena *a, const struct planning_task *task, const char **result, struct err *err)
{
	struct timetable_question question;
	struct timetable_answer answer = {.question = &question, .bound = -1};

	TRY(timetable_question_read(a, task, &question, err));
	TRY(solve(a, &question, task->effort, &answer, err));
	answer.is_cut = task->effort->is_cut;
	for (size_t w = 0; w < answer.board->n_works; w++)
		if (!answer.why[w])
			answer.why[w] = timetable_reason_for(answer.board, w);
	return timetable_answer_write(a, &answer, result, err);
}

size_t timetable_explain(struct arena *a, const struct programme *p, const struct zone *zone,
	struct board_complaint **out, int64_t *cost)
{
	struct board *b = board_new(a, &(struct board_source){.programme = p, .zone = zone});

	*cost = board_cost(b, NULL);
	return board_complaints(b, out);
}
