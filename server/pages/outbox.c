/*
 * What was written to whom, and what became of it. In a rehearsal the mails of no event (sign-in
 * links) stand here too; otherwise they are nobody's but the recipient's, and links that prove who
 * one is are blanked out of all others.
 */
#include <string.h>
#include "base/random.h"
#include "domain/mail.h"
#include "jobs/jobs.h"
#include "jobs/letter.h"
#include "pages/handlers.h"

enum { PAGE_ROWS = 50, TOKEN_SYMBOLS = 26 };

static bool is_rehearsal(const struct request *rq)
{
	return rq->app->config->demo;
}

/* ---- finding ---- */

static enum rc find_in(struct request *rq, int64_t event_id, const char *code,
	struct q_outbox_by_code *out, bool *found)
{
	return q_outbox_by_code(rq->db, rq->arena,
		&(struct q_outbox_by_code_in){
			.event_id = event_id,
			.code = code,
			.actor_id = rq->actor->person_id,
			.actor_roles = rq->actor->roles,
			.is_rehearsal = is_rehearsal(rq),
		},
		out, found, &rq->err);
}

/* In the event, or in a rehearsal outside of any: *event_id says which. */
static enum rc find_mail(struct request *rq, const char *code, struct q_outbox_by_code *out,
	int64_t *event_id, bool *found)
{
	*event_id = page_event_id(rq);
	TRY(find_in(rq, *event_id, code, out, found));
	if (*found || !is_rehearsal(rq))
		return OK;
	*event_id = 0;
	return find_in(rq, 0, code, out, found);
}

static enum rc mail_of_path(struct request *rq, struct q_outbox_by_code *out, int64_t *event_id)
{
	bool found;

	TRY(find_mail(rq, path_param(rq, "code"), out, event_id, &found));
	if (!found)
		return err_set(&rq->err, NOT_FOUND, "There is no such mail, or it is not for you");
	return OK;
}

/* ---- the list ---- */

struct place {
	int64_t at, id;
};

/* Where the list goes on; from the top when the mail it went on from is not there. */
static enum rc read_place(struct request *rq, struct place *out)
{
	const char *code = form_text(&rq->form, "before");
	struct q_outbox_by_code mail;
	int64_t event_id;
	bool found = false;

	*out = (struct place){INT64_MAX, INT64_MAX};
	if (*code)
		TRY(find_mail(rq, code, &mail, &event_id, &found));
	if (found)
		*out = (struct place){mail.created_at, mail.id};
	return OK;
}

static enum rc read_rows(struct request *rq, int64_t event_id, struct place before,
	const char *state, struct q_outbox_page **rows, size_t *n)
{
	return q_outbox_page(rq->db, rq->arena,
		&(struct q_outbox_page_in){
			.event_id = event_id,
			.before_at = before.at,
			.before_id = before.id,
			.state = state,
			.actor_id = rq->actor->person_id,
			.actor_roles = rq->actor->roles,
			.is_rehearsal = is_rehearsal(rq),
			.n_wanted = PAGE_ROWS + 1,
		},
		rows, n, &rq->err);
}

static bool is_newer(const struct q_outbox_page *a, const struct q_outbox_page *b)
{
	return a->created_at > b->created_at || (a->created_at == b->created_at && a->id > b->id);
}

/* Two lists, newest first, become one. */
static struct q_outbox_page *merge(struct arena *a, const struct q_outbox_page *x, size_t n_x,
	const struct q_outbox_page *y, size_t n_y)
{
	struct q_outbox_page *both = ARENA_ARRAY(a, n_x + n_y, struct q_outbox_page);
	size_t i = 0, k = 0;

	while (i < n_x || k < n_y) {
		bool takes_x = k == n_y || (i < n_x && is_newer(&x[i], &y[k]));
		both[i + k] = takes_x ? x[i] : y[k];
		i += takes_x;
		k += !takes_x;
	}
	return both;
}

static enum rc read_list(
	struct request *rq, const char *state, struct q_outbox_page **rows, size_t *n)
{
	struct q_outbox_page *others;
	struct place before;
	size_t n_others;

	TRY(read_place(rq, &before));
	TRY(read_rows(rq, page_event_id(rq), before, state, rows, n));
	if (!is_rehearsal(rq))
		return OK;
	TRY(read_rows(rq, 0, before, state, &others, &n_others));
	*rows = merge(rq->arena, *rows, *n, others, n_others);
	*n += n_others;
	return OK;
}

static enum rc add_counts(struct request *rq, int64_t event_id, int64_t counts[3])
{
	static const char *const states[] = {"queued", "sent", "failed"};
	struct q_outbox_counts *rows;
	size_t n;

