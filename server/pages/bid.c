/* Reviewers say what they would like to read: a list to go through, and each on a page of its own.
 */
#include "pages/bid.h"
#include "base/text.h"
#include "pages/handlers.h"
#include "pages/registration.h"
#include "pages/submission.h"

enum { ROWS_A_PAGE = 20, SALT_MODULUS = 1000003 };

/* ---- shared ---- */

void put_bidding(struct request *rq, struct vm *vm, const struct call *call)
{
	const struct q_calls_of_event *row = &call->row;
	struct vm *bidding = vm_object(vm, "bidding");

	vm_bool(bidding, "is_open",
		call_is_bidding(row->bids_open_at, row->bids_close_at, rq->now_ms));
	vm_bool(bidding, "is_past", row->bids_close_at && row->bids_close_at < rq->now_ms);
	vm_time(bidding, "opens_at", row->bids_open_at > rq->now_ms ? row->bids_open_at : 0);
	if (row->bids_close_at)
		vm_time(vm_object(bidding, "until"), "at", row->bids_close_at);
}

/* key: of a submission in the list; NULL on its own page. To take an answer back there must be one.
 */
static void put_answers(
	struct request *rq, struct form_view *form, const char *key, bool is_answered)
{
	for (size_t i = 0; bid_word(i); i++) {
		const char *word = bid_word(i);
		const char *label = i18n_word(rq->app->i18n, rq->lang, "bid", word);
		if (text_equal(word, BID_NONE) && !is_answered)
			continue;
		if (key)
			form_view_key_option(form, "bid", key, word, label, NULL);
		else
			form_view_option(form, "bid", word, label, NULL);
	}
}

/* ---- the list ---- */

struct question {
	struct q_bids_page_in page;
	struct q_bids_found_in found;
	int64_t number; /* of the page, from 1 */
};

static struct question question_of(struct request *rq)
{
	const struct form *f = &rq->form;
	struct searched q = searched_words(rq->arena, form_text(f, "q"));
	struct question question = {.number = form_int(f, "page", 1)};

	question.found = (struct q_bids_found_in){
		.event_id = page_event_id(rq),
		.actor_id = rq->actor->person_id,
		.actor_roles = rq->actor->roles,
		.now_ms = rq->now_ms,
		.theme = form_text(f, "theme"),
		.is_left = form_bool(f, "left"),
		.word1 = q.word[0],
		.word1_end = q.end[0],
		.word2 = q.word[1],
		.word2_end = q.end[1],
		.word3 = q.word[2],
		.word3_end = q.end[2],
	};
	question.page = (struct q_bids_page_in){
		.event_id = question.found.event_id,
		.actor_id = question.found.actor_id,
		.actor_roles = question.found.actor_roles,
		.now_ms = rq->now_ms,
		.theme = question.found.theme,
		.is_left = question.found.is_left,
		.word1 = q.word[0],
		.word1_end = q.end[0],
		.word2 = q.word[1],
		.word2_end = q.end[1],
		.word3 = q.word[2],
		.word3_end = q.end[2],
		.salt = 1 + rq->actor->person_id % (SALT_MODULUS - 1),
		.n_wanted = ROWS_A_PAGE,
		.n_skipped = (question.number - 1) * ROWS_A_PAGE,
	};
	return question;
}

/* The list as it is filtered now, at a page of it. */
static const char *href_of(struct request *rq, int64_t page)
{
	static const char *const names[] = {"q", "theme"};
	struct buf b = buf_in(rq->arena, 4000);

	buf_printf(&b, "%s/reviews/bids?page=%lld", page_event_path(rq), (long long)page);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *value = form_text(&rq->form, names[i]);
		if (!*value)
			continue;
		buf_printf(&b, "&%s=", names[i]);
		buf_url(&b, str_from(value));
	}
	if (form_bool(&rq->form, "left"))
		buf_text(&b, "&left=1");
	return buf_cstr(&b);
}

static void put_pager(struct request *rq, struct vm *vm, int64_t page, int64_t n, int64_t n_all)
{
	struct vm *pager = vm_page_object(vm, "pager");
	int64_t before = (page - 1) * ROWS_A_PAGE;

	vm_page_int(pager, "from", n ? before + 1 : 0);
	vm_page_int(pager, "to", before + n);
	vm_page_int(pager, "total", n_all);
	vm_page_text(pager, "prev_href", page > 1 ? href_of(rq, page - 1) : NULL);
	vm_page_text(pager, "next_href", before + n < n_all ? href_of(rq, page + 1) : NULL);
	vm_page_bool(vm, "has_pages", n_all > ROWS_A_PAGE);
}

