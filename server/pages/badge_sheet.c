/* The sheets of badges: their fields, and the printer's word on them back at the fields. */
#include "pages/badge_sheet.h"

#include "base/text.h"
#include "pdf/worker.h"

enum { SAMPLE_MAX_BYTES = 4 << 20 };

static const char own[] = "own";
static const char *const papers[] = {"A4", "A3", "Letter"};
enum { N_PAPERS = sizeof(papers) / sizeof(papers[0]) };

/* Fields with a length, named as the members of the model are. */
static const char *const lengths[] = {"left", "top", "gap_x", "gap_y", "bleed"};
enum { N_LENGTHS = sizeof(lengths) / sizeof(lengths[0]) };

static const char *typed(struct request *rq, const char *field)
{
	return form_text(&rq->form, field);
}

/* Whether the route takes a sheet of one's own at all. */
static bool takes_own(struct request *rq)
{
	for (size_t i = 0; i < rq->form.n_fields; i++)
		if (text_equal(rq->form.fields[i].name, "columns"))
			return true;
	return false;
}

static bool is_own(struct request *rq)
{
	return text_equal(typed(rq, "sheet"), own) && takes_own(rq);
}

void sheet_fill(struct request *rq, struct form_view *form)
{
	const struct i18n *words = rq->app->i18n;

	for (const struct print_sheet *s = print_badge_sheets(); s->name; s++)
		form_view_option(
			form, "sheet", s->name, i18n_text(words, rq->lang, s->title, 1), NULL);
	form_view_option(
		form, "sheet", own, i18n_word(words, rq->lang, "badge_sheet", own), NULL);
	form_view_text(form, "skip", "0");
	for (int i = 0; i < N_PAPERS; i++)
		form_view_option(form, "paper", papers[i], papers[i], NULL);
	form_view_option(
		form, "paper", own, i18n_word(words, rq->lang, "badge_paper", own), NULL);
	vm_page_bool(form_view_field(form, "sheet"), "is_own",
		text_equal(form_view_value(form, "sheet"), own));
}

/* ---- what can be told without the printer ---- */

static bool length_of(struct request *rq, const char *field, double *out)
{
	return str_to_double(str_trim(str_from(typed(rq, field))), out);
}

/* What a field is called, so that every line of the summary of errors says which it is about. */
static const char *label_of(struct request *rq, const char *field)
{
	for (size_t i = 0; i < rq->form.n_fields; i++)
		if (text_equal(rq->form.fields[i].name, field))
			return rq->form.fields[i].label;
	return "";
}

static void check_length(struct request *rq, const char *field, bool is_wanted)
{
	const char *label = label_of(rq, field);
	double ignored;

	if (is_wanted && !*typed(rq, field))
		(void)!err_field(&rq->err, field, "%s: Write a number of millimetres", label);
	else if (*typed(rq, field) && !length_of(rq, field, &ignored))
		(void)!err_field(&rq->err, field, "%s: Write a number such as 12.5", label);
}

static void check_number(struct request *rq, const char *field)
{
	if (form_int(&rq->form, field, 0) < 1)
		(void)!err_field(&rq->err, field, "%s: Write how many there are on a sheet",
			label_of(rq, field));
}

static void check_own(struct request *rq)
{
	bool has_size = text_equal(typed(rq, "paper"), own);

	check_number(rq, "columns");
	check_number(rq, "rows");
	check_length(rq, "paper_width", has_size);
	check_length(rq, "paper_height", has_size);
	for (int i = 0; i < N_LENGTHS; i++)
		check_length(rq, lengths[i], false);
}

/* Figures of one's own sheet count for no other: who wrote them forgot to choose it. */
static void check_not_own(struct request *rq)
{
	static const char *const others[] = {
		"columns", "rows", "turned", "paper_width", "paper_height"};
	bool is_typed = false;

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		is_typed = is_typed || *typed(rq, others[i]);
	for (int i = 0; i < N_LENGTHS; i++)
		is_typed = is_typed || *typed(rq, lengths[i]);
	if (is_typed)
		(void)!err_field(&rq->err, "sheet",
			"Choose “My own sheet” for the figures below, or empty them");
}

static void check_single(struct request *rq)
{
	if (form_int(&rq->form, "skip", 0) > 0)
		(void)!err_field(&rq->err, "skip",
			"One badge a page has no places that are used up: choose a sheet, or 0");
	if (form_bool(&rq->form, "crop_marks"))
		(void)!err_field(&rq->err, "crop_marks",
			"One badge a page is not cut: choose a sheet, or leave the marks out");
}

