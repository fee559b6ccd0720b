/* Flags and environment over the defaults of settings.def. */
#include "config.h"
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum setting_type { SETTING_TEXT, SETTING_PATH, SETTING_SECRET, SETTING_INT, SETTING_BOOL };

struct setting {
	const char *name;
	enum setting_type type;
	const char *fallback;
	const char *env;
	const char *help;
	size_t offset;
};

static const struct setting settings[] = {
#define SETTING(name, type, fallback, env, help) \
	{#name, SETTING_##type, fallback, env, help, offsetof(struct config, name)},
#include "settings.def"
#undef SETTING
};

enum { N_SETTINGS = sizeof(settings) / sizeof(settings[0]) };

static enum rc set(struct config *c, const struct setting *s, const char *text, struct err *err)
{
	char *at = (char *)c + s->offset;
	int64_t number;

	switch (s->type) {
	case SETTING_TEXT:
	case SETTING_PATH:
	case SETTING_SECRET:
		memcpy(at, &text, sizeof(text));
		return OK;
	case SETTING_INT:
		if (!str_to_i64(str_from(text), &number) || number < 0)
			return err_set(err, INVALID, "%s wants a number, not \"%s\"", s->name, text);
		memcpy(at, &number, sizeof(number));
		return OK;
	case SETTING_BOOL:
		*(bool *)at = text_equal(text, "1") || text_equal(text, "yes") ||
			text_equal(text, "true");
		return OK;
	}
	return OK;
}

/* "--base-url" -> the setting base_url; NULL for anything else. */
static const struct setting *setting_of_flag(struct arena *a, const char *flag)
{
	char *name;

	if (strncmp(flag, "--", 2) != 0)
		return NULL;
	name = arena_strdup(a, flag + 2);
	for (char *p = name; *p; p++)
		if (*p == '-')
			*p = '_';
	for (size_t i = 0; i < N_SETTINGS; i++)
		if (text_equal(settings[i].name, name))
			return &settings[i];
	return NULL;
}

enum rc config_read(struct arena *a, int argc, char **argv, struct config *out, int *rest,
	struct err *err)
{
	char **others = ARENA_ARRAY(a, (size_t)argc + 1, char *);
	int n_others = 0;

	for (size_t k = 0; k < N_SETTINGS; k++) {
		const char *env = getenv(settings[k].env);
		TRY(set(out, &settings[k], text_is_empty(env) ? settings[k].fallback : env, err));
	}
	for (int i = 0; i < argc; i++) {
		const struct setting *s = setting_of_flag(a, argv[i]);
		if (!s) {
			others[n_others++] = argv[i];
			continue;
		}
		if (i + 1 >= argc)
			return err_set(err, INVALID, "%s needs a value", argv[i]);
		TRY(set(out, s, argv[++i], err));
	}
	*rest = argc - n_others;
	for (int i = 0; i < n_others; i++)
		argv[*rest + i] = others[i];
	return OK;
}

void config_print(const struct config *c, struct buf *out)
{
	for (size_t i = 0; i < N_SETTINGS; i++) {
		const struct setting *s = &settings[i];
		const char *at = (const char *)c + s->offset;
		const char *text;

		buf_printf(out, "%-18s = ", s->name);
		if (s->type == SETTING_INT) {
			buf_i64(out, *(const int64_t *)(const void *)at);
		} else if (s->type == SETTING_BOOL) {
			buf_text(out, *(const bool *)at ? "1" : "0");
		} else {
			memcpy(&text, at, sizeof(text));
			buf_text(out, s->type == SETTING_SECRET && *text ? "(hidden)" : text);
		}
		buf_char(out, '\n');
	}
}

void config_help(struct buf *out)
{
	for (size_t i = 0; i < N_SETTINGS; i++) {
		size_t start = out->n;

		buf_printf(out, "  --%s", settings[i].name);
		for (size_t k = start; k < out->n; k++)
			if (out->p[k] == '_')
				out->p[k] = '-';
		while (out->n - start < 24)
			buf_char(out, ' ');
		buf_printf(out, "%s", settings[i].help);
		if (*settings[i].fallback)
			buf_printf(out, " [%s]", settings[i].fallback);
		buf_printf(out, " (%s)\n", settings[i].env);
	}
}
