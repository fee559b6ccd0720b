/*
 * The strict check of a document model before anything is drawn.
 *
 * A shape is a table of members; it is the manual of the model as well. Members that no table
 * names are refused, so a misspelt one is never silently left out of print.
 */
#ifndef PDF_MODEL_H
#define PDF_MODEL_H

#include "base/json.h"

enum model_kind {
	MODEL_TEXT,   /* one line of at most `most` characters; least 1: not empty */
	MODEL_NUMBER, /* a whole number, least..most */
	MODEL_BOOL,
	MODEL_LANG,   /* a language tag (BCP 47) */
	MODEL_DATE,   /* "2027-09-08" */
	MODEL_CLOCK,  /* "09:00", 24 hours */
	MODEL_OBJECT, /* `members` says what is in it */
	MODEL_LIST,   /* least..most objects with `members`, or texts when that is NULL */
};

enum model_need { MODEL_OPTIONAL, MODEL_REQUIRED };

/* One member that a model may or must have. */
struct model_field {
	const char *name; /* NULL ends the table */
	enum model_kind kind;
	enum model_need need;
	int least, most;                   /* what they count depends on the kind */
	const struct model_field *members; /* of an OBJECT, or of each object in a LIST */
	/* NULL, or the closed set of values of a TEXT, ended by NULL. */
	const char *const *values;
};

/*
 * INVALID with one field error for every fault, named by its path from the root: "badges.3.name",
 * counted from 0.
 */
enum rc model_check(struct arena *a, const cJSON *model, const struct model_field *shape,
	struct err *err) NODISCARD;

/* How many members a list has; 0 when it is absent. */
size_t model_count(const cJSON *list);

/* The text of a member, "" when it is absent: for what is printed if it is there. */
const char *model_text(const cJSON *object, const char *name);

#endif
