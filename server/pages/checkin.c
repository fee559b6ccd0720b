/* The desk: a typed code, a name or a batch of scans comes in, a verdict goes out. */
#include <string.h>
#include "base/hash.h"
#include "base/json.h"
#include "base/random.h"
#include "base/text.h"
#include "domain/checkin.h"
#include "domain/ticket.h"
#include "pages/handlers.h"
#include "pages/registration.h"

enum { N_LAST = 8, N_MATCHES = 20, LIST_MAX_BYTES = 8 << 20 };

/* ---- what is shown ---- */

static void put_holder(struct vm *vm, const char *name, const char *name_lang)
{
	page_person_name(vm, "name", text_is_empty(name) ? NULL : name, name_lang);
}

/* A scan in the past of another day is not told by its clock alone. */
static bool is_today(struct request *rq, int64_t at_ms)
{
	struct civil then = zone_civil(rq->event->zone, at_ms);
	struct civil now = zone_civil(rq->event->zone, rq->now_ms);

	return then.year == now.year && then.month == now.month && then.day == now.day;
}

/* The data of one scan, for the page and for the answer to a batch alike. */
static void put_scan(struct request *rq, struct vm *vm, const struct q_door_scan *s)
{
	const char *desk = *s->in_device_name ? s->in_device_name : s->in_scanner_name;

	vm_text(vm, "nonce", s->nonce);
	vm_enum(vm, "verdict", "door", s->verdict);
	vm_text(vm, "code", *s->code ? s->code : NULL);
	put_holder(vm, s->badge_name, s->name_lang);
	vm_text(vm, "ticket", *s->ticket_title ? s->ticket_title : NULL);
	vm_time(vm, "scanned_at", s->scanned_at);
	vm_time(vm, "in_at", s->in_at);
	vm_page_bool(vm, "is_today", s->in_at && is_today(rq, s->in_at));
	vm_text(vm, "desk", *desk ? desk : NULL);
}

/* Shape, word and colour (components/verdict). */
static void put_verdict(struct request *rq, struct vm *parent, const struct q_door_scan *s)
{
	struct vm *vm = vm_object(parent, "verdict");
	bool is_in = text_equal(s->verdict, "in") && s->in_at;
	bool is_out = text_equal(s->verdict, "unknown") || text_equal(s->verdict, "cancelled");
	bool is_gone = !is_in && !is_out && !s->in_at;

	put_scan(rq, vm, s);
	vm_page_text(vm, "said_name", *s->said_name ? s->said_name : NULL);
	vm_page_bool(vm, "is_in", is_in);
	vm_page_bool(vm, "is_out", is_out);
	vm_page_bool(vm, "is_again", !is_in && !is_out);
	vm_page_bool(vm, "is_gone", is_gone);
	vm_page_text(vm, "word",
		i18n_word(rq->app->i18n, rq->lang, "door", is_gone ? "undo" : s->verdict));
	vm_page_text(vm, "undo_nonce",
		is_in && scan_is_own(rq->actor, s->device_id, s->by_person_id)
			? token_new(rq->arena)
			: NULL);
}

static enum rc put_asked_scan(struct request *rq, struct vm *vm)
{
	const char *nonce = form_text(&rq->form, "scan");
	struct q_door_scan scan;
	bool found = false;

	if (*nonce)
		TRY(scan_load(
			rq->db, rq->arena, page_event_id(rq), nonce, &scan, &found, &rq->err));
	if (found)
		put_verdict(rq, vm, &scan);
	return OK;
}

static enum rc put_counts(struct request *rq, struct vm *parent)
{
	struct vm *vm = vm_object(parent, "counts");
	struct q_door_counts counts;

	TRY(q_door_counts(rq->db, rq->arena,
		&(struct q_door_counts_in){.event_id = page_event_id(rq)}, &counts, &rq->err));
	vm_int(vm, "n_in", counts.n_in);
	vm_int(vm, "n_all", counts.n_all);
	return OK;
}

static enum rc put_last(struct request *rq, struct vm *vm)
{
	struct vm_list *list = vm_list(vm, "last");
	struct q_scans_last *rows;
	size_t n;

	TRY(q_scans_last(rq->db, rq->arena,
		&(struct q_scans_last_in){.event_id = page_event_id(rq), .n_wanted = N_LAST}, &rows,
		&n, &rq->err));
	for (size_t i = 0; i < n; i++) {
		struct vm *row = vm_item(list);
		put_holder(row, rows[i].badge_name, rows[i].name_lang);
		vm_enum(row, "verdict", "door", rows[i].verdict);
		vm_time(row, "scanned_at", rows[i].scanned_at);
	}
	vm_page_bool(vm, "has_last", n > 0);
	return OK;
}

/* ---- finding by name ---- */

