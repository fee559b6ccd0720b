/*
 * Is this text strict JSON that cJSON may see? One pass, no tree. json_parse() (base/json.h) calls
 * it and names all that is refused; code that only forwards JSON may call it alone.
 */
#ifndef BASE_JSON_CHECK_H
#define BASE_JSON_CHECK_H

#include "base/err.h"
#include "base/str.h"

/*
 * INVALID with the byte offset, from 0, in the message, or when there are more than max_bytes. The
 * arena holds keys for a moment.
 */
enum rc json_check(struct arena *a, struct str text, size_t max_bytes, struct err *err) NODISCARD;

#endif
