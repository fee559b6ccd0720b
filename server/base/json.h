/*
 * The strict door before cJSON, which is lenient (see the comment over json_parse).
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <cjson/cJSON.h>
#include "base/err.h"
#include "base/str.h"

enum { JSON_MAX_DEPTH = 16, JSON_MAX_BYTES = 1 << 20 };

/*
 * Parses one JSON text. Refused before cJSON sees it: invalid UTF-8, a raw control character,
 * U+0000 in any spelling, lone surrogates, duplicate keys in one object, numbers with leading
 * zeros, whole numbers beyond ±2^53, others of 1e15 and more, any number over 40 characters, depth
 * over JSON_MAX_DEPTH, text over JSON_MAX_BYTES, anything after the value. INVALID with line
 * and column in the message. The tree lives in the arena (json_arena_begin).
 */
enum rc json_parse(struct arena *a, struct str text, cJSON **out, struct err *err) NODISCARD;

/* The same with a limit of one's own, for files that people hand over on purpose. */
enum rc json_parse_up_to(
	struct arena *a, struct str text, size_t max_bytes, cJSON **out, struct err *err) NODISCARD;

/*
 * cJSON allocates through process-wide hooks; ours take from the arena that the thread has named
 * here, or from the heap when it has named none. json_parse and the view model do this by
 * themselves. Trees in an arena are never passed to cJSON_Delete.
 */
void json_setup(void);                           /* once, at start */
struct arena *json_arena_begin(struct arena *a); /* returns the one before */
void json_arena_end(struct arena *before);

/* Case-sensitive member, NULL when absent. */
const cJSON *json_get(const cJSON *object, const char *name);
const char *json_text(const cJSON *object, const char *name); /* NULL unless a string */
int64_t json_int(const cJSON *object, const char *name, int64_t otherwise);
bool json_bool(const cJSON *object, const char *name);

/* A JSON string literal with quotes; < > & and U+2028/9 escaped so that it is safe in any page. */
void json_add_string(struct buf *b, const char *s);
/* The whole value, compact. Members whose type carries JSON_PAGE_ONLY are left out. */
void json_write(struct buf *b, const cJSON *value);

/* Bit in cJSON.type: the member is for templates, not for the JSON answer (view/vm.h). */
enum { JSON_PAGE_ONLY = 1 << 16 };

#endif
