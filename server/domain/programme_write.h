/* What the writing files of the programme share. */
#ifndef DOMAIN_PROGRAMME_WRITE_H
#define DOMAIN_PROGRAMME_WRITE_H

#include "domain/programme.h"

/*
 * Reads the programme as this transaction has left it and refuses it when the session clashes:
 * one field error a kind of clash, at fields[enum clash_kind].
 */
enum rc programme_refuse_clashes(struct tx *tx, const struct event *event, int64_t session_id,
	const char *const *fields, struct err *err) NODISCARD;

/* CONFLICT, with the sentence for a stale session. */
enum rc programme_session_changed(struct err *err) NODISCARD;

#endif