static void put_match(struct request *rq, struct vm *vm, const struct q_door_search *row)
{
	vm_text(vm, "code", row->code);
	put_holder(vm, row->badge_name, row->name_lang);
	vm_page_text(vm, "said_name", *row->said_name ? row->said_name : NULL);
	vm_text(vm, "affiliation", *row->badge_affiliation ? row->badge_affiliation : NULL);
	vm_text(vm, "ticket", row->ticket_title);
	vm_enum(vm, "state", "registration", row->state);
	vm_time(vm, "in_at", row->in_at);
	vm_page_text(vm, "nonce", token_new(rq->arena));
}

static enum rc put_matches(struct request *rq, struct vm *vm)
{
	const char *q = form_text(&rq->form, "q");
	struct vm_list *list = vm_list(vm, "matches");
	struct q_door_search *rows;
	size_t n = 0;

	vm_text(vm, "q", *q ? q : NULL);
	if (!*q)
		return OK;
	struct searched words = searched_words(rq->arena, q);
	if (*words.word[0])
		TRY(q_door_search(rq->db, rq->arena,
			&(struct q_door_search_in){
				.event_id = page_event_id(rq),
				.word1 = words.word[0],
				.word1_end = words.end[0],
				.word2 = words.word[1],
				.word2_end = words.end[1],
				.word3 = words.word[2],
				.word3_end = words.end[2],
				.n_wanted = N_MATCHES,
			},
			&rows, &n, &rq->err));
	for (size_t i = 0; i < n; i++)
		put_match(rq, vm_item(list), &rows[i]);
	vm_page_bool(vm, "has_matches", n > 0);
	return OK;
}

/* ---- the page ---- */

/* What the script of the page needs to know. */
static void put_script(struct request *rq, struct vm *parent)
{
	struct vm *vm = vm_page_object(parent, "script");
	const struct assets *assets = rq->app->assets;
	struct asset decoder;

	vm_page_text(vm, "src", asset_url(assets, rq->arena, "checkin.js"));
	vm_page_text(vm, "store", asset_url(assets, rq->arena, "checkin_store.js"));
	vm_page_text(vm, "decoder",
		asset_find(assets, rq->arena, "static/qr_decoder.js", &decoder)
			? asset_url(assets, rq->arena, "qr_decoder.js")
			: NULL);
	vm_page_text(vm, "zone", zone_name(rq->event->zone));
}

/* GET /:event/checkin */
enum rc get_checkin(struct request *rq, struct vm *vm)
{
	const char *path = page_event_path(rq);
	struct form_view *form = form_view_new(
		rq, vm, post_checkin_scans, arena_printf(rq->arena, "%s/checkin/scans", path));

	form_view_text(form, "nonce", token_new(rq->arena));
	TRY(put_asked_scan(rq, vm));
	TRY(put_matches(rq, vm));
	TRY(put_counts(rq, vm));
	TRY(put_last(rq, vm));
	put_script(rq, vm);
	vm_page_bool(
		vm, "prints_badges", policy_capability(rq->actor, rq->event, CAP_BADGES) == OK);
	vm_page_bool(vm, "pairs_devices",
		policy_capability(rq->actor, rq->event, CAP_EVENT_MANAGE) == OK);
	rq->reply.allows_camera = true;
	return OK;
}

/* GET /:event/checkin/list: what a phone keeps for when the network is gone. */
enum rc get_checkin_list(struct request *rq, struct vm *vm)
{
	struct vm_list *list = vm_list(vm, "tickets");
	struct buf out = buf_in(rq->arena, LIST_MAX_BYTES);
	struct q_door_list *rows;
	size_t n;

	TRY(q_door_list(rq->db, rq->arena, &(struct q_door_list_in){.event_id = page_event_id(rq)},
		&rows, &n, &rq->err));
	for (size_t i = 0; i < n; i++) {
		struct vm *row = vm_item(list);
		vm_text(row, "ticket_hash", rows[i].ticket_hash);
		vm_text(row, "code", rows[i].code);
		vm_bool(row, "is_cancelled", !text_equal(rows[i].state, "confirmed"));
		put_holder(row, rows[i].badge_name, rows[i].name_lang);
		vm_text(row, "ticket", rows[i].ticket_title);
		vm_time(row, "in_at", rows[i].in_at);
	}
	json_write(&out, vm_root(vm));
	if (out.failed)
		return err_internal(
			&rq->err, "the list of the door is over %d bytes", LIST_MAX_BYTES);
	reply_bytes(rq, "application/json", buf_view(&out), NULL, false);
	rq->reply.etag = arena_strndup(rq->arena, hash_hex(rq->arena, buf_view(&out)), 32);
	return OK;
}

/* ---- scans ---- */

