/*
 * The settings of one run, from settings.def. Immutable after config_read.
 */
#ifndef CONFIG_H
#define CONFIG_H

#include "base/err.h"
#include "base/str.h"

struct config {
#define SETTING_FIELD_TEXT(name)   const char *name;
#define SETTING_FIELD_PATH(name)   const char *name;
#define SETTING_FIELD_SECRET(name) const char *name;
#define SETTING_FIELD_INT(name)    int64_t name;
#define SETTING_FIELD_BOOL(name)   bool name;
#define SETTING(name, type, fallback, env, help) SETTING_FIELD_##type(name)
#include "settings.def"
#undef SETTING
};

/*
 * Reads flags and environment over the defaults. argv holds what follows the sub-command; settings
 * may stand anywhere, and what is none of them is moved to its end, in order: from *rest on. INVALID
 * names the flag.
 */
enum rc config_read(struct arena *a, int argc, char **argv, struct config *out, int *rest,
	struct err *err) NODISCARD;

/* "port = 8080   (PORT)": effective values with their origin, secrets hidden. */
void config_print(const struct config *c, struct buf *out);
/* The table of flags for --help. */
void config_help(struct buf *out);

#endif
