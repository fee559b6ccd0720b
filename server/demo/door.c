/* The first morning: most people have come, one badge was shown twice, one code was another's. */
#include "base/clock.h"
#include "base/hash.h"
#include "base/random.h"
#include "demo/demo.h"
#include "domain/checkin.h"
#include "domain/device.h"

enum {
	DOOR_OPENS_HOUR = 8,
	SECONDS_EACH = 37,
	STRIDE = 211, /* a prime over the number of people: everybody once, in no order of names */
};

static enum rc rows_load(struct demo *d, struct q_door_list **rows, size_t *n, struct err *err)
{
	struct db *db;
	enum rc rc;

	TRY(db_acquire(d->app->store, &db, err));
	rc = q_door_list(
		db, d->a, &(struct q_door_list_in){.event_id = d->event.row.id}, rows, n, err);
	db_release(db);
	return rc;
}

static enum rc scan(
	struct demo *d, const struct actor *desk, const char *hash, int64_t at_ms, struct err *err)
{
	struct scan_entry entry = {
		.nonce = token_new(d->a),
		.ticket_hash = hash,
		.code = "",
		.undoes = "",
		.method = "camera",
		.scanned_at = at_ms,
	};

	clock_set(at_ms, true);
	return tx_run(d->app->store, TX_NORMAL, d->event.row.id, scans_take,
		&(struct scans_take){.actor = desk, .entries = &entry, .n = 1}, err);
}

/* A second door, with a paired phone. */
static enum rc device_make(struct demo *d, struct actor *out, struct err *err)
{
	struct actor organiser = demo_actor(d, CAST_ORGANISER, ROLE_ORGANISER);
	struct device_add add = {.actor = &organiser,
		.event = &d->event,
		.name = "Garden door",
		.code = code_new(d->a),
		.token = token_new(d->a)};
	struct device_pair pair = {.link_token = add.token, .token = token_new(d->a)};
	struct q_device_by_token row;
	struct db *db;
	bool found;
	enum rc rc;

	clock_set(demo_at(d, 1, 17, 0), true);
	TRY(tx_run(d->app->store, TX_NORMAL, d->event.row.id, device_add, &add, err));
	TRY(tx_run(d->app->store, TX_NORMAL, d->event.row.id, device_pair, &pair, err));
	TRY(db_acquire(d->app->store, &db, err));
	rc = device_find(db, d->a, d->event.row.id, pair.token, clock_now_ms(), &row, &found, err);
	db_release(db);
	*out = (struct actor){.device_id = found ? row.id : 0,
		.name = add.name,
		.email = "",
		.lang = "en",
		.person_code = ""};
	return rc;
}

enum rc demo_make_door(struct demo *d, struct err *err)
{
	struct actor desk = demo_actor(d, CAST_DESK, ROLE_DESK), garden;
	int64_t at_ms = demo_at(d, 0, DOOR_OPENS_HOUR, 12);
	struct q_door_list *rows;
	size_t n;

	TRY(rows_load(d, &rows, &n, err));
	TRY(device_make(d, &garden, err));
	/* A rehearsal at night has a morning too. */
	if (at_ms > d->now_ms - 2 * HOUR_MS)
		at_ms = d->now_ms - 2 * HOUR_MS;
	for (size_t i = 0; i < n && at_ms < d->now_ms; i++) {
		const struct q_door_list *row = &rows[i * STRIDE % n];
		/* One in six comes later in the day, or not at all. */
		if (i % 6 == 5 || !text_equal(row->state, "confirmed"))
			continue;
		at_ms += (SECONDS_EACH + (int64_t)(i % 5) * 11) * SECOND_MS;
		TRY(scan(d, i % 3 ? &desk : &garden, row->ticket_hash, at_ms, err));
		if (i == 40)
			TRY(scan(d, &garden, row->ticket_hash, at_ms + 4 * MINUTE_MS, err));
		if (i == 44)
			TRY(scan(d, &desk, hash_hex(d->a, STR("a ticket of another event")), at_ms,
				err));
	}
	return OK;
}