static const char *method_of(const char *word)
{
	return text_equal(word, "camera") ? "camera" : text_equal(word, "name") ? "name" : "code";
}

static const char *code_of(struct request *rq, const char *typed)
{
	const char *code = code_normalise(rq->arena, str_from(typed));

	return code ? code : "";
}

static enum rc take(struct request *rq, const struct scan_entry *entries, size_t n)
{
	return page_write(rq, TX_NORMAL, scans_take,
		&(struct scans_take){.actor = rq->actor, .entries = entries, .n = n});
}

/* The phone's clock may be wrong, but it is as wrong when it sends as when it scanned. */
static int64_t corrected(const struct request *rq, int64_t scanned_at)
{
	int64_t sent_at = form_int(&rq->form, "sent_at", 0);

	return scanned_at && sent_at ? scanned_at + (rq->now_ms - sent_at) : scanned_at;
}

static enum rc take_batch(struct request *rq, struct vm *vm, size_t n)
{
	struct scan_entry *entries = ARENA_ARRAY(rq->arena, n, struct scan_entry);
	struct vm_list *results = vm_list(vm, "results");
	const struct form *f = &rq->form;

	for (size_t i = 0; i < n; i++)
		entries[i] = (struct scan_entry){
			.nonce = form_row_text(f, "scan", i, "nonce"),
			.ticket_hash = form_row_text(f, "scan", i, "ticket_hash"),
			.code = code_of(rq, form_row_text(f, "scan", i, "code")),
			.undoes = form_row_text(f, "scan", i, "undoes"),
			.method = method_of(form_row_text(f, "scan", i, "method")),
			.scanned_at = corrected(rq, form_row_int(f, "scan", i, "scanned_at", 0)),
		};
	reply_to(rq, "%s/checkin", page_event_path(rq));
	TRY(take(rq, entries, n));
	for (size_t i = 0; i < n; i++) {
		struct q_door_scan scan;
		bool found;
		TRY(scan_load(rq->db, rq->arena, page_event_id(rq), entries[i].nonce, &scan, &found,
			&rq->err));
		if (found)
			put_scan(rq, vm_item(results), &scan);
	}
	return put_counts(rq, vm);
}

/* Nothing in the typed text is a code, or it is one of nobody and looks like a name. */
static enum rc is_name(
	struct request *rq, const struct scan_entry *entry, const char *typed, bool *out)
{
	struct q_door_ticket ticket;
	bool found;

	/* An address is a code of something else, never a name. */
	*out = !*entry->ticket_hash && !*entry->code && !strchr(typed, '/');
	if (*out || !*entry->code || strpbrk(typed, "0123456789"))
		return OK;
	TRY(q_door_ticket(rq->db, rq->arena,
		&(struct q_door_ticket_in){
			.event_id = page_event_id(rq), .ticket_hash = "", .code = entry->code},
		&ticket, &found, &rq->err));
	*out = !found;
	return OK;
}

static enum rc search_instead(struct request *rq, const char *typed)
{
	struct buf location = buf_in(rq->arena, 2000);

	buf_printf(&location, "%s/checkin?q=", page_event_path(rq));
	buf_url(&location, str_from(typed));
	reply_to(rq, "%s", buf_cstr(&location));
	return OK;
}

/* POST /:event/checkin/scans: what was typed, a scan to take back, or what a phone has collected.
 */
enum rc post_checkin_scans(struct request *rq, struct vm *vm)
{
	const struct form *f = &rq->form;
	const char *typed = form_text(f, "entry"), *nonce = form_text(f, "nonce");
	const char *ticket = ticket_of_scan(rq->arena, str_from(typed));
	size_t n = form_n_rows(f, "scan");
	struct scan_entry entry = {
		.nonce = *nonce ? nonce : token_new(rq->arena),
		.ticket_hash = ticket ? ticket_hash(rq->arena, ticket) : "",
		.code = ticket ? "" : code_of(rq, typed),
		.undoes = form_text(f, "undoes"),
		.method = method_of(form_text(f, "method")),
	};
	bool is_search = false;

	if (n)
		return take_batch(rq, vm, n);
	if (!*typed && !*entry.undoes)
		return err_field(&rq->err, "entry", "Scan a badge, or type its code or a name");
	if (!*entry.undoes)
		TRY(is_name(rq, &entry, typed, &is_search));
	if (is_search)
		return search_instead(rq, typed);
	reply_to(rq, "%s/checkin?scan=%s", page_event_path(rq), entry.nonce);
	TRY(take(rq, &entry, 1));
	struct q_door_scan scan;
	bool found;
	TRY(scan_load(rq->db, rq->arena, page_event_id(rq), entry.nonce, &scan, &found, &rq->err));
	if (found)
		put_scan(rq, vm_object(vm, "scan"), &scan);
	return OK;
}
