/*
 * Reads gettext's .po text: msgid, msgid_plural, msgstr, msgstr[N], comments, the header entry with
 * its Plural-Forms. Entries that are fuzzy, obsolete or empty are left out. Contexts (msgctxt) are
 * refused: our ids are sentences or "set.code", and need none.
 *
 * An entry with a plural is filed under "singular|plural", or under the id alone where both are the
 * same ("left.days").
 */
#ifndef VIEW_PO_H
#define VIEW_PO_H

#include "base/err.h"
#include "view/plural.h"

struct po_entry {
	const char *id;
	unsigned n_forms; /* 1: without a plural */
	const char *forms[PLURAL_MAX_FORMS];
};

struct po {
	struct plural plural;     /* English where the header has none */
	struct po_entry *entries; /* sorted by id */
	size_t n_entries;
};

/*
 * INVALID with the line: bad syntax or UTF-8, a wrong number of forms, an id twice, or a
 * translation whose printf conversions are not those of its id (it may be used as a format).
 */
enum rc po_parse(struct arena *a, struct str text, struct po *out, struct err *err) NODISCARD;

const struct po_entry *po_find(const struct po *po, const char *id); /* NULL: none */

#endif