enum rc sheet_check(struct request *rq)
{
	if (is_own(rq))
		check_own(rq);
	else
		check_not_own(rq);
	if (!*typed(rq, "sheet"))
		check_single(rq);
	return rq->err.fields ? rq->err.rc : OK;
}

/* ---- the print model ---- */

static void put_length(struct request *rq, struct vm *vm, const char *key, const char *field)
{
	enum { DECIMALS = 3 };
	double v;

	if (length_of(rq, field, &v))
		vm_real(vm, key, v, DECIMALS);
}

static void put_own(struct request *rq, struct vm *sheet)
{
	const char *paper = typed(rq, "paper");
	struct vm *size;

	if (text_equal(paper, own)) {
		size = vm_object(sheet, "paper_size");
		put_length(rq, size, "width", "paper_width");
		put_length(rq, size, "height", "paper_height");
	} else if (*paper) {
		vm_text(sheet, "paper", paper);
	}
	vm_int(sheet, "columns", form_int(&rq->form, "columns", 0));
	vm_int(sheet, "rows", form_int(&rq->form, "rows", 0));
	for (int i = 0; i < N_LENGTHS; i++)
		put_length(rq, sheet, lengths[i], lengths[i]);
	vm_bool(sheet, "turned", form_bool(&rq->form, "turned"));
}

void sheet_put(struct request *rq, struct vm *model)
{
	struct vm *sheet;

	if (!*typed(rq, "sheet"))
		return;
	sheet = vm_object(model, "sheet");
	if (is_own(rq))
		put_own(rq, sheet);
	else
		vm_text(sheet, "preset", typed(rq, "sheet"));
	vm_int(sheet, "skip", form_int(&rq->form, "skip", 0));
	vm_bool(sheet, "crop_marks", form_bool(&rq->form, "crop_marks"));
}

/* ---- what the printer says ---- */

/* "sheet.paper_size.width" of the print worker as the field it came from; NULL: it is another's. */
static const char *field_of(struct arena *a, const char *path)
{
	struct str rest = str_from(path);
	struct str head = str_cut(&rest, '.');

	if (!str_is(head, "sheet"))
		return NULL;
	if (!rest.n || str_is(rest, "preset"))
		return "sheet";
	head = str_cut(&rest, '.');
	if (str_is(head, "paper_size"))
		return str_is(rest, "height") ? "paper_height" : "paper_width";
	return str_dup(a, head);
}

/* A field of one's own sheet: the printer's sentence does not say which of them it means. */
static bool is_of_grid(const char *field)
{
	return !text_equal(field, "sheet") && !text_equal(field, "skip");
}

enum rc sheet_try(struct request *rq, const struct vm *model)
{
	struct err err = err_in(rq->arena);
	struct buf pdf = buf_in(rq->arena, SAMPLE_MAX_BYTES);
	struct print_warnings warnings = print_warnings_in(rq->arena);
	enum rc rc;

	page_release(rq);
	rc = print_pool_run(
		rq->app->print, rq->arena, "badge", vm_root(model), NULL, &pdf, &warnings, &err);
	TRY(db_acquire(rq->app->store, &rq->db, &rq->err));
	for (const struct field_error *e = rc == INVALID ? err.fields : NULL; e; e = e->next) {
		const char *field = field_of(rq->arena, e->field);
		if (field && is_of_grid(field))
			(void)!err_field(&rq->err, field, "%s: %s", label_of(rq, field),
				e->message);
		else if (field)
			(void)!err_field(&rq->err, field, "%s", e->message);
	}
	return rq->err.fields ? rq->err.rc : OK;
}

/* ---- in words ---- */

const char *sheet_text(struct request *rq)
{
	const char *paper = typed(rq, "paper");

	for (const struct print_sheet *s = print_badge_sheets(); s->name; s++)
		if (text_equal(s->name, typed(rq, "sheet")))
			return i18n_text(rq->app->i18n, rq->lang, s->title, 1);
	if (!is_own(rq))
		return "";
	if (text_equal(paper, own))
		paper = arena_printf(rq->arena, "%s × %s mm", typed(rq, "paper_width"),
			typed(rq, "paper_height"));
	return arena_printf(rq->arena, "%lld × %lld, %s",
		(long long)form_int(&rq->form, "columns", 0),
		(long long)form_int(&rq->form, "rows", 0), *paper ? paper : papers[0]);
}
