/* page_write: a write with its idempotency key in the same transaction. */
#include <string.h>
#include "base/hash.h"
#include "pages/page.h"

struct keyed_write {
	struct request *rq;
	tx_fn fn;
	void *arg;
	const char *key_hash; /* NULL: no key was sent */
	const char *location; /* of the first answer, when this one repeats it */
	bool was_created;
};

/* The key belongs to who sent it: the account, or the browser's form secret. */
static const char *key_hash(const struct request *rq)
{
	const char *key = rq->form.idempotency_key;

	if (text_is_empty(key))
		return NULL;
	if (rq->actor && rq->actor->account_id)
		return hash_hex(rq->arena, str_from(arena_printf(rq->arena, "%lld:%s",
						   (long long)rq->actor->account_id, key)));
	return hash_hex(rq->arena, str_from(arena_printf(rq->arena, "%.*s:%s", (int)rq->csrf_key.n,
					   rq->csrf_key.p, key)));
}

/* Has this key been answered before? Then nothing is done again. */
static enum rc find_first(struct tx *tx, struct keyed_write *w, struct err *err)
{
	struct q_idempotency_get first;
	bool found;

	TRY(q_idempotency_get(tx_db(tx), tx_arena(tx),
		&(struct q_idempotency_get_in){
			.event_id = tx_event_id(tx), .key_hash = w->key_hash},
		&first, &found, err));
	if (!found)
		return OK;
	if (!text_equal(first.request_sha256, w->rq->form.body_sha256))
		return err_field(err, "idempotency_key",
			"This key was used for another request; send a fresh one");
	w->location = arena_strdup(w->rq->arena, first.location);
	w->was_created = first.is_created;
	return OK;
}

static enum rc write_keyed(struct tx *tx, void *arg, struct err *err)
{
	struct keyed_write *w = arg;

	w->location = NULL;
	if (!w->key_hash)
		return w->fn(tx, w->arg, err);
	TRY(find_first(tx, w, err));
	if (w->location)
		return OK;
	TRY(w->fn(tx, w->arg, err));
	return q_idempotency_insert(tx,
		&(struct q_idempotency_insert_in){
			.event_id = tx_event_id(tx),
			.key_hash = w->key_hash,
			.request_sha256 = w->rq->form.body_sha256,
			.location = w->rq->reply.location ? w->rq->reply.location : "",
			.is_created = w->rq->reply.status == 201,
			.created_at = tx_now_ms(tx),
		},
		NULL, err);
}

void page_release(struct request *rq)
{
	if (!rq->db)
		return;
	rq->n_statements += db_n_statements(rq->db);
	db_release(rq->db);
	rq->db = NULL;
}

enum rc page_acquire(struct request *rq)
{
	return db_acquire(rq->app->store, &rq->db, &rq->err);
}

static enum rc run(struct request *rq, enum tx_kind kind, int64_t event_id, tx_fn fn, void *arg,
	const char *key)
{
	struct keyed_write w = {.rq = rq, .fn = fn, .arg = arg, .key_hash = key};
	enum rc rc;

	page_release(rq);
	rc = tx_run(rq->app->store, kind, event_id, write_keyed, &w, &rq->err);
	if (rc == OK && w.location && *w.location) {
		if (w.was_created)
			reply_created(rq, "%s", w.location);
		else
			reply_to(rq, "%s", w.location);
	}
	/* Reading again, here or in the page that is shown again, must see the change. */
	TRY(page_acquire(rq));
	return rc;
}

enum rc page_write(struct request *rq, enum tx_kind kind, tx_fn fn, void *arg)
{
	return run(rq, kind, rq->event ? rq->event->row.id : 0, fn, arg, key_hash(rq));
}

enum rc page_write_in(struct request *rq, int64_t event_id, tx_fn fn, void *arg)
{
	return run(rq, TX_NORMAL, event_id, fn, arg, key_hash(rq));
}

enum rc page_write_unkeyed(struct request *rq, tx_fn fn, void *arg)
{
	return run(rq, TX_NORMAL, 0, fn, arg, NULL);
}
