/* Who is in: scans in any order, from several doors, some of them late. */
#include "domain/checkin.h"
#include "base/clock.h"

static const int64_t oldest_ms = 7 * DAY_MS;

enum rc scan_load(struct db *db, struct arena *a, int64_t event_id, const char *nonce,
	struct q_door_scan *out, bool *found, struct err *err)
{
	return q_door_scan(db, a, &(struct q_door_scan_in){.event_id = event_id, .nonce = nonce},
		out, found, err);
}

bool scan_is_own(const struct actor *actor, int64_t device_id, int64_t by_person_id)
{
	return actor->device_id ? actor->device_id == device_id
				: actor->person_id && actor->person_id == by_person_id;
}

/* A desk's clock may be wrong; a scan from the future would never lose against any other. */
static int64_t time_of(const struct scan_entry *entry, int64_t now_ms)
{
	if (!entry->scanned_at || entry->scanned_at > now_ms)
		return now_ms;
	return entry->scanned_at < now_ms - oldest_ms ? now_ms - oldest_ms : entry->scanned_at;
}

struct taking {
	const struct scans_take *all;
	const struct scan_entry *entry;
	int64_t id, registration_id, at_ms;
	const char *verdict;
};

static enum rc row_write(struct tx *tx, const struct taking *t, struct err *err)
{
	return q_scan_insert(tx,
		&(struct q_scan_insert_in){
			.event_id = tx_event_id(tx),
			.id = t->id,
			.nonce = t->entry->nonce,
			.registration_id = t->registration_id,
			.verdict = t->verdict,
			.method = t->entry->method,
			.scanned_at = t->at_ms,
			.received_at = tx_now_ms(tx),
			.device_id = t->all->actor->device_id,
			.by_person_id = t->all->actor->person_id,
		},
		NULL, err);
}

/* Somebody else's scan let them in: was it really the earlier one? */
static enum rc settle(struct tx *tx, struct taking *t, struct err *err)
{
	struct q_checkin_get now;
	bool found;
	int64_t n;

	t->verdict = "again";
	TRY(q_checkin_get(tx_db(tx), tx_arena(tx),
		&(struct q_checkin_get_in){
			.event_id = tx_event_id(tx), .registration_id = t->registration_id},
		&now, &found, err));
	TRY(q_checkin_move(tx,
		&(struct q_checkin_move_in){
			.event_id = tx_event_id(tx),
			.registration_id = t->registration_id,
			.in_at = t->at_ms,
			.scan_id = t->id,
		},
		&n, err));
	if (!n || !found)
		return OK;
	t->verdict = "in";
	return q_scan_set_verdict(tx,
		&(struct q_scan_set_verdict_in){
			.event_id = tx_event_id(tx), .id = now.scan_id, .verdict = "again"},
		NULL, err);
}

static enum rc let_in(struct tx *tx, struct taking *t, struct err *err)
{
	int64_t n;

	t->verdict = "in";
	TRY(q_checkin_insert(tx,
		&(struct q_checkin_insert_in){
			.event_id = tx_event_id(tx),
			.registration_id = t->registration_id,
			.in_at = t->at_ms,
			.scan_id = t->id,
		},
		&n, err));
	return n ? OK : settle(tx, t, err);
}

static enum rc admit(struct tx *tx, struct taking *t, struct err *err)
{
	struct q_door_ticket ticket;
	bool found;

	TRY(q_door_ticket(tx_db(tx), tx_arena(tx),
		&(struct q_door_ticket_in){
			.event_id = tx_event_id(tx),
			.ticket_hash = t->entry->ticket_hash,
			.code = t->entry->code,
		},
		&ticket, &found, err));
	t->verdict = "unknown";
	if (!found)
		return OK;
	t->registration_id = ticket.id;
	t->verdict = "cancelled";
	return text_equal(ticket.state, "confirmed") ? let_in(tx, t, err) : OK;
}

/* Another desk has seen the person too: its scan counts from now on. */
static enum rc promote(struct tx *tx, const struct taking *t, struct err *err)
{
	struct q_scans_again *rows;
	size_t n, i = 0;

	TRY(q_scans_again(tx_db(tx), tx_arena(tx),
		&(struct q_scans_again_in){
			.event_id = tx_event_id(tx), .registration_id = t->registration_id},
		&rows, &n, err));
	while (i < n && scan_is_own(t->all->actor, rows[i].device_id, rows[i].by_person_id))
		i++;
	if (i == n)
		return OK;
	TRY(q_scan_set_verdict(tx,
		&(struct q_scan_set_verdict_in){
			.event_id = tx_event_id(tx), .id = rows[i].id, .verdict = "in"},
		NULL, err));
	return q_checkin_insert(tx,
		&(struct q_checkin_insert_in){
			.event_id = tx_event_id(tx),
			.registration_id = t->registration_id,
			.in_at = rows[i].scanned_at,
			.scan_id = rows[i].id,
		},
		NULL, err);
}

/* Only one's own scan can be taken back; of another desk's, or none, nothing changes. */
static enum rc take_back(struct tx *tx, struct taking *t, struct err *err)
{
	struct q_door_scan target;
	bool found;
	int64_t n;

	t->verdict = "undo";
	TRY(scan_load(
		tx_db(tx), tx_arena(tx), tx_event_id(tx), t->entry->undoes, &target, &found, err));
	if (!found || !target.registration_id)
		return OK;
	t->registration_id = target.registration_id;
	if (!scan_is_own(t->all->actor, target.device_id, target.by_person_id))
		return OK;
	TRY(q_checkin_delete(tx,
		&(struct q_checkin_delete_in){
			.event_id = tx_event_id(tx),
			.registration_id = target.registration_id,
			.scan_id = target.id,
		},
		&n, err));
	return n ? promote(tx, t, err) : OK;
}

static enum rc take_one(struct tx *tx, struct taking *t, struct err *err)
{
	struct q_door_scan before;
	bool is_repeated;

	TRY(scan_load(tx_db(tx), tx_arena(tx), tx_event_id(tx), t->entry->nonce, &before,
		&is_repeated, err));
	if (is_repeated)
		return OK;
	t->id = tx_id(tx);
	t->at_ms = time_of(t->entry, tx_now_ms(tx));
	TRY(*t->entry->undoes ? take_back(tx, t, err) : admit(tx, t, err));
	return row_write(tx, t, err);
}

enum rc scans_take(struct tx *tx, void *arg, struct err *err)
{
	const struct scans_take *all = arg;

	for (size_t i = 0; i < all->n; i++) {
		struct taking t = {.all = all, .entry = &all->entries[i]};
		TRY(take_one(tx, &t, err));
	}
	return OK;
}