static void put_row_themes(
	struct vm *row, const struct q_bids_themes *themes, size_t n_themes, int64_t submission_id)
{
	struct vm_list *list = vm_list(row, "themes");

	for (size_t i = 0; i < n_themes; i++) {
		if (themes[i].submission_id != submission_id)
			continue;
		struct vm *theme = vm_item(list);
		vm_text(theme, "code", themes[i].code);
		vm_text(theme, "name", themes[i].title);
		vm_text(theme, "letter", themes[i].letter);
		vm_int(theme, "hue", themes[i].hue);
	}
}

/* One submission to bid on, inside the row of its answer, so that a template has both at hand. */
static void put_row(struct request *rq, struct vm_list *list, struct form_view *form,
	const struct q_bids_page *row, const struct q_bids_themes *themes, size_t n_themes)
{
	struct vm *item = vm_item(list);
	bool is_answered = !text_equal(row->own_bid, BID_NONE);

	vm_text(item, "code", row->code);
	vm_text(item, "title", row->title);
	vm_page_text(item, "type_text", row->type_title);
	vm_text(item, "abstract", row->abstract);
	vm_text(item, "keywords", row->keywords);
	vm_enum(item, "bid", "bid", row->own_bid);
	put_row_themes(item, themes, n_themes, row->id);
	form_view_key(form, "bid", row->code, is_answered ? row->own_bid : "");
	put_answers(rq, form, row->code, is_answered);
	struct vm *node = form_view_key_field(form, "bid", row->code);
	vm_page_text(node, "code", row->code);
	vm_page_text(node, "title", row->title);
	vm_page_text(node, "type_text", row->type_title);
	vm_page_text(node, "abstract", row->abstract);
	vm_page_text(node, "keywords", row->keywords);
	put_row_themes(node, themes, n_themes, row->id);
}

static void put_filter(struct request *rq, struct vm *vm, const struct call *call)
{
	const char *chosen = form_text(&rq->form, "theme");
	struct vm_list *list = vm_page_list(vm, "theme_options");

	for (size_t i = 0; i < call->n_themes; i++) {
		struct vm *option = vm_item(list);
		vm_page_text(option, "value", call->themes[i].code);
		vm_page_text(option, "label", call->themes[i].title);
		vm_page_bool(option, "is_chosen", text_equal(call->themes[i].code, chosen));
	}
	vm_page_text(vm, "q", form_text(&rq->form, "q"));
	vm_page_text(vm, "theme", chosen);
	vm_page_bool(vm, "left", form_bool(&rq->form, "left"));
	vm_page_bool(vm, "is_filtered",
		*form_text(&rq->form, "q") || *chosen || form_bool(&rq->form, "left"));
}

static enum rc put_rows(struct request *rq, struct vm *vm, const struct question *question)
{
	struct vm_list *list = vm_list(vm, "submissions");
	struct form_view *form = form_view_new(
		rq, vm, post_bids, arena_printf(rq->arena, "%s/reviews/bids", page_event_path(rq)));
	struct q_bids_page *rows;
	struct q_bids_themes *themes;
	struct q_bids_found found;
	size_t n, n_themes;

	TRY(q_bids_page(rq->db, rq->arena, &question->page, &rows, &n, &rq->err));
	TRY(q_bids_themes(rq->db, rq->arena,
		&(struct q_bids_themes_in){
			.event_id = page_event_id(rq),
			.actor_id = rq->actor->person_id,
			.actor_roles = rq->actor->roles,
			.now_ms = rq->now_ms,
		},
		&themes, &n_themes, &rq->err));
	TRY(q_bids_found(rq->db, rq->arena, &question->found, &found, &rq->err));
	for (size_t i = 0; i < n; i++)
		put_row(rq, list, form, &rows[i], themes, n_themes);
	vm_int(vm, "n_found", found.n);
	vm_int(vm, "page_number", question->number);
	vm_page_bool(vm, "has_found", n > 0);
	put_pager(rq, vm, question->number, (int64_t)n, found.n);
	return OK;
}

/* GET /:event/reviews/bids */
enum rc get_bids(struct request *rq, struct vm *vm)
{
	struct question question = question_of(rq);
	struct q_bids_said said;
	struct call call;

	TRY(call_load(rq->db, rq->arena, page_event_id(rq), &call, &rq->err));
	put_bidding(rq, vm, &call);
	put_filter(rq, vm, &call);
	TRY(q_bids_said(rq->db, rq->arena,
		&(struct q_bids_said_in){
			.event_id = page_event_id(rq),
			.actor_id = rq->actor->person_id,
			.actor_roles = rq->actor->roles,
			.now_ms = rq->now_ms,
		},
		&said, &rq->err));
	vm_int(vm, "n_all", said.n_all);
	vm_int(vm, "n_said", said.n_said);
	vm_page_bool(vm, "has_any", said.n_all > 0);
	vm_page_bool(vm, "is_reviewer", rq->actor->roles & ROLE_REVIEWER);
	return put_rows(rq, vm, &question);
}

