/* The editor: write first, account later; saving always works, sending checks. */
#include <string.h>
#include "base/hash.h"
#include "base/random.h"
#include "base/text.h"
#include "domain/account.h"
#include "domain/submission.h"
#include "pages/handlers.h"
#include "pages/submission.h"

enum { DRAFT_COOKIE_S = 60 * 24 * 3600, CLAIM_LINK_S = 24 * 3600 };

/* ---- showing ---- */

static void put_count(struct form_view *form, const struct call *call)
{
	const struct q_types_of_event *type = call_type(call, form_view_value(form, "type"));
	int words = text_count_words(form_view_value(form, "abstract"));
	struct vm *count;

	if (!type)
		return;
	count = vm_page_object(form_view_field(form, "abstract"), "count");
	vm_page_int(count, "words", words);
	vm_page_int(count, "limit", type->word_limit);
	vm_page_bool(count, "is_over", words > type->word_limit);
	vm_page_int(count, "n", words - type->word_limit);
}

static void put_choices(struct form_view *form, const struct call *call)
{
	for (size_t i = 0; i < call->n_types; i++)
		form_view_option(form, "type", call->types[i].code, call->types[i].title,
			call->types[i].hint);
	for (size_t i = 0; i < call->n_themes; i++) {
		const struct q_themes_of_event *theme = &call->themes[i];
		struct vm *option =
			form_view_option(form, "theme", theme->code, theme->title, NULL);
		vm_page_text(option, "letter", theme->letter);
		vm_page_int(option, "hue", theme->hue);
	}
}

/* One step of the list beside the editor: is there something to fix? */
static void put_step(struct request *rq, struct vm *steps, int number, const char *key,
	const char *href, const char *const *fields)
{
	const struct err *refused = form_view_refused(rq);
	struct vm *step = vm_page_object(steps, key);
	int n = 0;

	for (const struct field_error *e = refused ? refused->fields : NULL; e; e = e->next)
		for (size_t i = 0; fields[i]; i++)
			n += str_starts_with(str_from(e->field), str_from(fields[i]));
	vm_page_int(step, "number", number);
	vm_page_text(step, "href", href);
	vm_page_int(step, "n", n);
	vm_page_bool(step, "has_errors", n > 0);
}

static void put_steps(struct request *rq, struct vm *vm)
{
	struct vm *steps = vm_page_object(vm, "steps");

	put_step(rq, steps, 1, "abstract", "#f-title",
		(const char *const[]){"title", "type", "abstract", "keywords", NULL});
	put_step(rq, steps, 2, "authors", "#f-author", (const char *const[]){"author", NULL});
	put_step(rq, steps, 3, "themes", "#f-theme", (const char *const[]){"theme", NULL});
	put_step(rq, steps, 4, "send", "#send", (const char *const[]){"email", "name", NULL});
}

static void put_editor(struct request *rq, struct vm *vm, struct form_view *form,
	const struct call *call)
{
	put_choices(form, call);
	put_count(form, call);
	put_steps(rq, vm);
	vm_page_bool(vm, "is_stranger", !rq->actor->account_id);
	vm_page_bool(vm, "is_closed", call_phase_at(call, rq->now_ms) == CALL_CLOSED);
}

/* GET /:event/submissions/new */
enum rc get_submission_new(struct request *rq, struct vm *vm)
{
	struct form_view *form;
	struct vm *submission;
	struct call call;
	size_t row;

	TRY(call_load(rq->db, rq->arena, page_event_id(rq), &call, &rq->err));
	if (call_phase_at(&call, rq->now_ms) == CALL_UNPUBLISHED ||
		call_phase_at(&call, rq->now_ms) == CALL_NOT_YET)
		return err_set(&rq->err, NOT_FOUND, "The call is not open yet");
	form = form_view_new(rq, vm, post_submission_new, rq->path);
	row = form_view_row(form, "author");
	if (rq->actor->account_id) {
		form_view_row_text(form, "author", row, "name",
			actor_is_named(rq->actor) ? rq->actor->name : "");
		form_view_row_text(form, "author", row, "email", rq->actor->email);
	}
	form_view_row_bool(form, "author", row, "is_presenting", true);
	submission = vm_object(vm, "submission");
	vm_page_bool(submission, "is_new", true);
	vm_bool(submission, "is_sent", false);
	vm_time_in(vm_object(submission, "deadline"), "at", call.row.closes_at,
		call.deadline_zone);
	put_editor(rq, vm, form, &call);
	return OK;
}

