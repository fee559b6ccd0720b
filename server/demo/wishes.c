/* What the crowd wishes for, where seats are given by wishes. */
#include "base/clock.h"
#include "base/random.h"
#include "demo/attendance.h"
#include "domain/wish.h"

enum { OPEN_DAYS = 58, CLOSE_DAYS = 36, MOST_SEATS = 2, N_CLASSES = 4 };

static enum rc seating_make(struct demo *d, struct err *err)
{
	struct actor organiser = demo_actor(d, CAST_ORGANISER, ROLE_ORGANISER);

	TRY(demo_reload_event(d, err));
	demo_clock(d, OPEN_DAYS + 4, 10);
	TRY(tx_run(d->app->store, TX_NORMAL, d->event.row.id, seating_change,
		&(struct seating_change){
			.actor = &organiser,
			.rev = d->event.row.rev,
			.is_by_wishes = true,
			.wishes_open_at = demo_at(d, OPEN_DAYS, 9, 0),
			.wishes_close_at = demo_at(d, CLOSE_DAYS, 18, 0),
			.most_seats = MOST_SEATS,
		},
		err));
	return demo_reload_event(d, err);
}

static enum rc codes_load(
	struct demo *d, struct q_masterclasses_of_event **rows, size_t *n, struct err *err)
{
	struct db *db;
	enum rc rc;

	TRY(db_acquire(d->app->store, &db, err));
	rc = q_masterclasses_of_event(db, d->a,
		&(struct q_masterclasses_of_event_in){.event_id = d->event.row.id}, rows, n, err);
	db_release(db);
	return rc;
}

/* The first two are wanted most. */
static enum rc wish_some(struct crowd *c, size_t i, const struct q_masterclasses_of_event *rows,
	size_t n_rows, struct err *err)
{
	static const size_t tastes[][N_CLASSES] = {{0, 1, 2, 3}, {1, 0, 3, 2}, {0, 3, 1, 2},
		{0, 1, 3, 2}, {2, 0, 1, 3}, {1, 2, 0, 3}, {3, 0, 1, 2}};
	const size_t *taste = tastes[i % (sizeof(tastes) / sizeof(tastes[0]))];
	struct demo *d = c->d;
	struct actor actor = demo_attendee_actor(&c->list[i]);

	for (size_t k = 0; k < 1 + i % 3 && k < n_rows; k++) {
		demo_clock(d, OPEN_DAYS - 1 - (int)(i / 6), 8 + (int)(i % 12));
		TRY(tx_run(d->app->store, TX_NORMAL, d->event.row.id, wish_place,
			&(struct wish_place){
				.actor = &actor,
				.event = &d->event,
				.registration_id = c->list[i].registration_id,
				.masterclass = rows[taste[k]].code,
				.rank = (int64_t)k + 1,
				.code = code_new(d->a),
				.now_ms = clock_now_ms(),
			},
			err));
	}
	return OK;
}

enum rc demo_make_wishes(struct crowd *c, struct err *err)
{
	struct q_masterclasses_of_event *rows;
	size_t n_rows;

	TRY(seating_make(c->d, err));
	TRY(codes_load(c->d, &rows, &n_rows, err));
	for (size_t i = 0; i < c->n && n_rows == N_CLASSES; i++)
		if (i % 7 != 5)
			TRY(wish_some(c, i, rows, n_rows, err));
	return OK;
}
