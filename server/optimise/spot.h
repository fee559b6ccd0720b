/*
 * Reading instance files: a value together with the way to it, so that whatever is refused is named
 * as people would find it: "submissions[12].presenters[0]: 4711 is more than 310".
 *
 * A spot lives on the stack of who walks the tree; its `up` must outlive it.
 */
#ifndef OPTIMISE_SPOT_H
#define OPTIMISE_SPOT_H

#include "base/json.h"

enum { INSTANCE_MAX_BYTES = 64 << 20 };

struct spot {
	const struct spot *up; /* NULL: the whole file */
	const char *key;       /* of a member; NULL: of an array */
	size_t index;
	const cJSON *value;
	struct err *err;
};

/*
 * The whole of a JSON file, whose member `format` is the one wanted. INVALID: no JSON (with the
 * line), or of another format.
 */
enum rc spot_open(struct arena *a, struct str text, const char *format, struct spot *out,
	struct err *err) NODISCARD;

/* INVALID, "path: message". */
enum rc spot_refuse(const struct spot *at, const char *format, ...) PRINTF_LIKE(2, 3);

bool spot_has(const struct spot *object, const char *key);
/* INVALID when it is missing, or what holds it is no object. */
enum rc spot_get(const struct spot *object, const char *key, struct spot *out) NODISCARD;

/* How many items; INVALID when it is no array or has more than max. */
enum rc spot_count(const struct spot *array, size_t max, size_t *n) NODISCARD;
/* Walks an array: start with a zeroed item. False behind the last one. */
bool spot_next(const struct spot *array, struct spot *item);

/* A whole number from min to max. */
enum rc spot_int(const struct spot *at, int64_t min, int64_t max, int64_t *out) NODISCARD;
enum rc spot_get_int(const struct spot *object, const char *key, int64_t min, int64_t max,
	int64_t *out) NODISCARD;
/* A text of at most 1,000 bytes; copied. */
enum rc spot_get_text(
	struct arena *a, const struct spot *object, const char *key, const char **out) NODISCARD;
/* All items of a member, each from min to max, at most max_n of them. */
enum rc spot_get_ints(struct arena *a, const struct spot *object, const char *key, size_t max_n,
	int64_t min, int64_t max, int32_t **out, size_t *n) NODISCARD;

#endif
