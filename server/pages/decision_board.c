/* The selection: every submission by its scores, decisions staged in bulk. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "base/random.h"
#include "domain/decision.h"
#include "domain/score.h"
#include "pages/handlers.h"
#include "pages/submission.h"

struct board_row {
	const struct q_decision_board *row;
	const struct submission_score *score; /* NULL: no review yet */
};

struct board {
	struct board_row *rows;
	struct q_board_themes *themes;
	size_t n_rows, n_themes;
};

static enum rc board_load(struct request *rq, struct board *b)
{
	int64_t event_id = page_event_id(rq), actor_id = rq->actor->person_id;
	int64_t roles = rq->actor->roles;
	struct q_decision_board *rows;
	struct q_board_scores *score_rows;
	struct submission_score *scores;
	size_t n_score_rows, n_scores;

	TRY(q_decision_board(rq->db, rq->arena,
		&(struct q_decision_board_in){
			.event_id = event_id, .actor_id = actor_id, .actor_roles = roles},
		&rows, &b->n_rows, &rq->err));
	TRY(q_board_themes(rq->db, rq->arena,
		&(struct q_board_themes_in){
			.event_id = event_id, .actor_id = actor_id, .actor_roles = roles},
		&b->themes, &b->n_themes, &rq->err));
	TRY(q_board_scores(rq->db, rq->arena,
		&(struct q_board_scores_in){
			.event_id = event_id, .actor_id = actor_id, .actor_roles = roles},
		&score_rows, &n_score_rows, &rq->err));
	scores = scores_sum(rq->arena, score_rows, n_score_rows, &n_scores);
	b->rows = ARENA_ARRAY(rq->arena, b->n_rows, struct board_row);
	for (size_t i = 0; i < b->n_rows; i++)
		b->rows[i] = (struct board_row){
			&rows[i], score_find(scores, n_scores, rows[i].id)};
	return OK;
}

/* ---- order: best first, what has no review last, ties by code so that it is always the same ---- */

static int by_code(const struct board_row *a, const struct board_row *b)
{
	return strcmp(a->row->code, b->row->code);
}

static int by_number(double a, double b, const struct board_row *x, const struct board_row *y)
{
	if (!x->score != !y->score)
		return x->score ? -1 : 1;
	return a > b ? -1 : a < b ? 1 : by_code(x, y);
}

static int by_mean(const void *a, const void *b)
{
	const struct board_row *x = a, *y = b;
	return by_number(x->score ? x->score->mean : 0, y->score ? y->score->mean : 0, x, y);
}

static int by_normalised(const void *a, const void *b)
{
	const struct board_row *x = a, *y = b;
	return by_number(
		x->score ? x->score->normalised : 0, y->score ? y->score->normalised : 0, x, y);
}

static int by_spread(const void *a, const void *b)
{
	const struct board_row *x = a, *y = b;
	return by_number(x->score ? x->score->spread : 0, y->score ? y->score->spread : 0, x, y);
}

static const struct {
	const char *word;
	int (*compare)(const void *, const void *);
} orders[] = {{"mean", by_mean}, {"normalised", by_normalised}, {"spread", by_spread}};

static const char *board_sort(struct request *rq, struct board *b)
{
	const char *wanted = form_text(&rq->form, "sort");
	size_t k = 0;

	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++)
		if (text_equal(orders[i].word, wanted))
			k = i;
	if (b->n_rows)
		qsort(b->rows, b->n_rows, sizeof(b->rows[0]), orders[k].compare);
	return orders[k].word;
}

/* ---- showing ---- */

/* The plot of components/spread: a dot for each review, piled up where they agree. */
static void put_spread(struct request *rq, struct vm *vm, const struct submission_score *s)
{
	struct vm *spread = vm_page_object(vm, "spread");
	struct vm_list *dots = vm_page_list(spread, "dots");
	struct buf text = buf_in(rq->arena, 400);
	int n = s->n_reviews < SCORE_MAX_REVIEWS ? s->n_reviews : SCORE_MAX_REVIEWS;

	for (int i = 0; i < n; i++) {
		struct vm *dot = vm_item(dots);
		int level = 0;
		for (int k = 0; k < i; k++)
			level += s->reviews[k] > s->reviews[i] - 0.25 &&
				s->reviews[k] < s->reviews[i] + 0.25;
		vm_page_printf(dot, "x", "%.1f", 6 + 22 * (s->reviews[i] - 1));
		vm_page_printf(dot, "y", "%.1f", 16 - 6.5 * (level < 2 ? level : 2));
		buf_printf(&text, "%s%.1f", i ? ", " : "", s->reviews[i]);
	}
	vm_page_printf(spread, "mean_x", "%.1f", 6 + 22 * (s->mean - 1));
	vm_page_text(spread, "text", buf_cstr(&text));
}

static void put_themes_of(struct vm *vm, const struct board *b, int64_t submission_id)
{
	struct vm_list *list = vm_list(vm, "themes");

	for (size_t i = 0; i < b->n_themes; i++) {
		if (b->themes[i].submission_id != submission_id)
			continue;
		struct vm *theme = vm_item(list);
		vm_text(theme, "code", b->themes[i].code);
		vm_text(theme, "name", b->themes[i].title);
		vm_text(theme, "letter", b->themes[i].letter);
		vm_int(theme, "hue", b->themes[i].hue);
	}
}

