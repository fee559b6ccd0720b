/* Rows compared with rows; a session found and told. */
#include "planning/allocation_same.h"
#include "base/hash.h"
#include "domain/mail_words.h"

enum rc allocation_has_changed(struct err *err)
{
	return err_set(err, CONFLICT,
		"Registrations, wishes, sessions or duties have changed since this was worked "
		"out: have it worked out again");
}

enum rc allocation_check_same(
	struct arena *a, const char *rows_text, const cJSON *result, struct err *err)
{
	if (!text_equal(hash_hex(a, str_from(rows_text)), json_text(result, "made_of")))
		return allocation_has_changed(err);
	return OK;
}

enum rc allocation_check_still(struct tx *tx, const char *rows_text, struct err *err)
{
	struct allocation_rows now;

	TRY(allocation_rows_load(tx_db(tx), tx_arena(tx), tx_event_id(tx), &now, err));
	if (!text_equal(allocation_rows_text(tx_arena(tx), &now), rows_text))
		return allocation_has_changed(err);
	return OK;
}

const struct q_allocation_sessions *allocation_session(
	const struct allocation_rows *rows, const char *code)
{
	for (size_t i = 0; i < rows->n_sessions; i++)
		if (text_equal(rows->sessions[i].code, code))
			return &rows->sessions[i];
	return NULL;
}

void allocation_session_line(struct arena *a, const struct allocation_rows *rows,
	const struct q_allocation_sessions *s, const struct zone *zone, struct buf *out)
{
	buf_printf(out, "%s, %s\n", allocation_masterclass(rows, s->masterclass_id)->title,
		mail_words_moment(a, s->starts_at, zone));
}