static void fill_editor(struct form_view *form, const struct submission *s,
	const struct submission_version_text *text)
{
	form_view_int(form, "rev", s->row.rev);
	form_view_text(form, "title", text->row.title);
	form_view_text(form, "type", text->row.type_code);
	form_view_text(form, "abstract", text->row.abstract);
	form_view_text(form, "keywords", text->row.keywords);
	form_view_text(form, "note", text->row.note);
	for (size_t i = 0; i < text->n_themes; i++)
		form_view_list(form, "theme", text->themes[i].code);
	if (!text->n_authors)
		form_view_row_bool(form, "author", form_view_row(form, "author"), "is_presenting",
			true);
	for (size_t i = 0; i < text->n_authors; i++) {
		size_t row = form_view_row(form, "author");
		form_view_row_text(form, "author", row, "name", text->authors[i].name);
		form_view_row_text(form, "author", row, "email", text->authors[i].email);
		form_view_row_text(form, "author", row, "affiliations",
			text->authors[i].affiliations);
		form_view_row_bool(form, "author", row, "is_presenting",
			text->authors[i].is_presenting);
	}
}

/* After a stale save both texts are shown: the person's own in the form, the newer one beside. */
static void put_newer(struct vm *vm, const struct submission_version_text *text)
{
	struct vm *newer = vm_page_object(vm, "newer");

	vm_page_text(newer, "title", text->row.title);
	vm_page_text(newer, "abstract", text->row.abstract);
	vm_time(newer, "saved_at", text->row.saved_at);
}

static bool is_stale(struct request *rq, struct form_view *form, int64_t rev)
{
	const struct err *refused = form_view_refused(rq);

	return refused && refused->rc == CONFLICT &&
		!text_equal(form_view_value(form, "rev"),
			arena_printf(rq->arena, "%lld", (long long)rev));
}

static enum rc load_editable(struct request *rq, struct submission *s, struct call *call)
{
	TRY(call_load(rq->db, rq->arena, page_event_id(rq), call, &rq->err));
	TRY(submission_load(rq->db, rq->arena, rq->event, rq->actor, path_param(rq, "code"), s,
		&rq->err));
	if (!(s->relations & (REL_AUTHOR | REL_CLAIM)))
		return err_set(&rq->err, FORBIDDEN, "Only its authors can change it");
	return OK;
}

/* GET /:event/submissions/:code/edit */
enum rc get_submission_edit(struct request *rq, struct vm *vm)
{
	struct submission_version_text text;
	struct submission s;
	struct form_view *form;
	struct vm *shown;
	struct call call;

	TRY(load_editable(rq, &s, &call));
	TRY(submission_read(rq->db, rq->arena, page_event_id(rq), s.row.id, 0, &text, &rq->err));
	form = form_view_new(rq, vm, post_submission_edit, rq->path);
	fill_editor(form, &s, &text);
	if (is_stale(rq, form, s.row.rev)) {
		put_newer(vm, &text);
		form_view_renew_int(form, "rev", s.row.rev);
	}
	shown = vm_object(vm, "submission");
	vm_text(shown, "code", s.row.code);
	vm_enum(shown, "state", "state", s.row.state);
	vm_int(shown, "rev", s.row.rev);
	vm_bool(shown, "is_sent", s.row.version > 0);
	vm_time(shown, "saved_at", text.row.saved_at);
	vm_page_text(shown, "claim_email", s.relations & REL_CLAIM ? s.row.claim_email : NULL);
	vm_time_in(vm_object(shown, "deadline"), "at", s.row.closes_at, call.deadline_zone);
	put_editor(rq, vm, form, &call);
	return OK;
}

/* ---- saving ---- */

static struct submission_text *typed_text(struct request *rq)
{
	const struct form *f = &rq->form;
	struct submission_text *t = ARENA_NEW(rq->arena, struct submission_text);
	size_t n = form_n_rows(f, "author");
	struct author_text *authors = ARENA_ARRAY(rq->arena, n, struct author_text);

	t->type_code = form_text(f, "type");
	t->title = form_text(f, "title");
	t->abstract = form_text(f, "abstract");
	t->keywords = form_text(f, "keywords");
	t->note = form_text(f, "note");
	t->theme_codes = form_list(f, "theme", &t->n_themes);
	for (size_t i = 0; i < n; i++) {
		struct author_text *author = &authors[t->n_authors];
		author->name = form_row_text(f, "author", i, "name");
		author->email = form_row_text(f, "author", i, "email");
		author->affiliations = form_row_text(f, "author", i, "affiliations");
		author->is_presenting = form_row_bool(f, "author", i, "is_presenting");
		/* An untouched row is no author. */
		t->n_authors += *author->name || *author->email || *author->affiliations;
	}
	t->authors = authors;
	return t;
}

static bool is_sending(const struct request *rq)
{
	return text_equal(rq->form.doing, "submit");
}

static enum rc save(struct request *rq, struct submission_save *s)
{
	bool is_sent = is_sending(rq);

