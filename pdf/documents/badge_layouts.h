/*
 * The layouts of badges that are built in, for those who start from one: {"size", "front", "back",
 * "fold"} as badge.schema.json describes them.
 */
#ifndef PDF_BADGE_LAYOUTS_H
#define PDF_BADGE_LAYOUTS_H

/* NUL-terminated JSON: badge_layout_a6 and so on. */
#define BADGE_LAYOUT(id, name, title) extern const char badge_layout_##id[];
#include "pdf/documents/badge_layouts.def"
#undef BADGE_LAYOUT

/* By name, such as "a6"; NULL for an unknown one. */
const char *badge_layout_json(const char *name);

#endif