	TRY(q_outbox_counts(rq->db, rq->arena,
		&(struct q_outbox_counts_in){
			.event_id = event_id,
			.actor_id = rq->actor->person_id,
			.actor_roles = rq->actor->roles,
			.is_rehearsal = is_rehearsal(rq),
		},
		&rows, &n, &rq->err));
	for (size_t i = 0; i < n; i++)
		for (size_t s = 0; s < 3; s++)
			if (text_equal(rows[i].state, states[s]))
				counts[s] += rows[i].n;
	return OK;
}

static enum rc put_counts(struct request *rq, struct vm *vm)
{
	struct vm *shown = vm_object(vm, "counts");
	int64_t counts[3] = {0};

	TRY(add_counts(rq, page_event_id(rq), counts));
	if (is_rehearsal(rq))
		TRY(add_counts(rq, 0, counts));
	vm_int(shown, "queued", counts[0]);
	vm_int(shown, "sent", counts[1]);
	vm_int(shown, "failed", counts[2]);
	vm_int(shown, "all", counts[0] + counts[1] + counts[2]);
	return OK;
}

/* What a mail says now; one that was sent says what it said then. */
static struct letter words_of(struct request *rq, const struct letters *letters,
	const char *template_name, const char *lang, const char *model)
{
	struct err ignored = err_in(rq->arena);
	struct letter letter = {0};

	if (letter_write(rq->arena, rq->app->templates, letters, template_name, lang, model,
		    &letter, &ignored) != OK)
		return (struct letter){"", ""};
	return letter;
}

static void put_to(struct vm *vm, const char *name, const char *email)
{
	struct vm *to = vm_object(vm, "to");

	vm_name(to, "name", text_is_empty(name) ? NULL : name, NULL);
	vm_text(to, "email", email);
}

static void put_attempts(
	struct vm *vm, int64_t attempts, int64_t next_attempt_at, const char *last_error)
{
	vm_int(vm, "attempts", attempts);
	vm_page_int(vm_page_object(vm, "tries"), "n", attempts);
	vm_time(vm, "next_attempt_at", next_attempt_at);
	vm_text(vm, "last_error", text_is_empty(last_error) ? NULL : last_error);
}

static void put_row(struct request *rq, struct vm *vm, const struct letters *letters,
	const struct q_outbox_page *row)
{
	bool is_sent = text_equal(row->state, "sent");
	const char *subject =
		is_sent ? row->subject
			: words_of(rq, letters, row->template, row->lang, row->model).subject;

	vm_text(vm, "code", row->code);
	vm_text(vm, "subject", text_is_empty(subject) ? NULL : subject);
	put_to(vm, row->to_name, row->to_email);
	vm_enum(vm, "state", "mail", row->state);
	put_attempts(vm, row->attempts, row->next_attempt_at, row->last_error);
	vm_time(vm, "created_at", row->created_at);
	vm_time(vm, "sent_at", row->sent_at);
}

/* The state one asked for; another word shows all, as none does. */
static const char *state_asked(struct request *rq)
{
	static const char *const states[] = {"queued", "sent", "failed"};

	for (size_t i = 0; i < 3; i++)
		if (text_equal(form_text(&rq->form, "state"), states[i]))
			return states[i];
	return "";
}

static void put_pager(struct request *rq, struct vm *vm, const char *state, const char *next)
{
	const char *path = arena_printf(rq->arena, "%s/outbox", page_event_path(rq));
	const char *filter = *state ? arena_printf(rq->arena, "state=%s", state) : "";

	vm_text(vm, "next", next);
	vm_page_text(vm, "older_href",
		next ? arena_printf(rq->arena, "%s?%s%sbefore=%s", path, filter, *filter ? "&" : "",
			       next)
		     : NULL);
	vm_page_text(vm, "newest_href",
		*form_text(&rq->form, "before")
			? arena_printf(rq->arena, "%s%s%s", path, *filter ? "?" : "", filter)
			: NULL);
}

/* GET /:event/outbox */
enum rc get_outbox(struct request *rq, struct vm *vm)
{
	const char *state = state_asked(rq);
	struct vm_list *list = vm_list(vm, "mails");
	struct q_outbox_page *rows;
	struct letters letters;
	size_t n;

	TRY(read_list(rq, state, &rows, &n));
	TRY(letters_load(rq->db, rq->arena, page_event_id(rq), &letters, &rq->err));
	TRY(put_counts(rq, vm));
	for (size_t i = 0; i < n && i < PAGE_ROWS; i++)
		put_row(rq, vm_item(list), &letters, &rows[i]);
	put_pager(rq, vm, state, n > PAGE_ROWS ? rows[PAGE_ROWS - 1].code : NULL);
	vm_enum(vm, "filter", "mail", *state ? state : NULL);
	vm_bool(vm, "has_relay", jobs_has_relay(rq->app->jobs));
	vm_page_bool(vm, "has_mails", n > 0);
	return OK;
}

