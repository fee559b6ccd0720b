/* Submissions as their authors (and those who may read them) see them. */
#include "base/random.h"
#include "base/text.h"
#include "domain/submission.h"
#include "pages/handlers.h"
#include "pages/submission.h"
#include "view/markdown.h"

void put_version_themes(struct vm *vm, const struct submission_version_text *text)
{
	struct vm_list *list = vm_list(vm, "themes");

	for (size_t i = 0; i < text->n_themes; i++) {
		struct vm *theme = vm_item(list);
		vm_text(theme, "code", text->themes[i].code);
		vm_text(theme, "name", text->themes[i].title);
		vm_text(theme, "letter", text->themes[i].letter);
		vm_int(theme, "hue", text->themes[i].hue);
	}
}

static void put_affiliations(struct vm *vm, const char *lines)
{
	struct vm_list *list = vm_list(vm, "affiliations");
	struct str rest = str_from(lines);

	while (rest.p) {
		struct str line = str_trim(str_cut(&rest, '\n'));
		if (line.n)
			vm_text(vm_item(list), "text", str_dup(vm_arena(vm), line));
	}
}

void put_version_authors(struct vm *vm, const struct submission_version_text *text,
	int64_t reader_person_id)
{
	struct vm_list *list = vm_list(vm, "authors");

	for (size_t i = 0; i < text->n_authors; i++) {
		const struct q_authors_of_version *row = &text->authors[i];
		struct vm *author = vm_item(list);
		vm_name(author, "name", row->name, NULL);
		put_affiliations(author, row->affiliations);
		vm_bool(author, "is_presenting", row->is_presenting);
		vm_page_bool(author, "is_me",
			reader_person_id && row->person_id == reader_person_id);
	}
}

void put_version_text(struct request *rq, struct vm *vm,
	const struct submission_version_text *text)
{
	vm_text(vm, "title", text_is_empty(text->row.title) ? NULL : text->row.title);
	vm_text(vm, "type", text->row.type_code);
	vm_page_text(vm, "type_text", text->row.type_title);
	vm_text(vm, "abstract", text->row.abstract);
	vm_html(vm, "abstract_html", paragraphs_html(rq->arena, text->row.abstract));
	vm_text(vm, "keywords", text->row.keywords);
	vm_int(vm_object(vm, "words"), "n", text->row.n_words);
	put_version_themes(vm, text);
}

/* Outcomes that mean "yes" share one look. */
void put_outcome(struct vm *vm, const char *outcome)
{
	bool is_waitlist = text_equal(outcome, "waitlist");
	bool is_reject = text_equal(outcome, "reject");

	vm_enum(vm, "outcome", "outcome", outcome);
	vm_page_bool(vm, "is_accept", !is_waitlist && !is_reject);
	vm_page_bool(vm, "is_waiting", is_waitlist);
	vm_page_bool(vm, "is_refusal", is_reject);
}

/* GET /:event/submissions: one's own; chairs and organisers also get the working list. */
enum rc get_submissions(struct request *rq, struct vm *vm)
{
	struct vm_list *list = vm_list(vm, "submissions");
	struct q_submissions_own *own;
	struct call call;
	size_t n = 0;

	TRY(call_load(rq->db, rq->arena, page_event_id(rq), &call, &rq->err));
	struct vm *shown_call = vm_object(vm, "call");
	vm_bool(shown_call, "is_open", call_phase_at(&call, rq->now_ms) == CALL_OPEN);
	vm_time_in(shown_call, "at", call.row.closes_at, call.deadline_zone);
	if (rq->actor->person_id)
		TRY(q_submissions_own(rq->db, rq->arena,
			&(struct q_submissions_own_in){
				.event_id = page_event_id(rq),
				.actor_id = rq->actor->person_id,
			},
			&own, &n, &rq->err));
	for (size_t i = 0; i < n; i++)
		put_own(vm_item(list), &own[i], call.row.closes_at, rq->now_ms);
	TRY(put_claimed(rq, list, call.row.closes_at));
	vm_page_bool(vm, "has_submissions", vm_count(list) > 0);
	return put_selection(rq, vm);
}

void put_own(struct vm *vm, const struct q_submissions_own *row, int64_t closes_at,
	int64_t now_ms)
{
	vm_text(vm, "code", row->code);
	vm_text(vm, "title", text_is_empty(row->title) ? NULL : row->title);
	vm_page_text(vm, "type_text", row->type_title);
	vm_enum(vm, "state", "state", row->state);
	vm_time(vm, "updated_at", row->saved_at);
	vm_time(vm, "submitted_at", row->submitted_at);
	vm_bool(vm, "can_edit", now_ms <= closes_at && !text_equal(row->state, "withdrawn"));
	if (row->is_released)
		put_outcome(vm_object(vm, "decision"), row->outcome);
}

