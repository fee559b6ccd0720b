/* Is what was worked out still about the rows as they are? Private to the files allocation_*.c. */
#ifndef PLANNING_ALLOCATION_SAME_H
#define PLANNING_ALLOCATION_SAME_H

#include "base/json.h"
#include "base/zone.h"
#include "planning/allocation_rows.h"

/* CONFLICT, with what to do. */
enum rc allocation_has_changed(struct err *err);
/* The rows of this text, and those the result was made of. */
enum rc allocation_check_same(struct arena *a, const char *rows_text, const cJSON *result,
	struct err *err) NODISCARD;
/* Inside a transaction: the rows now, and those of this text. */
enum rc allocation_check_still(struct tx *tx, const char *rows_text, struct err *err) NODISCARD;

/* NULL: there is none of that code. */
const struct q_allocation_sessions *allocation_session(
	const struct allocation_rows *rows, const char *code);
/* "Close reading for clinicians, Thursday 17 June 2027, 14:00 (Europe/London)" and a line feed. */
void allocation_session_line(struct arena *a, const struct allocation_rows *rows,
	const struct q_allocation_sessions *s, const struct zone *zone, struct buf *out);

#endif
