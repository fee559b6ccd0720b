/* The table of kinds, and the order: check, draw, save. */
#include "pdf/print.h"

#include "pdf/documents/badge_layouts.h"
#include "pdf/documents/documents.h"
#include "pdf/embedded.h"
#include "pdf/file/svg.h"

#include <malloc.h>
#include <pthread.h>
#include <string.h>

struct kind {
	const char *name, *title;
	const char *schema, *example; /* JSON */
	enum rc (*draw)(struct doc *d, const cJSON *model, struct err *err);
};

static const struct kind kinds[] = {
#define DOCUMENT(id, name, title) {name, title, schema_##id, example_##id, id##_print},
#include "pdf/documents.def"
#undef DOCUMENT
};

enum { N_KINDS = sizeof kinds / sizeof kinds[0] };

/* The schemas as trees, made when first wanted and kept for the life of the process. */
static struct {
	pthread_mutex_t lock;
	struct arena *arena; /* NULL: none is made yet */
	const cJSON *common;
	struct model_schema of[N_KINDS];
	bool is_made[N_KINDS];
} schemas = {.lock = PTHREAD_MUTEX_INITIALIZER};

static const cJSON *parse_embedded(struct arena *a, const char *json)
{
	struct err err = err_in(a);
	cJSON *tree = NULL;
	if (json_parse(a, str_from(json), &tree, &err) != OK)
		return NULL; /* then every model is refused; a test reads them all */
	return tree;
}

static const struct model_schema *schema_of(const struct kind *k)
{
	size_t i = (size_t)(k - kinds);
	pthread_mutex_lock(&schemas.lock);
	if (!schemas.arena) {
		schemas.arena = arena_new();
		schemas.common = parse_embedded(schemas.arena, schema_common);
	}
	if (!schemas.is_made[i])
		schemas.of[i] = (struct model_schema){
			parse_embedded(schemas.arena, k->schema), schemas.common};
	schemas.is_made[i] = true;
	pthread_mutex_unlock(&schemas.lock);
	return &schemas.of[i];
}

/* A kind's name may go on behind a slash, with the imposition. */
static const struct kind *kind_named(const char *name)
{
	size_t n = strcspn(name, "/");
	for (int i = 0; i < N_KINDS; i++)
		if (strlen(kinds[i].name) == n && strncmp(kinds[i].name, name, n) == 0)
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

const char *print_title(const char *kind)
{
	const struct kind *k = kind_named(kind);
	return k ? k->title : NULL;
}

const char *print_example(const char *kind)
{
	const struct kind *k = kind_named(kind);
	return k ? k->example : NULL;
}

const char *print_schema(const char *kind)
{
	const struct kind *k = kind_named(kind);
	if (strcmp(kind, "common") == 0)
		return schema_common;
	return k ? k->schema : NULL;
}

static enum rc check(
	const char *kind, const cJSON *model, const struct kind **found, struct err *err)
{
	const struct kind *k = *found = kind_named(kind);
	if (!k)
		return err_set(err, NOT_FOUND, "There is no document of the kind %s", kind);
	const char *way = strchr(kind, '/');
	struct imposition imposition;
	if (way && !impose_parse(way + 1, &imposition))
		return err_set(err, NOT_FOUND, "Pages are not laid on sheets as %s", way + 1);
	return model_check(model, schema_of(k), err);
}

enum rc print_check(const char *kind, const cJSON *model, struct err *err)
{
	const struct kind *k;
	return check(kind, model, &k, err);
}

struct drawing {
	const struct kind *kind;
	const cJSON *model;
};

static enum rc draw(struct doc *d, const void *context, struct err *err)
{
	const struct drawing *drawing = context;
	return drawing->kind->draw(d, drawing->model, err);
}

/* Sheets are planned once it is known how many pages there are: drawing is cheap, saving is not. */
static enum rc impose(
	struct doc *d, const char *kind, const struct drawing *drawing, struct err *err)
{
	struct imposition imposition = {.is_rtl = doc_is_rtl(d)};
	struct doc_extent extent;
	const char *way = strchr(kind, '/');
	if (!way || !impose_parse(way + 1, &imposition))
		return OK;
	TRY(doc_trial(d->lang, draw, drawing, &extent, err));
	if (extent.is_imposed)
		return err_set(
			err, INVALID, "This model is laid on sheets already; print it as it is");
	imposition.n_pages = extent.n_pages;
	imposition.width = extent.width;
	imposition.height = extent.height;
	doc_impose(d, &imposition);
	return OK;
}

void print_setup(void)
{
	enum { OWN_MAPPING = 256 << 10 };
	json_setup();
	/* Arenas come and go in large blocks: what is given back goes back to the system. */
	mallopt(M_MMAP_THRESHOLD, OWN_MAPPING);
}

enum rc print_document(struct arena *a, const char *kind, const cJSON *model,
	const struct sink *sink, struct print_warnings *warnings, struct err *err)
{
	struct drawing drawing = {.model = model};
	TRY(font_check(err));
	TRY(check(kind, model, &drawing.kind, err));
	struct doc *d = doc_new(a, model_text(model, "lang"), warnings);
	d->audience = sink;
	enum rc rc = impose(d, kind, &drawing, err);
	if (rc == OK)
		rc = draw(d, &drawing, err);
	if (rc == OK)
		rc = doc_save(d, sink, err);
	doc_free(d);
	return rc;
}

enum rc print_picture(struct arena *a, const char *kind, const cJSON *model, struct buf *out,
	struct print_warnings *warnings, struct err *err)
{
	struct drawing drawing = {.model = model};
	TRY(font_check(err));
	TRY(check(kind, model, &drawing.kind, err));
	struct doc *d = doc_new(a, model_text(model, "lang"), warnings);
	struct svg *picture = svg_new(a, d->core, d->fonts, PRINT_PICTURE_PAGES);
	enum rc rc = draw(d, &drawing, err);
	if (rc == OK)
		svg_finish(picture, out);
	doc_free(d);
	return rc == OK && out->failed ? err_internal(err, "pdf: the picture is too large") : rc;
}

const struct print_layout *print_badge_layouts(void)
{
	static const struct print_layout layouts[] = {
#define BADGE_LAYOUT(id, name, title) {name, title, badge_layout_##id},
#include "pdf/documents/badge_layouts.def"
#undef BADGE_LAYOUT
		{NULL, NULL, NULL},
	};
	return layouts;
}

const struct print_sheet *print_badge_sheets(void)
{
	static const struct print_sheet sheets[] = {
#define BADGE_SHEET(name, title, width, height, columns, rows, gap_x, gap_y) {name, title},
#include "pdf/documents/badge_sheets.def"
#undef BADGE_SHEET
		{NULL, NULL},
	};
	return sheets;
}
