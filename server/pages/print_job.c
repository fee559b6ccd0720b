/* One document: asked for, under way, and what came of it. */
#include "base/hash.h"
#include "base/random.h"
#include "domain/print_job.h"
#include "jobs/jobs.h"
#include "pages/handlers.h"
#include "pages/print_kinds.h"
#include "pdf/print.h"

enum { OPTIONS_MAX_BYTES = 16 << 10 };

/* ---- asking ---- */

/* Every field of the form that says something, and what it comes to in words. */
static const char *options_json(struct request *rq, const char *about)
{
	struct buf b = buf_in(rq->arena, OPTIONS_MAX_BYTES);

	buf_text(&b, "{\"about\":");
	json_add_string(&b, about ? about : "");
	for (size_t i = 0; i < rq->form.n_fields; i++) {
		const struct field *field = &rq->form.fields[i];
		if (field->shape != FIELD_ONE || !*form_text(&rq->form, field->name))
			continue;
		buf_char(&b, ',');
		json_add_string(&b, field->name);
		buf_char(&b, ':');
		json_add_string(&b, form_text(&rq->form, field->name));
	}
	buf_char(&b, '}');
	return b.failed ? "{}" : buf_cstr(&b);
}

static enum rc keep_model(struct request *rq, const struct buf *model, const char **sha256)
{
	struct blob_writer *w;
	int64_t n_bytes;

	TRY(blob_begin(rq->app->prints, PRINT_MAX_MODEL, &w, &rq->err));
	if (blob_add(w, buf_view(model), &rq->err) != OK) {
		blob_abort(w);
		return rq->err.rc;
	}
	return blob_commit(w, rq->arena, sha256, &n_bytes, &rq->err);
}

/* Of who makes it, what kind it is, and all that stands in it. */
static const char *hash_of(struct request *rq, const char *kind, const char *model_sha256)
{
	return hash_hex(rq->arena, str_from(arena_printf(rq->arena, "%s\n%s\n%s", rq->app->build,
					   kind, model_sha256)));
}

static enum rc find_same(struct request *rq, const char *content_hash, bool is_check,
	struct q_print_job_same *out, bool *found)
{
	TRY(q_print_job_same(rq->db, rq->arena,
		&(struct q_print_job_same_in){.event_id = page_event_id(rq),
			.content_hash = content_hash,
			.is_check = is_check},
		out, found, &rq->err));
	*found = *found && (is_check || blob_path(rq->app->prints, rq->arena, out->sha256) != NULL);
	return OK;
}

enum rc print_ask(struct request *rq, const struct print_wish *wish)
{
	struct buf model = buf_in(rq->arena, PRINT_MAX_MODEL);
	struct print_job_add add = {
		.actor = rq->actor,
		.code = code_new(rq->arena),
		.kind = wish->kind,
		.options = options_json(rq, wish->about),
		.is_check = text_equal(rq->form.doing, "check"),
		.file_name = wish->file_name,
	};
	struct q_print_job_same same;
	bool found;

	json_write(&model, wish->model);
	if (model.failed)
		return err_set(&rq->err, INVALID,
			"This is too long for one document: print it in smaller parts");
	TRY(keep_model(rq, &model, &add.model_sha256));
	add.content_hash = hash_of(rq, wish->kind, add.model_sha256);
	TRY(find_same(rq, add.content_hash, add.is_check, &same, &found));
	if (found)
		add.same = &same;
	reply_created(rq, "%s/print/%s", page_event_path(rq), add.code);
	TRY(page_write(rq, TX_NORMAL, print_job_add, &add));
	jobs_print_now(rq->app->jobs);
	return OK;
}

/* ---- the page ---- */

/* What was chosen, as people read it; NULL: nothing to tell. */
static const char *about(struct request *rq, const char *options)
{
	struct err ignored = err_in(rq->arena);
	const char *text;
	cJSON *json;

	if (json_parse(rq->arena, str_from(options), &json, &ignored) != OK)
		return NULL;
	text = json_text(json, "about");
	return text_is_empty(text) ? NULL : text;
}

void put_print_row(struct request *rq, struct vm *vm, const struct q_print_jobs_of_person *row)
{
	vm_text(vm, "code", row->code);
	vm_enum(vm, "kind", "print", row->kind);
	vm_text(vm, "about", about(rq, row->options));
	vm_bool(vm, "is_check", row->is_check);
	vm_enum(vm, "state", "print_job", row->state);
	vm_time(vm, "created_at", row->created_at);
}

/* Where the text stands that a warning is about; NULL when there is no page of it. */
static const char *href_of(
	struct request *rq, const struct print_kind *kind, const char *printed_code)
{
	const char *code = printed_code ? code_normalise(rq->arena, str_from(printed_code)) : NULL;

	if (!code || !kind || !kind->subject)
		return NULL;
	return arena_printf(rq->arena, "%s/%ss/%s", page_event_path(rq), kind->subject, code);
}

static void put_warning(
	struct request *rq, struct vm *vm, const struct print_kind *kind, const cJSON *warning)
{
	const char *where = json_text(warning, "where");