/* ---- one mail ---- */

static bool is_symbol(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/*
 * Whoever holds the token of a link is taken for the person it was sent to, so a mail to somebody
 * else shows "…" in its place.
 */
static const char *without_tokens(struct arena *a, const char *text, bool *has_hidden)
{
	struct buf b = buf_in(a, strlen(text) + 1);
	const char *p = text;

	while (*p) {
		size_t n = 0;
		while (is_symbol(p[n]))
			n++;
		if (n == TOKEN_SYMBOLS && token_is_wellformed((struct str){p, n})) {
			buf_text(&b, "…");
			*has_hidden = true;
		} else {
			n = n ? n : 1;
			buf_add(&b, p, n);
		}
		p += n;
	}
	return buf_cstr(&b);
}

static void put_part(struct vm_list *parts, struct str text, bool is_link)
{
	const char *shown;
	struct vm *part;

	if (!text.n)
		return;
	part = vm_item(parts);
	shown = str_dup(vm_arena(part), text);
	vm_page_text(part, "text", shown);
	vm_page_text(part, "href", is_link ? shown : NULL);
}

/*
 * The body in pieces: text, and addresses of our own that may be followed. Only a rehearsal has the
 * latter, where every link is its reader's.
 */
static void put_parts(struct request *rq, struct vm *vm, const char *body)
{
	struct vm_list *parts = vm_page_list(vm, "parts");
	const char *base = page_url(rq, "/");
	const char *from = body;

	for (const char *at = body; is_rehearsal(rq) && (at = strstr(at, base)) != NULL;) {
		size_t n = strcspn(at, " \t\n\"<>");
		put_part(parts, (struct str){from, (size_t)(at - from)}, false);
		put_part(parts, (struct str){at, n}, true);
		from = at = at + n;
	}
	put_part(parts, str_from(from), false);
}

static void put_words(struct request *rq, struct vm *vm, struct letter words, bool is_secret)
{
	bool has_hidden = false;

	if (is_secret)
		words.body = "";
	if (!is_rehearsal(rq)) {
		words.subject = without_tokens(rq->arena, words.subject, &has_hidden);
		words.body = without_tokens(rq->arena, words.body, &has_hidden);
	}
	vm_text(vm, "subject", *words.subject ? words.subject : NULL);
	vm_text(vm, "body", words.body);
	put_parts(rq, vm, words.body);
	vm_bool(vm, "has_hidden_links", has_hidden);
	vm_bool(vm, "is_secret", is_secret);
}

/* GET /:event/outbox/:code */
enum rc get_outbox_mail(struct request *rq, struct vm *parent)
{
	struct vm *vm = vm_object(parent, "mail");
	struct q_outbox_by_code row;
	struct letters letters;
	int64_t event_id;
	bool is_sent;

	TRY(mail_of_path(rq, &row, &event_id));
	TRY(letters_load(rq->db, rq->arena, event_id, &letters, &rq->err));
	is_sent = text_equal(row.state, "sent");
	put_words(rq, vm,
		is_sent ? (struct letter){row.subject, row.body}
			: words_of(rq, &letters, row.template, row.lang, row.model),
		text_equal(row.discloses, "reviews") && !(rq->actor->roles & ROLE_CHAIR));
	vm_text(vm, "code", row.code);
	put_to(vm, row.to_name, row.to_email);
	vm_enum(vm, "state", "mail", row.state);
	put_attempts(vm, row.attempts, row.next_attempt_at, row.last_error);
	vm_time(vm, "created_at", row.created_at);
	vm_time(vm, "sent_at", row.sent_at);
	vm_bool(vm, "has_relay", jobs_has_relay(rq->app->jobs));
	form_view_new(rq, parent, post_outbox_retry,
		arena_printf(rq->arena, "%s/outbox/%s/retry", page_event_path(rq), row.code));
	return OK;
}

/* POST /:event/outbox/:code/retry */
enum rc post_outbox_retry(struct request *rq, struct vm *vm)
{
	struct q_outbox_by_code row;
	int64_t event_id;

	(void)vm;
	TRY(mail_of_path(rq, &row, &event_id));
	reply_to(rq, "%s/outbox/%s", page_event_path(rq), row.code);
	reply_flash(rq, "It is tried again now");
	return page_write_in(rq, event_id, mail_retry,
		&(struct mail_retry){
			.id = row.id, .code = row.code, .person_id = rq->actor->person_id});
}
