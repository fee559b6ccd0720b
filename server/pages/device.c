/* Phones for the door: made by organisers, taken by whoever opens the link first. */
#include "domain/device.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/random.h"
#include "pages/handlers.h"
#include "pdf/page/qr.h"

enum { PATH_MAX_BYTES = 64 << 10 };

/* The modules as the d of one SVG path, a run of a row at a time. */
static const char *svg_path(struct arena *a, const struct qr *qr)
{
	struct buf b = buf_in(a, PATH_MAX_BYTES);

	for (int y = 0; y < qr->side; y++)
		for (int x = 0, run; x < qr->side; x += run) {
			const unsigned char *row = &qr->modules[y * qr->side];
			for (run = 1; x + run < qr->side && row[x + run] == row[x];)
				run++;
			if (row[x])
				buf_printf(&b, "M%d %dh%dv1h-%dz", x, y, run, run);
		}
	return buf_cstr(&b);
}

static void put_device(struct request *rq, struct vm *vm, const struct q_devices_of_event *row)
{
	const char *state = row->revoked_at                 ? "revoked"
			    : row->expires_at <= rq->now_ms ? "over"
			    : row->paired_at                ? "paired"
							    : "waiting";

	vm_text(vm, "code", row->code);
	vm_text(vm, "name", row->name);
	vm_enum(vm, "state", "device", state);
	vm_time(vm, "paired_at", row->paired_at);
	vm_time(vm, "expires_at", row->expires_at);
	vm_page_bool(vm, "is_live", text_equal(state, "paired") || text_equal(state, "waiting"));
}

/* GET /:event/checkin/devices */
enum rc get_devices(struct request *rq, struct vm *vm)
{
	struct vm_list *list = vm_list(vm, "devices");
	struct q_devices_of_event *rows;
	size_t n;

	form_view_new(rq, vm, post_devices, NULL);
	TRY(q_devices_of_event(rq->db, rq->arena,
		&(struct q_devices_of_event_in){.event_id = page_event_id(rq)}, &rows, &n,
		&rq->err));
	for (size_t i = 0; i < n; i++)
		put_device(rq, vm_item(list), &rows[i]);
	vm_page_bool(vm, "has_devices", n > 0);
	return OK;
}

/* POST /:event/checkin/devices: the link is shown in this answer and never again. */
enum rc post_devices(struct request *rq, struct vm *vm)
{
	struct device_add add = {
		.actor = rq->actor,
		.event = rq->event,
		.name = form_text(&rq->form, "name"),
		.code = code_new(rq->arena),
		.token = token_new(rq->arena),
	};
	const char *url = page_url(
		rq, arena_printf(rq->arena, "%s/checkin/pair/%s", page_event_path(rq), add.token));
	struct vm *shown = vm_object(vm, "link");
	struct qr qr;

	vm_text(shown, "code", add.code);
	vm_text(shown, "name", add.name);
	vm_text(shown, "url", url);
	struct err too_long = err_in(rq->arena);
	if (qr_make(rq->arena, url, &qr, &too_long) == OK) {
		struct vm *symbol = vm_page_object(shown, "qr");
		vm_page_printf(symbol, "view_box", "-4 -4 %d %d", qr.side + 8, qr.side + 8);
		vm_page_text(symbol, "path", svg_path(rq->arena, &qr));
	}
	struct q_device_by_token made;
	bool found;

	reply_template(rq, "checkin/device_made");
	TRY(page_write(rq, TX_NORMAL, device_add, &add));
	/* A second click does nothing twice, and its link is nobody's. */
	TRY(q_device_by_token(rq->db, rq->arena,
		&(struct q_device_by_token_in){.event_id = page_event_id(rq),
			.token_hash = hash_hex(rq->arena, str_from(add.token))},
		&made, &found, &rq->err));
	return found ? OK
		     : err_set(&rq->err, CONFLICT,
			       "This link was made and shown once already; make another");
}

/* POST /:event/checkin/devices/:code/revoke */
enum rc post_device_revoke(struct request *rq, struct vm *vm)
{
	(void)vm;
	reply_to(rq, "%s/checkin/devices", page_event_path(rq));
	reply_flash(rq, "The device is revoked and opens nothing any more");
	return page_write(rq, TX_NORMAL, device_revoke,
		&(struct device_revoke){.actor = rq->actor, .code = path_param(rq, "code")});
}

/* GET /:event/checkin/pair/:token: a preview of the link in a messenger must not take it. */
enum rc get_device_pair(struct request *rq, struct vm *vm)
{
	form_view_new(rq, vm, post_device_pair, NULL);
	return OK;
}

/* POST /:event/checkin/pair/:token */
enum rc post_device_pair(struct request *rq, struct vm *vm)
{
	struct device_pair pair = {
		.link_token = path_param(rq, "token"), .token = token_new(rq->arena)};
	struct q_device_by_token row;
	bool found;

	(void)vm;
	TRY(page_write(rq, TX_NORMAL, device_pair, &pair));
	TRY(device_find(rq->db, rq->arena, page_event_id(rq), pair.token, rq->now_ms, &row, &found,
		&rq->err));
	if (!found)
		return err_set(&rq->err, GONE, "This device was revoked at this very moment");
	reply_cookie(
		rq, "device", pair.token, (int)((row.expires_at - rq->now_ms) / SECOND_MS) + 1);
	reply_to(rq, "%s/checkin", page_event_path(rq));
	return OK;
}