	s->actor = rq->actor;
	s->now_ms = rq->now_ms;
	s->url = page_url(rq,
		arena_printf(rq->arena, "%s/submissions/%s", page_event_path(rq), s->code));
	s->is_sent = is_sent;
	reply_flash(rq, "%s", is_sent ? "Sent. You can change it until the call closes" :
					"Your draft is saved");
	return page_write(rq, TX_NORMAL, submission_save, s);
}

/*
 * Sending was refused by the rules of the call: the draft is saved as it stands, and the page says
 * what is missing. The form then carries the revision that this saving made.
 */
static enum rc save_unsent(struct request *rq, struct submission_save *s)
{
	struct err refused = rq->err;

	err_clear(&rq->err);
	rq->form.doing = "save";
	TRY(save(rq, s));
	form_set_int(&rq->form, "rev", s->rev + 1);
	rq->err = refused;
	return refused.rc;
}

/* The browser keeps the new token beside those it has. */
static void remember_claim(struct request *rq, const char *token)
{
	const char *known = request_cookie(rq, "drafts");

	reply_cookie(rq, "drafts",
		known && rq->actor->n_claims ? arena_printf(rq->arena, "%s.%s", token, known) : token,
		DRAFT_COOKIE_S);
}

struct claimed_save {
	struct submission_save *save;
	struct signin_link_new link;
};

/* The text, its claim and the link that proves the address, in one transaction. */
static enum rc save_claimed(struct tx *tx, void *arg, struct err *err)
{
	struct claimed_save *c = arg;

	TRY(submission_save(tx, c->save, err));
	return signin_link_create(tx, &c->link, err);
}

static enum rc save_as_stranger(struct request *rq, struct submission_save *s)
{
	const char *email = form_text(&rq->form, "email");
	const char *token = token_new(rq->arena), *link_token = token_new(rq->arena);
	const char *path = arena_printf(rq->arena, "%s/submissions/%s", page_event_path(rq), s->code);
	bool is_sent = is_sending(rq);

	if (!*email)
		return err_field(&rq->err, "email",
			"Give your e-mail address, so that you can come back to this text");
	s->actor = rq->actor;
	s->now_ms = rq->now_ms;
	s->is_sent = is_sent;
	s->url = page_url(rq, path);
	s->claim_email = email;
	s->claim_name = form_text(&rq->form, "name");
	s->claim_token_hash = hash_hex(rq->arena, str_from(token));
	s->claim_link = page_url(rq, arena_printf(rq->arena, "/signin/%s", link_token));
	remember_claim(rq, token);
	reply_flash(rq, "%s. We have written to %s: follow the link in that mail within 24 hours%s",
		is_sent ? "Received" : "Your draft is saved", email,
		is_sent ? ", or it does not count" : " to find it on any device");
	return page_write(rq, TX_NORMAL, save_claimed,
		&(struct claimed_save){
			.save = s,
			.link = {
				.email = email,
				.name = form_text(&rq->form, "name"),
				.next_path = path,
				.token = link_token,
				.lifetime_s = CLAIM_LINK_S,
			},
		});
}

/* POST /:event/submissions/new */
enum rc post_submission_new(struct request *rq, struct vm *vm)
{
	struct submission_save s = {.text = typed_text(rq), .code = code_new(rq->arena)};
	struct call call;

	(void)vm;
	TRY(call_load(rq->db, rq->arena, page_event_id(rq), &call, &rq->err));
	if (call_phase_at(&call, rq->now_ms) == CALL_UNPUBLISHED)
		return err_set(&rq->err, NOT_FOUND, "The call is not published yet");
	s.call = &call;
	if (is_sending(rq))
		TRY(submission_check(&call, s.text, &rq->err));
	reply_created(rq, "%s/submissions/%s%s", page_event_path(rq), s.code,
		is_sending(rq) ? "" : "/edit");
	return rq->actor->account_id ? save(rq, &s) : save_as_stranger(rq, &s);
}

/* POST /:event/submissions/:code/edit */
enum rc post_submission_edit(struct request *rq, struct vm *vm)
{
	struct submission_save s = {.text = typed_text(rq)};
	struct submission loaded;
	struct call call;

	(void)vm;
	TRY(load_editable(rq, &loaded, &call));
	s.call = &call;
	s.code = loaded.row.code;
	s.id = loaded.row.id;
	s.rev = form_int(&rq->form, "rev", 0);
	if (loaded.relations & REL_CLAIM) {
		s.claim_email = loaded.row.claim_email;
		s.claim_name = "";
	}
	if (is_sending(rq) && submission_check(&call, s.text, &rq->err) != OK)
		return save_unsent(rq, &s);
	reply_to(rq, "%s/submissions/%s%s", page_event_path(rq), s.code,
		is_sending(rq) ? "" : "/edit");
	return save(rq, &s);
}
