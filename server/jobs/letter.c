/*
 * The organisers' letters are templates too, but poorer ones: they see the frozen model, no
 * partials and no catalogue.
 */
#include "jobs/letter.h"

#include <string.h>
#include "base/clock.h"
#include "base/text.h"
#include "gen/query.h"
#include "view/mustache.h"

enum { TEXT_MAX_BYTES = 1 << 20, SUBJECT_MAX_CHARACTERS = 200 };

enum rc letters_load(
	struct db *db, struct arena *a, int64_t event_id, struct letters *out, struct err *err)
{
	return q_letters_of_event(db, a, &(struct q_letters_of_event_in){.event_id = event_id},
		&out->rows, &out->n, err);
}

static const struct q_letters_of_event *find(const struct letters *letters, const char *kind)
{
	for (size_t i = 0; letters && i < letters->n; i++)
		if (text_equal(letters->rows[i].kind, kind))
			return &letters->rows[i];
	return NULL;
}

/* The frozen texts as a view model. `n` becomes a number, because it chooses plural forms. */
static enum rc model_read(
	struct arena *a, const char *lang, const char *json, struct vm **out, struct err *err)
{
	struct vm_format *format = ARENA_NEW(a, struct vm_format);
	cJSON *model;
	int64_t n;

	TRY(json_parse(a, str_from(json), &model, err));
	*format = (struct vm_format){.lang = lang, .now_ms = clock_now_ms()};
	*out = vm_new(a, format);
	for (const cJSON *m = model->child; m; m = m->next) {
		const char *text = json_text(model, m->string);
		if (!text || !*m->string || str_ends_with(str_from(m->string), STR("_html")))
			continue;
		if (text_equal(m->string, "n") && str_to_i64(str_from(text), &n))
			vm_int(*out, "n", n);
		else
			vm_text(*out, m->string, text);
	}
	return OK;
}

/* Values may hold anything; a subject is one line. */
static const char *subject_line(struct arena *a, struct str text)
{
	const char *line = text_clean(a, text, TEXT_LINE);

	return line ? text_excerpt(a, line, SUBJECT_MAX_CHARACTERS) : "";
}

static enum rc too_long(struct err *err)
{
	return err_set(err, INTERNAL, "This mail became too long to be sent");
}

static enum rc write_built_in(struct arena *a, struct templates *templates, const char *name,
	const struct vm *vm, struct letter *out, struct err *err)
{
	struct buf b = buf_in(a, TEXT_MAX_BYTES);
	struct str rest;

	TRY(template_render_text(templates, arena_printf(a, "mail/%s", name), vm, &b, err));
	if (b.failed)
		return too_long(err);
	rest = buf_view(&b);
	out->subject = subject_line(a, str_cut(&rest, '\n'));
	out->body = str_dup(a, rest);
	return OK;
}

static enum rc render_own(
	struct arena *a, const char *source, const struct vm *vm, struct str *out, struct err *err)
{
	const struct mustache_host nobody = {0};
	struct buf b = buf_in(a, TEXT_MAX_BYTES);
	struct mustache *m;
	enum rc rc;

	TRY(mustache_new("letter", str_from(source), &m, err));
	rc = mustache_render_text(m, &nobody, vm_format_of(vm)->lang, vm_root(vm), &b, err);
	mustache_free(m);
	if (rc == OK && b.failed)
		return too_long(err);
	*out = buf_view(&b);
	return rc;
}

static enum rc write_own(struct arena *a, const struct q_letters_of_event *own, const struct vm *vm,
	struct letter *out, struct err *err)
{
	struct str subject, body;

	TRY(render_own(a, own->subject, vm, &subject, err));
	TRY(render_own(a, own->body, vm, &body, err));
	out->subject = subject_line(a, subject);
	out->body = str_ends_with(body, STR("\n")) || !body.n
			    ? str_dup(a, body)
			    : arena_printf(a, "%.*s\n", (int)body.n, body.p);
	return OK;
}

enum rc letter_write(struct arena *a, struct templates *templates, const struct letters *letters,
	const char *template_name, const char *lang, const char *model_json, struct letter *out,
	struct err *err)
{
	const struct q_letters_of_event *own = find(letters, template_name);
	struct vm *vm;

	TRY(model_read(a, lang, model_json, &vm, err));
	if (own)
		return write_own(a, own, vm, out, err);
	return write_built_in(a, templates, template_name, vm, out, err);
}

enum rc letter_render(struct arena *a, struct templates *templates, struct db *db, int64_t event_id,
	const char *template_name, const char *lang, const char *model_json, struct letter *out,
	struct err *err)
{
	struct letters letters;

	TRY(letters_load(db, a, event_id, &letters, err));
	return letter_write(a, templates, &letters, template_name, lang, model_json, out, err);
}

/* ---- checking ---- */

struct checking {
	const char *field;
	const char *const *names;
	size_t n_names;
	bool is_in_list;
	struct err *err;
};

static const char *list_of_names(const struct checking *c)
{
	struct buf b = buf_in(c->err->arena, 4096);

	for (size_t i = 0; i < c->n_names; i++)
		buf_printf(&b, "%s{{%s}}", i ? ", " : "", c->names[i]);
	return buf_cstr(&b);
}

/* "section.name": as the engine looks outwards, the last part decides; each part is one of ours. */
static void check_name(void *context, const char *name)
{
	struct checking *c = context;
	struct str rest = str_from(name);

	while (rest.p) {
		struct str part = str_cut(&rest, '.');
		bool is_known = part.n == 0;
		for (size_t i = 0; i < c->n_names && !is_known; i++)
			is_known = str_is(part, c->names[i]);
		if (!is_known)
			(void)err_field(c->err, c->field, "There is no placeholder {{%s}}; use %s",
				str_dup(c->err->arena, part), list_of_names(c));
	}
}

static void refuse_partial(void *context, const char *name)
{
	struct checking *c = context;

	(void)err_field(c->err, c->field,
		"A letter cannot take in another template ({{>%s}}); write its words here", name);
}

static void check_text(struct checking *c, const char *source)
{
	struct err own = err_in(c->err->arena);
	struct mustache *m;

	if (mustache_new("letter", str_from(source), &m, &own) != OK) {
		(void)err_field(
			c->err, c->field, "A placeholder is not written right: %s", own.message);
		return;
	}
	mustache_partials(m, refuse_partial, c);
	mustache_names(m, check_name, c);
	mustache_free(m);
}

enum rc letter_check(const char *subject, const char *body, const char *const *names,
	size_t n_names, struct err *err)
{
	struct checking c = {.names = names, .n_names = n_names, .err = err};

	c.field = "subject";
	if (strchr(subject, '\n'))
		(void)err_field(err, c.field, "The subject is one line");
	check_text(&c, subject);
	c.field = "body";
	check_text(&c, body);
	return err->rc;
}
