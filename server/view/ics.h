/*
 * Calendars (RFC 5545): what a phone adds with one tap. Times are UTC, so no zone has to be
 * described and none can be misread; the calendar shows them wherever its owner is.
 */
#ifndef VIEW_ICS_H
#define VIEW_ICS_H

#include "base/str.h"

struct ics_event {
	const char *uid;  /* the same in every version: "K7QF3M2XG@example.org" */
	int64_t sequence; /* rises with every version, so that calendars take the newer one */
	int64_t stamp_at; /* when this version was made */
	int64_t starts_at, ends_at;
	const char *summary;
	const char *description; /* the next three may be NULL or "" */
	const char *location;
	const char *url;
};

/* name: what the calendar is called where one subscribes to it. */
void ics_begin(struct buf *b, const char *name);
void ics_add(struct buf *b, const struct ics_event *event);
void ics_end(struct buf *b);

/*
 * One content line: "NAME:" and the value, TEXT-escaped (\\ \; \, \n), folded at 75 octets without
 * cutting a character, ended by CRLF.
 */
void ics_text(struct buf *b, const char *name, const char *value);

#endif