/* The unproved texts of this browser, each with its own token. */
enum rc put_claimed(struct request *rq, struct vm_list *list, int64_t closes_at)
{
	for (size_t c = 0; c < rq->actor->n_claims; c++) {
		struct q_submissions_claimed *rows;
		size_t n;

		TRY(q_submissions_claimed(rq->db, rq->arena,
			&(struct q_submissions_claimed_in){
				.event_id = page_event_id(rq),
				.token_hash = rq->actor->claim_hashes[c],
			},
			&rows, &n, &rq->err));
		for (size_t i = 0; i < n; i++) {
			struct vm *vm = vm_item(list);
			vm_text(vm, "code", rows[i].code);
			vm_text(vm, "title",
				text_is_empty(rows[i].title) ? NULL : rows[i].title);
			vm_enum(vm, "state", "state", rows[i].state);
			vm_time(vm, "updated_at", rows[i].saved_at);
			vm_bool(vm, "can_edit", rq->now_ms <= closes_at);
		}
	}
	return OK;
}

static enum rc put_versions(struct request *rq, struct vm *vm, const struct submission *s)
{
	struct q_versions_of_submission *rows;
	struct vm_list *list;
	size_t n;

	if (!submission_may_see(s, DOC_HISTORY))
		return OK;
	TRY(q_versions_of_submission(rq->db, rq->arena,
		&(struct q_versions_of_submission_in){
			.event_id = page_event_id(rq), .submission_id = s->row.id},
		&rows, &n, &rq->err));
	list = vm_list(vm, "versions");
	for (size_t i = 0; i < n; i++) {
		struct vm *row = vm_item(list);
		vm_int(row, "number", rows[i].version);
		vm_text(row, "title", rows[i].title);
		vm_time(row, "sent_at", rows[i].saved_at);
	}
	vm_page_bool(vm, "has_versions", n > 1);
	return OK;
}

static enum rc put_files(struct request *rq, struct vm *vm, const struct submission *s)
{
	struct q_files_of_submission *rows;
	struct vm_list *list = vm_list(vm, "files");
	size_t n;

	TRY(q_files_of_submission(rq->db, rq->arena,
		&(struct q_files_of_submission_in){
			.event_id = page_event_id(rq), .submission_id = s->row.id},
		&rows, &n, &rq->err));
	for (size_t i = 0; i < n; i++) {
		struct vm *row = vm_item(list);
		vm_text(row, "code", rows[i].code);
		vm_enum(row, "kind", "file", rows[i].kind);
		/* A file name can tell who wrote it: reviewers get a neutral one. */
		vm_text(row, "file_name",
			submission_may_see(s, DOC_AUTHORS) ? rows[i].file_name : rows[i].kind);
		vm_int(row, "size_bytes", rows[i].size_bytes);
		vm_page_printf(row, "size_text", "%.1f MB", (double)rows[i].size_bytes / 1e6);
		vm_time(row, "uploaded_at", rows[i].uploaded_at);
	}
	return OK;
}

/* What one may do here, as an author. */
static void put_acts(struct request *rq, struct vm *vm, const struct submission *s)
{
	bool is_own = s->relations & (REL_AUTHOR | REL_CLAIM);
	bool is_open = rq->now_ms <= s->row.closes_at;
	bool can_edit = submission_is_editable(s, rq->now_ms);

	vm_bool(vm, "is_own", is_own);
	vm_bool(vm, "can_edit", can_edit);
	vm_bool(vm, "can_withdraw", is_own && text_equal(s->row.state, "submitted"));
	vm_bool(vm, "can_restore", is_own && is_open && text_equal(s->row.state, "withdrawn"));
	vm_bool(vm, "can_attach", (s->relations & REL_AUTHOR) && !text_equal(s->row.state, "withdrawn"));
	vm_page_bool(vm, "is_unproved", s->relations & REL_CLAIM);
	vm_page_text(vm, "claim_email", s->relations & REL_CLAIM ? s->row.claim_email : NULL);
	if (can_edit)
		vm_time_in(vm_object(vm, "deadline"), "at", s->row.closes_at,
			zone_find(s->row.deadline_zone));
}

/* GET /:event/submissions/:code: what the policy lets this reader know of it, and no more. */
enum rc get_submission(struct request *rq, struct vm *parent)
{
	struct submission_version_text text;
	struct submission s;
	struct vm *vm;

