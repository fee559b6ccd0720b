/*
 * Models of documents and the schemas that describe them.
 *
 * Every kind has a file pdf/documents/KIND.schema.json (JSON Schema 2020-12), which is its manual
 * and its check: nothing is drawn from a model that does not keep to it. What several kinds share
 * stands in common.schema.json. These keywords are understood, and no schema uses others:
 *
 *   $defs, $ref            "#/$defs/NAME", or "common.schema.json#/$defs/NAME"
 *   type                   object array string integer number boolean
 *   dateOrder              two members of an object, ["starts_on", "ends_on"]: dates, of which the
 *                          second is never before the first
 *   properties, required, additionalProperties (always false: a misspelt member is refused, so it
 *                          is never silently left out of print)
 *   items, minItems, maxItems
 *   minLength, maxLength   of a string, in characters; every string has a maxLength. A text with a
 *                          minLength holds something that is seen in print, and no text more marks
 *                          and joiners than a script has use for
 *   minimum, maximum       of a number
 *   enum                   of a string
 *   format                 date "2027-09-08", clock "09:00", lang (BCP 47), colour "#0f5f6b",
 *                          paragraphs (a string with line ends); other strings are one line
 *   contentEncoding        base64: a string of bytes
 *   $schema, title, description, default   for people
 */
#ifndef PDF_MODEL_H
#define PDF_MODEL_H

#include "base/json.h"

/* A schema made ready for checking. */
struct model_schema {
	const cJSON *root;
	const cJSON *common; /* common.schema.json, for references into it; NULL: none */
};

/*
 * INVALID with one field error for every fault (the first twenty), named by its path from the root:
 * "badges.3.name", counted from 0.
 */
enum rc model_check(
	const cJSON *model, const struct model_schema *schema, struct err *err) NODISCARD;

/* How many members a list has; 0 when it is absent. */
size_t model_count(const cJSON *list);

/* The text of a member, "" when it is absent: for what is printed if it is there. */
const char *model_text(const cJSON *object, const char *name);

/* A number that need not be whole. */
double model_number(const cJSON *object, const char *name, double otherwise);

/* "#0f5f6b" as 0x0f5f6b. */
unsigned model_colour(const cJSON *object, const char *name, unsigned otherwise);

#endif
