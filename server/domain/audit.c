/* One row a deed. */
#include "domain/audit.h"

enum rc audit_write(struct tx *tx, int64_t person_id, const char *verb, const char *ref_code,
	const char *detail, struct err *err)
{
	return q_audit_insert(tx,
		&(struct q_audit_insert_in){
			.event_id = tx_event_id(tx),
			.id = tx_id(tx),
			.at = tx_now_ms(tx),
			.person_id = person_id,
			.verb = verb,
			.ref_code = ref_code,
			.detail = detail ? detail : "{}",
		},
		NULL, err);
}