/* POST /:event/reviews/bids: all answers of a page. */
enum rc post_bids(struct request *rq, struct vm *vm)
{
	const struct form *f = &rq->form;
	size_t n = form_n_keys(f, "bid");
	struct bid_given *given = ARENA_ARRAY(rq->arena, n, struct bid_given);
	struct call call;

	(void)vm;
	TRY(call_load(rq->db, rq->arena, page_event_id(rq), &call, &rq->err));
	for (size_t i = 0; i < n; i++)
		given[i] = (struct bid_given){form_key(f, "bid", i), form_key_text(f, "bid", i)};
	reply_to(rq, "%s", href_of(rq, form_int(f, "page", 1) + text_equal(f->doing, "next")));
	reply_flash(rq, "Your answers are saved. You can change them until bidding ends");
	return page_write(rq, TX_NORMAL, bids_save,
		&(struct bids_save){
			.actor = rq->actor,
			.call = &call,
			.given = given,
			.n_given = n,
			.now_ms = rq->now_ms,
		});
}

/* ---- one submission ---- */

static enum rc outline_load(struct request *rq, struct submission *s)
{
	return submission_load_as(rq->db, rq->arena, rq->event, rq->actor, path_param(rq, "code"),
		DOC_OUTLINE, s, &rq->err);
}

/* GET /:event/reviews/bids/:code */
enum rc get_bid(struct request *rq, struct vm *vm)
{
	struct submission s;
	struct submission_version_text text;
	struct q_bid_own own;
	bool found;

	TRY(outline_load(rq, &s));
	TRY(submission_read(
		rq->db, rq->arena, page_event_id(rq), s.row.id, s.row.version, &text, &rq->err));
	TRY(q_bid_own(rq->db, rq->arena,
		&(struct q_bid_own_in){
			.event_id = page_event_id(rq),
			.submission_id = s.row.id,
			.person_id = rq->actor->person_id,
		},
		&own, &found, &rq->err));
	struct vm *shown = vm_object(vm, "submission");
	vm_text(shown, "code", s.row.code);
	put_version_text(rq, shown, &text);
	vm_enum(vm, "bid", "bid", found ? own.bid : BID_NONE);
	struct form_view *form = form_view_new(rq, vm, post_bid,
		arena_printf(rq->arena, "%s/reviews/bids/%s", page_event_path(rq), s.row.code));
	form_view_text(form, "bid", found ? own.bid : "");
	put_answers(rq, form, NULL, found);
	put_conflict_reasons(rq, form_view_named(rq, vm, "conflict_form", post_bid_conflict,
					 arena_printf(rq->arena, "%s/reviews/bids/%s/conflict",
						 page_event_path(rq), s.row.code)));
	return OK;
}

/* POST /:event/reviews/bids/:code */
enum rc post_bid(struct request *rq, struct vm *vm)
{
	struct submission s;
	struct call call;

	(void)vm;
	TRY(outline_load(rq, &s));
	TRY(call_load(rq->db, rq->arena, page_event_id(rq), &call, &rq->err));
	const char *bid = form_text(&rq->form, "bid");
	bool is_known = false;
	for (size_t i = 0; bid_word(i); i++)
		is_known |= text_equal(bid_word(i), bid);
	if (!is_known)
		return err_field(&rq->err, "bid", "Choose one of the answers");
	reply_to(rq, "%s/reviews/bids", page_event_path(rq));
	reply_flash(rq, "Your answer is saved. You can change it until bidding ends");
	return page_write(rq, TX_NORMAL, bids_save,
		&(struct bids_save){
			.actor = rq->actor,
			.call = &call,
			.given = &(struct bid_given){s.row.code, bid},
			.n_given = 1,
			.now_ms = rq->now_ms,
		});
}

/* POST /:event/reviews/bids/:code/conflict */
enum rc post_bid_conflict(struct request *rq, struct vm *vm)
{
	struct submission s;
	const char *reason;

	(void)vm;
	TRY(outline_load(rq, &s));
	reason = conflict_reason_sent(rq);
	if (!reason)
		return rq->err.rc;
	reply_to(rq, "%s/reviews/bids", page_event_path(rq));
	reply_flash(rq, "Thank you for saying so. You will not see this one again");
	return page_write(rq, TX_NORMAL, conflict_declare,
		&(struct conflict_declare){.actor = rq->actor, .submission = &s, .reason = reason});
}