static void put_row(struct request *rq, struct vm *vm, const struct board *b,
	const struct board_row *r, size_t rank)
{
	vm_int(vm, "rank", (int64_t)rank);
	vm_text(vm, "code", r->row->code);
	vm_text(vm, "title", r->row->title);
	vm_text(vm, "format", r->row->format);
	vm_page_text(vm, "type_text", r->row->type_title);
	put_themes_of(vm, b, r->row->id);
	vm_int(vm, "n_reviews", r->score ? r->score->n_reviews : 0);
	if (r->score) {
		vm_real(vm, "mean", r->score->mean, 2);
		vm_real(vm, "normalised", r->score->normalised, 1);
		/* Added to 0 so that what rounds to nothing has no minus. */
		vm_page_printf(vm, "normalised_signed", "%+.1f",
			round(r->score->normalised * 10) / 10 + 0.0);
		put_spread(rq, vm, r->score);
	}
	if (r->row->outcome) {
		struct vm *decision = vm_object(vm, "decision");
		put_outcome(decision, r->row->outcome);
		vm_time(decision, "released_at", r->row->released_at);
		vm_page_bool(decision, "is_staged", !r->row->released_at);
		vm_text(decision, "confirmation", r->row->answer);
	}
}

/* "What fits if we take 40": how many minutes of talks and how many posters stand above the line. */
static void put_cut(struct vm *vm, const struct board *b, size_t take)
{
	struct vm *cut = vm_object(vm, "cut");
	int64_t n_talks = 0, n_posters = 0, n_workshops = 0, minutes = 0;

	for (size_t i = 0; i < take && i < b->n_rows; i++) {
		const struct q_decision_board *row = b->rows[i].row;
		n_posters += text_equal(row->format, "poster");
		n_workshops += text_equal(row->format, "workshop");
		n_talks += text_equal(row->format, "abstract");
		minutes += row->minutes;
	}
	vm_int(cut, "take", (int64_t)take);
	vm_int(cut, "n_talks", n_talks);
	vm_int(cut, "n_posters", n_posters);
	vm_int(cut, "n_workshops", n_workshops);
	vm_int(cut, "minutes", minutes);
}

/* GET /:event/decisions */
enum rc get_decisions(struct request *rq, struct vm *vm)
{
	struct vm_list *list = vm_list(vm, "submissions");
	size_t take = (size_t)form_int(&rq->form, "take", 0);
	int64_t n_staged = 0, n_released = 0;
	struct board b;

	TRY(board_load(rq, &b));
	vm_text(vm, "sort", board_sort(rq, &b));
	vm_page_bool(vm, "sorted_by_normalised",
		text_equal(form_text(&rq->form, "sort"), "normalised"));
	vm_page_bool(vm, "sorted_by_spread", text_equal(form_text(&rq->form, "sort"), "spread"));
	form_view_new(rq, vm, post_decisions, NULL);
	for (size_t i = 0; i < b.n_rows; i++) {
		struct vm *row = vm_item(list);
		put_row(rq, row, &b, &b.rows[i], i + 1);
		vm_page_bool(row, "is_line", take && i + 1 == take);
		n_staged += b.rows[i].row->outcome && !b.rows[i].row->released_at;
		n_released += b.rows[i].row->released_at != 0;
	}
	vm_int(vm, "n", (int64_t)b.n_rows);
	vm_int(vm, "n_staged", n_staged);
	vm_int(vm, "n_released", n_released);
	vm_page_bool(vm, "has_staged", n_staged > 0);
	vm_page_bool(vm, "has_submissions", b.n_rows > 0);
	if (take)
		put_cut(vm, &b, take);
	return OK;
}

/* ---- staging many ---- */

struct stage_many {
	struct decision_stage *stages;
	size_t n;
};

static enum rc stage_many(struct tx *tx, void *arg, struct err *err)
{
	const struct stage_many *m = arg;

	for (size_t i = 0; i < m->n; i++)
		TRY(decision_stage(tx, &m->stages[i], err));
	return OK;
}

/* POST /:event/decisions: the chosen rows get the outcome of the button pressed. */
enum rc post_decisions(struct request *rq, struct vm *vm)
{
	const char *outcome = rq->form.doing;
	struct stage_many m = {0};
	const char *const *codes = form_list(&rq->form, "submission", &m.n);

	(void)vm;
	if (text_equal(outcome, "undecide"))
		outcome = "";
	else if (!decision_is_outcome(outcome))
		return err_field(&rq->err, "submission", "Press one of the buttons of decision");
	if (!m.n)
		return err_field(&rq->err, "submission", "Tick the submissions it is about");
	m.stages = ARENA_ARRAY(rq->arena, m.n, struct decision_stage);
	for (size_t i = 0; i < m.n; i++) {
		struct submission *s = ARENA_NEW(rq->arena, struct submission);
		TRY(submission_load(rq->db, rq->arena, rq->event, rq->actor, codes[i], s, &rq->err));
		if (!submission_may_see(s, DOC_REVIEWERS))
			return err_set(&rq->err, NOT_FOUND,
				"There is no submission at this address, or not for you");
		m.stages[i] = (struct decision_stage){
			.actor = rq->actor,
			.submission = s,
			.outcome = outcome,
			.rev = -1,
			.code = code_new(rq->arena),
		};
	}
	reply_to(rq, "%s/decisions", page_event_path(rq));
	reply_flash(rq, "Staged; nobody but the chairs knows. Release when all is right");
	return page_write(rq, TX_NORMAL, stage_many, &m);
}
