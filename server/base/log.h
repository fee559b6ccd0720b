/*
 * One logfmt line per event on standard error:
 *   t=2027-05-02T23:59:01.120Z lvl=info evt=request method=POST path=/x status=303 ms=4
 * Values are quoted when they need it; line breaks are escaped. No e-mail addresses, names, tokens
 * or bodies: callers pass codes and numbers. Lines are written whole, from any thread.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/arena.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

void log_set_level(enum log_level lowest);

/*
 * log_event(LOG_INFO, "request", "method=%s status=%d", "POST", 303): the fields are one format in
 * logfmt; strings that come from outside go through log_value().
 */
void log_event(enum log_level level, const char *event, const char *fields_format, ...)
	PRINTF_LIKE(3, 4);

/* A value fit for logfmt: quoted and escaped when needed, cut at 200 bytes. */
const char *log_value(struct arena *a, const char *s);

#endif
