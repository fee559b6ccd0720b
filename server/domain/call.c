/* The call: loading, its phase at a moment, changing it. */
#include "domain/call.h"
#include "base/clock.h"
#include "domain/audit.h"

enum rc call_load(struct db *db, struct arena *a, int64_t event_id, struct call *out,
	struct err *err)
{
	struct q_calls_of_event *calls;
	size_t n;

	TRY(q_calls_of_event(db, a, &(struct q_calls_of_event_in){.event_id = event_id}, &calls, &n,
		err));
	if (!n)
		return err_set(err, NOT_FOUND, "This event has no call for contributions");
	out->row = calls[0];
	out->deadline_zone = zone_find(out->row.deadline_zone);
	if (!out->deadline_zone)
		return err_internal(err, "call %s has the unknown zone %s", out->row.code,
			out->row.deadline_zone);
	TRY(q_types_of_event(db, a, &(struct q_types_of_event_in){.event_id = event_id},
		&out->types, &out->n_types, err));
	return q_themes_of_event(db, a, &(struct q_themes_of_event_in){.event_id = event_id},
		&out->themes, &out->n_themes, err);
}

enum call_phase call_phase_at(const struct call *call, int64_t now_ms)
{
	if (!call->row.is_published)
		return CALL_UNPUBLISHED;
	if (now_ms < call->row.opens_at)
		return CALL_NOT_YET;
	return now_ms <= call->row.closes_at ? CALL_OPEN : CALL_CLOSED;
}

bool call_is_bidding(int64_t bids_open_at, int64_t bids_close_at, int64_t now_ms)
{
	return bids_open_at && bids_close_at && bids_open_at <= now_ms && now_ms <= bids_close_at;
}

int64_t call_deadline(int64_t at_ms)
{
	return at_ms ? at_ms - at_ms % MINUTE_MS + MINUTE_MS - 1 : 0;
}

const struct q_types_of_event *call_type(const struct call *call, const char *code)
{
	for (size_t i = 0; i < call->n_types; i++)
		if (call->types[i].call_id == call->row.id && text_equal(call->types[i].code, code))
			return &call->types[i];
	return NULL;
}

const struct q_themes_of_event *call_theme(const struct call *call, const char *code)
{
	for (size_t i = 0; i < call->n_themes; i++)
		if (text_equal(call->themes[i].code, code))
			return &call->themes[i];
	return NULL;
}

enum rc call_change(struct tx *tx, void *arg, struct err *err)
{
	struct call_change *c = arg;
	int64_t n;

	if (c->row.closes_at <= c->row.opens_at)
		return err_field(err, "closes_at", "The call must close after it opens");
	if (c->row.bids_close_at && !c->row.bids_open_at)
		return err_field(err, "bids_open_at", "Say from when reviewers may bid as well");
	if (c->row.bids_open_at && !c->row.bids_close_at)
		return err_field(err, "bids_close_at", "Say until when reviewers may bid as well");
	if (c->row.bids_open_at && c->row.bids_close_at <= c->row.bids_open_at)
		return err_field(err, "bids_close_at", "Bidding must end after it begins");
	c->row.event_id = tx_event_id(tx);
	TRY(q_call_update(tx, &c->row, &n, err));
	if (!n)
		return err_set(err, CONFLICT,
			"The call was changed in another window. Compare and save again");
	TRY(q_event_touch(tx, &(struct q_event_touch_in){.id = tx_event_id(tx)}, NULL, err));
	return audit_write(tx, c->actor->person_id, "call.change", "", NULL, err);
}
