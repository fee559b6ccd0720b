/*
 * How an abstract and its authors stand in print: parts with their headings, names as an index has
 * them. Both are read from what authors typed, by rules that would rather leave a text alone.
 */
#ifndef DOMAIN_ABSTRACT_H
#define DOMAIN_ABSTRACT_H

#include "base/str.h"

struct abstract_part {
	const char *heading; /* "Methods"; NULL: none */
	const char *text;    /* its paragraphs, an empty line between them; "" when none follows */
};

/*
 * The parts of a text. A paragraph that begins with a customary heading (Background, Methods …)
 * before a full stop, a colon or the end of its line begins a part; others belong to the part
 * before.
 */
size_t abstract_parts(struct arena *a, const char *text, struct abstract_part **out);

/*
 * Family name first, for the index: "Berg, Anna van den" of "Anna van den Berg". As it stands where
 * the family name comes first anyway (lang hu, ja, ko, vi, zh, or no space in it) and where the
 * name is a single word.
 */
const char *abstract_index_name(struct arena *a, const char *name, const char *lang);

#endif
