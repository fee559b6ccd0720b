/* Adding, ordering and removing. Strangers' copies of the printed programme go stale with each. */
#include "domain/logo.h"
#include "base/str.h"
#include "domain/audit.h"

static enum rc load(struct tx *tx, struct q_logos_of_event **rows, size_t *n, struct err *err)
{
	return q_logos_of_event(tx_db(tx), tx_arena(tx),
		&(struct q_logos_of_event_in){.event_id = tx_event_id(tx)}, rows, n, err);
}

static enum rc changed(struct tx *tx, const struct actor *actor, const char *verb, const char *code,
	struct err *err)
{
	TRY(q_event_touch(tx, &(struct q_event_touch_in){.id = tx_event_id(tx)}, NULL, err));
	return audit_write(tx, actor->person_id, verb, code, NULL, err);
}

enum rc logo_add(struct tx *tx, void *arg, struct err *err)
{
	const struct logo_add *l = arg;
	struct q_logos_of_event *rows;
	size_t n;

	TRY(load(tx, &rows, &n, err));
	if (n >= LOGOS_MAX)
		return err_field(err, "file",
			"There are %d logos already, and no more are printed; remove one first",
			LOGOS_MAX);
	TRY(q_logo_insert(tx,
		&(struct q_logo_insert_in){
			.event_id = tx_event_id(tx),
			.id = tx_id(tx),
			.code = l->code,
			.alt = l->alt,
			.sha256 = l->sha256,
			.mime_type = l->mime_type,
			.size_bytes = l->size_bytes,
			.position = n ? rows[n - 1].position + 1 : 0,
			.uploaded_at = tx_now_ms(tx),
			.uploaded_by_id = l->actor->person_id,
		},
		NULL, err));
	return changed(tx, l->actor, "logo.add", l->code, err);
}

static enum rc place(
	struct tx *tx, const struct q_logos_of_event *row, int64_t position, struct err *err)
{
	return q_logo_place(tx,
		&(struct q_logo_place_in){
			.event_id = tx_event_id(tx), .id = row->id, .position = position},
		NULL, err);
}

enum rc logo_move_up(struct tx *tx, void *arg, struct err *err)
{
	const struct logo_act *act = arg;
	struct q_logos_of_event *rows;
	size_t n, i = 0;

	TRY(load(tx, &rows, &n, err));
	while (i < n && !text_equal(rows[i].code, act->code))
		i++;
	if (i == n)
		return err_set(err, NOT_FOUND, "There is no such logo");
	if (i == 0)
		return OK;
	TRY(place(tx, &rows[i], rows[i - 1].position, err));
	TRY(place(tx, &rows[i - 1], rows[i].position, err));
	return changed(tx, act->actor, "logo.move", act->code, err);
}

enum rc logo_remove(struct tx *tx, void *arg, struct err *err)
{
	const struct logo_act *act = arg;
	int64_t n;

	TRY(q_logo_delete(tx,
		&(struct q_logo_delete_in){.event_id = tx_event_id(tx), .code = act->code}, &n,
		err));
	if (!n)
		return err_set(err, NOT_FOUND, "There is no such logo");
	return changed(tx, act->actor, "logo.remove", act->code, err);
}
