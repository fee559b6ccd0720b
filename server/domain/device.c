/* Phones at the door: a link that is taken once, then a secret of the phone's own. */
#include "domain/device.h"
#include "base/hash.h"
#include "base/random.h"
#include "domain/audit.h"

/* Midnight after the last day, by the venue's clock. */
static int64_t end_of(const struct event *event)
{
	struct civil day;
	int64_t at_ms = 0;

	if (!civil_parse_date(str_from(event->row.ends_on), &day))
		return 0;
	civil_from_days(
		civil_to_days(day.year, day.month, day.day) + 1, &day.year, &day.month, &day.day);
	zone_instant(event->zone, &day, &at_ms);
	return at_ms;
}

enum rc device_add(struct tx *tx, void *arg, struct err *err)
{
	const struct device_add *d = arg;
	int64_t expires_at = end_of(d->event);

	if (expires_at <= tx_now_ms(tx))
		return err_set(err, CONFLICT,
			"The event is over, so no device can be paired for it any more");
	TRY(q_device_insert(tx,
		&(struct q_device_insert_in){
			.event_id = tx_event_id(tx),
			.id = tx_id(tx),
			.code = d->code,
			.name = d->name,
			.token_hash = hash_hex(tx_arena(tx), str_from(d->token)),
			.created_at = tx_now_ms(tx),
			.created_by_id = d->actor->person_id,
			.expires_at = expires_at,
		},
		NULL, err));
	return audit_write(tx, d->actor->person_id, "device.add", d->code, NULL, err);
}

enum rc device_pair(struct tx *tx, void *arg, struct err *err)
{
	const struct device_pair *p = arg;
	struct arena *a = tx_arena(tx);
	struct q_device_by_token row;
	bool found;
	int64_t n;

	TRY(q_device_pair(tx,
		&(struct q_device_pair_in){
			.event_id = tx_event_id(tx),
			.link_hash = hash_hex(a, str_from(p->link_token)),
			.token_hash = hash_hex(a, str_from(p->token)),
			.paired_at = tx_now_ms(tx),
		},
		&n, err));
	if (!n)
		return err_set(err, GONE,
			"This link was used, revoked, or its event is over. Ask an organiser for "
			"a new one");
	TRY(q_device_by_token(tx_db(tx), a,
		&(struct q_device_by_token_in){
			.event_id = tx_event_id(tx),
			.token_hash = hash_hex(a, str_from(p->token)),
		},
		&row, &found, err));
	return audit_write(tx, 0, "device.pair", found ? row.code : "", NULL, err);
}

enum rc device_revoke(struct tx *tx, void *arg, struct err *err)
{
	const struct device_revoke *r = arg;
	int64_t n;

	TRY(q_device_revoke(tx,
		&(struct q_device_revoke_in){
			.event_id = tx_event_id(tx),
			.code = r->code,
			.revoked_at = tx_now_ms(tx),
		},
		&n, err));
	if (!n)
		return err_set(err, NOT_FOUND, "There is no such device");
	return audit_write(tx, r->actor->person_id, "device.revoke", r->code, NULL, err);
}

enum rc device_find(struct db *db, struct arena *a, int64_t event_id, const char *token,
	int64_t now_ms, struct q_device_by_token *out, bool *found, struct err *err)
{
	*found = false;
	if (!token || !token_is_wellformed(str_from(token)))
		return OK;
	TRY(q_device_by_token(db, a,
		&(struct q_device_by_token_in){
			.event_id = event_id, .token_hash = hash_hex(a, str_from(token))},
		out, found, err));
	*found = *found && out->paired_at && !out->revoked_at && out->expires_at > now_ms;
	return OK;
}
