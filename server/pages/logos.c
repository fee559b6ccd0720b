/* Logos come as pictures that a print worker has decoded; the server itself never looks inside. */
#include "pages/logos.h"
#include "base/hash.h"
#include "base/random.h"
#include "domain/logo.h"
#include "pages/handlers.h"
#include "pdf/worker.h"

static enum rc load(struct request *rq, struct q_logos_of_event **rows, size_t *n)
{
	return q_logos_of_event(rq->db, rq->arena,
		&(struct q_logos_of_event_in){.event_id = page_event_id(rq)}, rows, n, &rq->err);
}

enum rc put_logos(struct request *rq, struct vm *vm)
{
	struct vm_list *list = vm_list(vm, "logos");
	struct q_logos_of_event *rows;
	size_t n;

	TRY(load(rq, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct vm *row = vm_item(list);
		vm_text(row, "code", rows[i].code);
		vm_text(row, "alt", rows[i].alt);
		vm_text(row, "mime_type", rows[i].mime_type);
		vm_int(row, "size_bytes", rows[i].size_bytes);
		vm_page_bool(row, "is_first", i == 0);
	}
	vm_page_bool(vm, "has_logos", n > 0);
	form_view_named(rq, vm, "logo_form", post_event_logo,
		arena_printf(rq->arena, "%s/settings/logos", page_event_path(rq)));
	return OK;
}

static enum rc read_image(
	struct request *rq, const char *sha256, const char *alt, struct logo_image *out)
{
	struct str bytes;

	TRY(blob_read(rq->app->blobs, rq->arena, sha256, LOGO_MAX_BYTES, &bytes, &rq->err));
	*out = (struct logo_image){base64_encode(rq->arena, bytes), alt};
	return OK;
}

enum rc logo_images(struct request *rq, size_t most, struct logo_image **out, size_t *n)
{
	struct q_logos_of_event *rows;
	size_t n_rows;

	TRY(load(rq, &rows, &n_rows));
	*out = ARENA_ARRAY(rq->arena, n_rows, struct logo_image);
	*n = 0;
	for (size_t i = 0; i < n_rows && *n < most; i++) {
		if (!blob_path(rq->app->blobs, rq->arena, rows[i].sha256))
			continue;
		TRY(read_image(rq, rows[i].sha256, rows[i].alt, &(*out)[*n]));
		++*n;
	}
	return OK;
}

static void put_images(struct vm *event, const struct logo_image *images, size_t n)
{
	struct vm_list *list;

	if (!n)
		return;
	list = vm_list(event, "logos");
	for (size_t i = 0; i < n; i++) {
		struct vm *image = vm_item(list);
		vm_text(image, "data", images[i].data);
		vm_text(image, "alt", images[i].alt);
	}
}

enum rc put_logo_images(struct request *rq, struct vm *event, size_t most)
{
	struct logo_image *images;
	size_t n;

	TRY(logo_images(rq, most, &images, &n));
	put_images(event, images, n);
	return OK;
}

/* One badge with the logo on it. */
static struct vm *trial_model(struct request *rq, const struct logo_image *image)
{
	static const struct vm_format plain = {.lang = "en"};
	struct vm *model = vm_new(rq->arena, &plain), *event = vm_object(model, "event");
	struct vm *badge = vm_item(vm_list(model, "badges"));

	vm_text(model, "lang", "en");
	vm_text(event, "title", "Trial");
	vm_text(event, "starts_on", rq->event->row.starts_on);
	vm_text(event, "ends_on", rq->event->row.ends_on);
	put_images(event, image, 1);
	vm_text(badge, "name", "Trial");
	vm_text(badge, "role", "Trial");
	vm_int(badge, "role_number", 0);
	vm_text(badge, "qr", "Trial");
	vm_text(badge, "code", "Trial");
	return model;
}

/*
 * Prints a badge on trial, in a worker: what print would refuse later is refused now, in its own
 * words. The connection is given back meanwhile.
 */
static enum rc try_print(struct request *rq, const struct logo_image *image)
{
	struct buf pdf = buf_in(rq->arena, PRINT_MAX_BYTES);
	struct print_warnings warnings = print_warnings_in(rq->arena);
	struct err err = err_in(rq->arena);
	enum rc rc;

	page_release(rq);
	rc = print_pool_run(rq->app->print, rq->arena, "badge", vm_root(trial_model(rq, image)),
		NULL, &pdf, &warnings, &err);
	TRY(page_acquire(rq));
	const char *fault = err_of_field(&err, "event.logos.0.data");
	if (fault)
		return err_field(&rq->err, "file", "%s", fault);
	return rc == OK ? OK : err_set(&rq->err, rc, "%s", err.message);
}

/* POST /:event/settings/logos */
enum rc post_event_logo(struct request *rq, struct vm *vm)
{
	const struct upload *file = form_upload(&rq->form, "file");
	struct logo_image image;

	(void)vm;
	if (!file || (!text_equal(file->mime_type, "image/png") &&
			     !text_equal(file->mime_type, "image/jpeg")))
		return err_field(&rq->err, "file", "Send it as a PNG or JPEG of at most 500 kB");
	TRY(read_image(rq, file->sha256, form_text(&rq->form, "alt"), &image));
	TRY(try_print(rq, &image));
	reply_created(rq, "%s/settings#logos", page_event_path(rq));
	reply_flash(rq, "The logo is stored");
	return page_write(rq, TX_NORMAL, logo_add,
		&(struct logo_add){
			.actor = rq->actor,
			.code = code_new(rq->arena),
			.alt = image.alt,
			.sha256 = file->sha256,
			.mime_type = file->mime_type,
			.size_bytes = file->size_bytes,
		});
}

static enum rc act(struct request *rq, tx_fn fn, const char *flash)
{
	reply_to(rq, "%s/settings#logos", page_event_path(rq));
	reply_flash(rq, "%s", flash);
	return page_write(rq, TX_NORMAL, fn,
		&(struct logo_act){.actor = rq->actor, .code = path_param(rq, "code")});
}

/* POST /:event/settings/logos/:code/up */
enum rc post_event_logo_up(struct request *rq, struct vm *vm)
{
	(void)vm;
	return act(rq, logo_move_up, "The order is saved");
}

/* POST /:event/settings/logos/:code/delete */
enum rc post_event_logo_delete(struct request *rq, struct vm *vm)
{
	(void)vm;
	return act(rq, logo_remove, "The logo is removed");
}

/* GET /:event/settings/logos/:code: as it was sent, for the preview. */
enum rc get_event_logo(struct request *rq, struct vm *vm)
{
	struct q_logo_by_code logo;
	const char *path;
	bool found;

	(void)vm;
	TRY(q_logo_by_code(rq->db, rq->arena,
		&(struct q_logo_by_code_in){
			.event_id = page_event_id(rq), .code = path_param(rq, "code")},
		&logo, &found, &rq->err));
	path = found ? blob_path(rq->app->blobs, rq->arena, logo.sha256) : NULL;
	if (!path)
		return err_set(&rq->err, NOT_FOUND, "There is no such logo");
	reply_file(rq, logo.mime_type, path,
		arena_printf(rq->arena, "%s.%s", path_param(rq, "code"),
			text_equal(logo.mime_type, "image/png") ? "png" : "jpg"));
	return OK;
}
