/* From the working copy to a version that never changes. */
#include "domain/audit.h"
#include "domain/programme_write.h"

enum { N_REASONS_TOLD = 5 };

static enum rc refuse(const struct clash *clashes, size_t n, struct err *err)
{
	struct buf b = buf_in(err->arena, 4000);

	buf_text(&b, "It cannot be published yet. ");
	for (size_t i = 0; i < n && i < N_REASONS_TOLD; i++)
		buf_printf(&b, "%s%s", i ? "; " : "", clashes[i].reason);
	if (n > N_REASONS_TOLD)
		buf_printf(&b, "; and %zu more", n - N_REASONS_TOLD);
	return err_set(err, INVALID, "%s", buf_cstr(&b));
}

static size_t count_placed(const struct programme *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n_sessions; i++)
		n += p->sessions[i].starts_at != 0;
	return n;
}

/* What stands in it is public from now on; what no longer does, is not. */
static enum rc works_write(struct tx *tx, const struct programme *p, struct err *err)
{
	TRY(q_published_works_delete(
		tx, &(struct q_published_works_delete_in){.event_id = tx_event_id(tx)}, NULL, err));
	for (size_t i = 0; i < p->n_sessions; i++) {
		const struct programme_session *s = &p->sessions[i];
		for (size_t k = 0; s->starts_at && k < s->n_items; k++) {
			if (!s->items[k].is_fit || !s->items[k].submission_id)
				continue;
			TRY(q_published_work_insert(tx,
				&(struct q_published_work_insert_in){
					.event_id = tx_event_id(tx),
					.submission_id = s->items[k].submission_id,
				},
				NULL, err));
		}
	}
	return OK;
}

static enum rc version_write(struct tx *tx, const struct programme_publish *publish,
	const struct programme *p, struct err *err)
{
	const char *snapshot = programme_to_json(tx_arena(tx), p);

	if (!snapshot)
		return err_set(err, INVALID,
			"The programme is too long to be published: shorten the summaries");
	return q_programme_version_insert(tx,
		&(struct q_programme_version_insert_in){
			.event_id = tx_event_id(tx),
			.version = publish->version + 1,
			.note = publish->note,
			.snapshot = snapshot,
			.published_at = tx_now_ms(tx),
			.published_by_id = publish->actor->person_id,
		},
		NULL, err);
}

enum rc programme_publish(struct tx *tx, void *arg, struct err *err)
{
	struct programme_publish *publish = arg;
	struct programme_days days = programme_days_of(publish->event);
	struct q_programme_newest newest;
	struct programme p;
	struct clash *clashes;
	bool found;
	size_t n;

	TRY(q_programme_newest(tx_db(tx), tx_arena(tx),
		&(struct q_programme_newest_in){.event_id = tx_event_id(tx)}, &newest, &found,
		err));
	if ((found ? newest.version : 0) != publish->version)
		return err_set(err, CONFLICT,
			"Somebody else has published meanwhile. Look at it, then publish again");
	TRY(programme_load(tx_db(tx), tx_arena(tx), tx_event_id(tx), &p, err));
	if (!count_placed(&p))
		return err_set(err, INVALID, "Nothing has a time yet: place a session first");
	n = programme_clashes(tx_arena(tx), &p, &days, 0, &clashes);
	if (n)
		return refuse(clashes, n, err);
	TRY(version_write(tx, publish, &p, err));
	TRY(works_write(tx, &p, err));
	TRY(q_event_touch(tx, &(struct q_event_touch_in){.id = tx_event_id(tx)}, NULL, err));
	publish->new_version = publish->version + 1;
	return audit_write(tx, publish->actor->person_id, "programme.publish", "", NULL, err);
}
