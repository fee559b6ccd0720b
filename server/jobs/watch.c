#include "jobs/watch.h"

#include "base/clock.h"

enum {
	KEEP_EVERY_S = 15,   /* the lease of what takes long */
	LOOK_EVERY_MS = 900, /* for what was cancelled */
	SHOW_EVERY_MS = 500, /* how far it is: each time is a write */
};

void watch_begin(struct watch *w)
{
	w->kept_at = w->looked_at = clock_elapsed_ms();
	w->doing = "";
}

static enum rc record(struct tx *tx, void *arg, struct err *err)
{
	struct watch *w = arg;
	bool is_running, is_ours;

	TRY(w->record(tx, w, &is_running, err));
	TRY(queue_keep(tx, w->claim, &is_ours, err));
	w->is_cancelled = !is_running || !is_ours;
	return OK;
}

static void look(struct watch *w, struct err *err)
{
	bool is_running;
	struct db *db;

	if (db_acquire(w->store, &db, err) != OK)
		return;
	if (w->look(db, w, &is_running, err) == OK)
		w->is_cancelled = !is_running;
	db_release(db);
}

bool watch_go_on(struct watch *w, int percent, const char *doing)
{
	struct err ignored = err_in(w->arena);
	int64_t now = clock_elapsed_ms();
	bool is_news = percent != w->percent || !text_equal(doing, w->doing);

	if (loop_is_stopping(w->loop))
		return false;
	if ((is_news && now - w->kept_at > SHOW_EVERY_MS) ||
		now - w->kept_at > KEEP_EVERY_S * SECOND_MS) {
		w->percent = percent;
		w->doing = arena_strdup(w->arena, doing);
		w->kept_at = w->looked_at = now;
		(void)!tx_run(w->store, TX_NORMAL, 0, record, w, &ignored);
	} else if (now - w->looked_at > LOOK_EVERY_MS) {
		w->looked_at = now;
		look(w, &ignored);
	}
	return !w->is_cancelled;
}
