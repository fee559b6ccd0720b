/* The table of kinds, and the order: check, draw, save. */
#include "pdf/print.h"

#include "pdf/badge.h"
#include "pdf/example.h"
#include "pdf/programme.h"

#include <string.h>

struct kind {
	const char *name;
	const struct model_field *shape;
	const char *example; /* JSON */
	const char *(*title)(struct arena *a, const cJSON *model);
	enum rc (*draw)(struct doc *d, const cJSON *model, struct err *err);
};

static const struct kind kinds[] = {
	{"badge", badge_shape, example_badge, badge_title, badge_print},
	{"programme", programme_shape, example_programme, programme_title, programme_print},
};

enum { N_KINDS = sizeof kinds / sizeof kinds[0] };

static const struct kind *kind_named(const char *name)
{
	for (int i = 0; i < N_KINDS; i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}

const char *const *print_kinds(void)
{
	static const char *names[N_KINDS + 1];
	for (int i = 0; i < N_KINDS; i++)
		names[i] = kinds[i].name;
	return names;
}

const char *print_example(const char *kind)
{
	const struct kind *k = kind_named(kind);
	return k ? k->example : NULL;
}

enum rc print_document(struct arena *a, const char *kind, const cJSON *model, struct buf *out,
	struct print_warnings *warnings, struct err *err)
{
	const struct kind *k = kind_named(kind);
	if (!k)
		return err_set(err, NOT_FOUND, "There is no document of the kind %s", kind);
	TRY(font_check(err));
	TRY(model_check(a, model, k->shape, err));
	struct core_info info = {
		.title = k->title(a, model), .author = NULL, .lang = model_text(model, "lang")};
	struct doc *d = doc_new(a, &info, warnings);
	enum rc rc = k->draw(d, model, err);
	if (rc == OK)
		rc = doc_save(d, out, err);
	doc_free(d);
	return rc;
}