	vm_text(vm, "where", text_is_empty(where) ? NULL : where);
	vm_text(vm, "message", json_text(warning, "message"));
	vm_text(vm, "character", json_text(warning, "character"));
	vm_text(vm, "code", json_text(warning, "code"));
	vm_page_text(vm, "href", href_of(rq, kind, json_text(warning, "code")));
}

static enum rc put_warnings(
	struct request *rq, struct vm *vm, const struct q_print_job_by_code *row)
{
	const struct print_kind *kind = print_kind_of(row->kind);
	struct vm_list *list = vm_list(vm, "warnings");
	const cJSON *warning;
	cJSON *warnings;

	TRY(json_parse(rq->arena, str_from(row->warnings), &warnings, &rq->err));
	cJSON_ArrayForEach(warning, warnings) put_warning(rq, vm_item(list), kind, warning);
	vm_page_bool(vm, "has_warnings", vm_count(list) > 0);
	vm_page_int(vm_page_object(vm, "warned"), "n", (int64_t)vm_count(list));
	return OK;
}

static enum rc job_of_path(struct request *rq, struct q_print_job_by_code *out)
{
	const struct print_kind *kind;
	bool found;

	TRY(q_print_job_by_code(rq->db, rq->arena,
		&(struct q_print_job_by_code_in){
			.event_id = page_event_id(rq),
			.code = path_param(rq, "code"),
			.person_id = rq->actor->person_id,
		},
		out, &found, &rq->err));
	kind = found ? print_kind_of(out->kind) : NULL;
	/* A role that was taken away takes what it had printed along. */
	if (!kind || policy_capability(rq->actor, rq->event, kind->capability) != OK)
		return err_set(&rq->err, NOT_FOUND,
			"There is no such document, or it is not for you. Documents are kept for "
			"%d days",
			PRINT_JOB_KEPT_DAYS);
	return OK;
}

static enum rc reply_document(struct request *rq, const struct q_print_job_by_code *row)
{
	const char *path;

	if (!text_equal(row->state, "done") || row->is_check)
		return err_set(&rq->err, NOT_FOUND, "This document is not printed");
	path = blob_path(rq->app->prints, rq->arena, row->sha256);
	if (!path)
		return err_set(
			&rq->err, GONE, "This document is not kept any more: print it again");
	reply_file(rq, "application/pdf", path, row->file_name);
	return OK;
}

/* "72 kB", "1.4 MB" */
static const char *size_text(struct request *rq, int64_t bytes)
{
	enum { KB = 1000, MB = 1000 * KB };

	return bytes < MB ? arena_printf(rq->arena, "%lld kB", (long long)((bytes + KB - 1) / KB))
			  : arena_printf(rq->arena, "%.1f MB", (double)bytes / MB);
}

static void put_job(struct request *rq, struct vm *vm, const struct q_print_job_by_code *row)
{
	bool is_done = text_equal(row->state, "done");

	vm_text(vm, "code", row->code);
	vm_enum(vm, "kind", "print", row->kind);
	vm_text(vm, "about", about(rq, row->options));
	vm_bool(vm, "is_check", row->is_check);
	vm_enum(vm, "state", "print_job", row->state);
	vm_int(vm, "percent", row->percent);
	vm_text(vm, "message", text_is_empty(row->message) ? NULL : row->message);
	vm_int(vm, "size_bytes", row->size_bytes);
	vm_page_text(vm, "size_text", size_text(rq, row->size_bytes));
	vm_time(vm, "created_at", row->created_at);
	vm_time(vm, "finished_at", row->finished_at);
	vm_text(vm, "document",
		is_done && !row->is_check
			? arena_printf(rq->arena, "%s/print/%s.pdf", page_event_path(rq), row->code)
			: NULL);
	vm_page_bool(vm, "is_under_way",
		text_equal(row->state, "waiting") || text_equal(row->state, "running"));
	vm_page_int(vm, "kept_days", PRINT_JOB_KEPT_DAYS);
}

/* GET /:event/print/:code: how far it is and what it warns of; .pdf is the document. */
enum rc get_print_job(struct request *rq, struct vm *parent)
{
	struct vm *vm = vm_object(parent, "job");
	struct q_print_job_by_code row;

	TRY(job_of_path(rq, &row));
	if (text_equal(rq->suffix, "pdf"))
		return reply_document(rq, &row);
	put_job(rq, vm, &row);
	vm_page_text(parent, "script", asset_url(rq->app->assets, rq->arena, "follow.js"));
	return put_warnings(rq, vm, &row);
}

/* POST /:event/print/:code/cancel */
enum rc post_print_cancel(struct request *rq, struct vm *vm)
{
	struct q_print_job_by_code row;

	(void)vm;
	TRY(job_of_path(rq, &row));
	reply_to(rq, "%s/print/%s", page_event_path(rq), row.code);
	reply_flash(rq, "It is cancelled: nothing is printed");
	return page_write(rq, TX_NORMAL, print_job_cancel,
		&(struct print_job_cancel){.actor = rq->actor, .code = row.code});
}