	TRY(submission_load(rq->db, rq->arena, rq->event, rq->actor, path_param(rq, "code"), &s,
		&rq->err));
	TRY(submission_read(rq->db, rq->arena, page_event_id(rq), s.row.id,
		s.relations & (REL_AUTHOR | REL_CLAIM) ? 0 : s.row.version, &text, &rq->err));
	vm = vm_object(parent, "submission");
	vm_text(vm, "code", s.row.code);
	vm_enum(vm, "state", "state", s.row.state);
	vm_int(vm, "rev", s.row.rev);
	put_version_text(rq, vm, &text);
	vm_bool(vm, "shows_authors", submission_may_see(&s, DOC_AUTHORS));
	if (submission_may_see(&s, DOC_AUTHORS))
		put_version_authors(vm, &text, rq->actor->person_id);
	if (submission_may_see(&s, DOC_NOTE) && !text_is_empty(text.row.note))
		vm_text(vm, "note", text.row.note);
	if (submission_may_see(&s, DOC_DECISION) && s.row.released_at) {
		struct vm *decision = vm_object(vm, "decision");
		put_outcome(decision, s.row.outcome);
		vm_time(decision, "released_at", s.row.released_at);
	}
	put_acts(rq, vm, &s);
	form_view_new(rq, parent, post_submission_file,
		arena_printf(rq->arena, "%s/submissions/%s/files", page_event_path(rq), s.row.code));
	TRY(put_files(rq, vm, &s));
	return put_versions(rq, vm, &s);
}

/* ---- withdrawing, restoring, files ---- */

static enum rc own_submission(struct request *rq, struct submission *s)
{
	TRY(submission_load(rq->db, rq->arena, rq->event, rq->actor, path_param(rq, "code"), s,
		&rq->err));
	if (!(s->relations & (REL_AUTHOR | REL_CLAIM)))
		return err_set(&rq->err, FORBIDDEN, "Only its authors can do this");
	return OK;
}

static enum rc act(struct request *rq, tx_fn fn, const char *flash)
{
	struct submission s;

	TRY(own_submission(rq, &s));
	reply_to(rq, "%s/submissions/%s", page_event_path(rq), s.row.code);
	reply_flash(rq, "%s", flash);
	return page_write(rq, TX_NORMAL, fn,
		&(struct submission_act){
			.actor = rq->actor, .submission = &s, .now_ms = rq->now_ms});
}

/* POST /:event/submissions/:code/withdraw */
enum rc post_submission_withdraw(struct request *rq, struct vm *vm)
{
	(void)vm;
	return act(rq, submission_withdraw, "Withdrawn. You can bring it back until the call closes");
}

/* POST /:event/submissions/:code/restore */
enum rc post_submission_restore(struct request *rq, struct vm *vm)
{
	(void)vm;
	return act(rq, submission_restore, "It is back, as you sent it");
}

/* POST /:event/submissions/:code/files: a poster as PDF, slides as PDF. */
enum rc post_submission_file(struct request *rq, struct vm *vm)
{
	const struct upload *file = form_upload(&rq->form, "file");
	const char *kind = form_text(&rq->form, "kind");
	struct submission s;

	(void)vm;
	TRY(own_submission(rq, &s));
	if (!(s.relations & REL_AUTHOR))
		return err_set(&rq->err, FORBIDDEN,
			"Prove your address first: follow the link we have mailed to you");
	if (!text_equal(kind, "poster") && !text_equal(kind, "slides"))
		return err_field(&rq->err, "kind", "Say whether this is a poster or slides");
	if (!file || !text_equal(file->mime_type, "application/pdf"))
		return err_field(&rq->err, "file", "Send it as a PDF of at most 30 MB");
	reply_created(rq, "%s/submissions/%s", page_event_path(rq), s.row.code);
	reply_flash(rq, "Your file is stored");
	return page_write(rq, TX_NORMAL, submission_attach,
		&(struct submission_attach){
			.actor = rq->actor,
			.submission = &s,
			.code = code_new(rq->arena),
			.kind = kind,
			.sha256 = file->sha256,
			.file_name = file->file_name,
			.mime_type = file->mime_type,
			.size_bytes = file->size_bytes,
		});
}

/* GET /:event/submissions/:code/files/:file */
enum rc get_submission_file(struct request *rq, struct vm *vm)
{
	struct q_submission_file_by_code file;
	struct submission s;
	const char *path;
	bool found;

	(void)vm;
	TRY(submission_load(rq->db, rq->arena, rq->event, rq->actor, path_param(rq, "code"), &s,
		&rq->err));
	TRY(q_submission_file_by_code(rq->db, rq->arena,
		&(struct q_submission_file_by_code_in){
			.event_id = page_event_id(rq),
			.submission_id = s.row.id,
			.code = path_param(rq, "file"),
		},
		&file, &found, &rq->err));
	path = found ? blob_path(rq->app->blobs, rq->arena, file.sha256) : NULL;
	if (!path)
		return err_set(&rq->err, NOT_FOUND, "There is no such file");
	reply_file(rq, file.mime_type, path,
		submission_may_see(&s, DOC_AUTHORS) ?
			file.file_name :
			arena_printf(rq->arena, "%s-%s.pdf", s.row.code, file.kind));
	return OK;
}
