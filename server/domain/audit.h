/* The trail: who did what to which row, written in the transaction that did it. */
#ifndef DOMAIN_AUDIT_H
#define DOMAIN_AUDIT_H

#include "domain/actor.h"
#include "store/db.h"

/*
 * verb: "submission.withdraw"; ref_code: the public code of the row ("" for none); detail: one JSON
 * object as text or NULL. Never secrets, never what the reader of the trail may not know.
 */
enum rc audit_write(struct tx *tx, int64_t person_id, const char *verb, const char *ref_code,
	const char *detail, struct err *err) NODISCARD;

#endif
