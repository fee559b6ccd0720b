/*
 * The book of abstracts: the sessions of the published programme with their works; before there is
 * one, the accepted works by theme. Only what is accepted, told so, live and not declined stands in
 * it, whatever the programme said when it was published.
 */
#include <stdlib.h>
#include <string.h>
#include "base/text.h"
#include "domain/abstract.h"
#include "domain/logo.h"
#include "pages/handlers.h"
#include "pages/print_kinds.h"
#include "pages/print_sessions.h"

/* What the model of print takes (pdf/documents/book.schema.json). */
enum {
	NUMBER = 20,
	TITLE = 400,
	SESSION_TITLE = 300,
	NAME = 160,
	ROOM = 80,
	AFFILIATION = 300,
	MAX_AFFILIATIONS = 8,
	MAX_CHAIRS = 20,
	MAX_AUTHORS = 200,
};

/* A work and its place in the programme, found by code. */
struct listed {
	const char *code;
	const struct q_book_works *work;
	const struct programme_item *item; /* NULL: it is in no session */
};

struct book {
	struct request *rq;
	struct q_book_works *works;
	struct listed *listed; /* as many, by code */
	size_t n_works;
	struct q_book_authors *authors; /* by submission_id */
	size_t n_authors;
	struct q_themes_of_event *themes;
	size_t n_themes;
	struct programme programme;
	bool has_programme;
};

/* ---- reading ---- */

static int compare_code(const void *x, const void *y)
{
	return strcmp(((const struct listed *)x)->code, ((const struct listed *)y)->code);
}

/* NULL: not in the book. */
static struct listed *listed_of(const struct book *b, const char *code)
{
	return bsearch(&(struct listed){.code = code}, b->listed, b->n_works, sizeof(*b->listed),
		compare_code);
}

static const struct q_book_works *work_of(const struct book *b, const char *code)
{
	const struct listed *found = listed_of(b, code);

	return found ? found->work : NULL;
}

static void list_works(struct book *b)
{
	b->listed = ARENA_ARRAY(b->rq->arena, b->n_works, struct listed);
	for (size_t i = 0; i < b->n_works; i++)
		b->listed[i] = (struct listed){b->works[i].code, &b->works[i], NULL};
	qsort(b->listed, b->n_works, sizeof(*b->listed), compare_code);
	for (size_t s = 0; b->has_programme && s < b->programme.n_sessions; s++)
		for (size_t i = 0; i < b->programme.sessions[s].n_items; i++) {
			const struct programme_item *item = &b->programme.sessions[s].items[i];
			struct listed *found = listed_of(b, item->submission_code);
			if (found)
				found->item = item;
		}
}

static enum rc read_book(struct request *rq, struct book *b)
{
	int64_t event_id = page_event_id(rq);

	*b = (struct book){.rq = rq};
	TRY(q_book_works(rq->db, rq->arena,
		&(struct q_book_works_in){.event_id = event_id, .actor_roles = rq->actor->roles},
		&b->works, &b->n_works, &rq->err));
	TRY(q_book_authors(rq->db, rq->arena,
		&(struct q_book_authors_in){.event_id = event_id, .actor_roles = rq->actor->roles},
		&b->authors, &b->n_authors, &rq->err));
	TRY(q_themes_of_event(rq->db, rq->arena,
		&(struct q_themes_of_event_in){.event_id = event_id}, &b->themes, &b->n_themes,
		&rq->err));
	TRY(programme_load_published(
		rq->db, rq->arena, event_id, &b->programme, &b->has_programme, &rq->err));
	list_works(b);
	return OK;
}

static int compare_submission(const void *key, const void *author)
{
	int64_t id = *(const int64_t *)key,
		other = ((const struct q_book_authors *)author)->submission_id;

	return (id > other) - (id < other);
}

/* The first of a work's authors, and how many. */
static const struct q_book_authors *authors_of(const struct book *b, int64_t id, size_t *n)
{
	const struct q_book_authors *end = b->authors + b->n_authors;
	const struct q_book_authors *first =
		bsearch(&id, b->authors, b->n_authors, sizeof(*b->authors), compare_submission);

	*n = 0;
	while (first && first > b->authors && first[-1].submission_id == id)
		first--;
	for (const struct q_book_authors *x = first; x && x < end && x->submission_id == id; x++)
		(*n)++;
	return first;
}

/* ---- one abstract ---- */

static void put_affiliations(struct vm *vm, const char *lines)
{
	struct vm_list *list = NULL;
	struct str rest = str_from(lines);
	struct arena *a = vm_arena(vm);

	while (rest.p) {
		struct str line = str_trim(str_cut(&rest, '\n'));
		if (!line.n || (list && vm_count(list) == MAX_AFFILIATIONS))
			continue;
		if (!list)
			list = vm_list(vm, "affiliations");
		vm_item_text(list, text_excerpt(a, str_dup(a, line), AFFILIATION));
	}
}

static void put_author(struct vm *vm, const struct q_book_authors *author)
{
	print_line(vm, "name", author->name, NAME);
	print_line(vm, "sort_name",
		abstract_index_name(vm_arena(vm), author->name, author->name_lang), NAME);
	print_line(vm, "lang", author->name_lang, 35);
	put_affiliations(vm, author->affiliations);
	if (author->is_presenting)
		vm_bool(vm, "presenting", true);
}

static void put_abstract(const struct book *b, struct vm *vm, const struct q_book_works *work,
	const struct programme_item *item)
{
	size_t n;
	const struct q_book_authors *authors = authors_of(b, work->id, &n);
	struct vm_list *list;

	print_line(vm, "code", item ? item->number : "", NUMBER);
	vm_text(vm, "submission", print_code(b->rq->arena, work->code));
	print_line(vm, "title", work->title, TITLE);
	if (item && item->starts_at)
		print_clock(b->rq, vm, "start", item->starts_at);
	list = vm_list(vm, "authors");
	for (size_t i = 0; i < n && i < MAX_AUTHORS; i++)
		put_author(vm_item(list), &authors[i]);
	print_parts(vm, work->abstract);
	print_keywords(vm, work->keywords);
}

/* ---- sessions ---- */

static size_t n_printed(const struct book *b, const struct programme_session *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n_items; i++)
		n += work_of(b, s->items[i].submission_code) != NULL;
	return n;
}

static void put_session(const struct book *b, struct vm *vm, const struct programme_session *s)
{
	struct vm_list *list;

	print_line(vm, "title", programme_session_name(s), SESSION_TITLE);
	print_date(b->rq, vm, "on", s->starts_at);
	print_clock(b->rq, vm, "start", s->starts_at);
	print_clock(b->rq, vm, "end", s->ends_at);
	print_line(vm, "room", s->room_name, ROOM);
	if (s->theme)
		print_theme(vm, s->theme->letter, s->theme->name, s->theme->hue);
	print_people(b->rq, vm, "chairs", s, true, MAX_CHAIRS);
	if (text_equal(s->kind, "poster"))
		vm_bool(vm, "compact", true);
	list = vm_list(vm, "abstracts");
	for (size_t i = 0; i < s->n_items; i++) {
		const struct q_book_works *work = work_of(b, s->items[i].submission_code);
		if (work)
			put_abstract(b, vm_item(list), work, &s->items[i]);
	}
}

static void put_programme(const struct book *b, struct vm_list *sessions)
{
	for (size_t i = 0; i < b->programme.n_sessions; i++)
		if (n_printed(b, &b->programme.sessions[i]))
			put_session(b, vm_item(sessions), &b->programme.sessions[i]);
}

/* All works of a theme; theme NULL: those of none. */
static void put_works_of_theme(
	const struct book *b, struct vm_list *sessions, const struct q_themes_of_event *theme)
{
	struct vm *vm;
	struct vm_list *list = NULL;

	for (size_t i = 0; i < b->n_works; i++) {
		if (!text_equal(b->works[i].theme_code, theme ? theme->code : ""))
			continue;
		if (!list) {
			vm = vm_item(sessions);
			print_line(vm, "title",
				theme ? theme->title
				      : i18n_text(b->rq->app->i18n, b->rq->lang, "Other works", 1),
				SESSION_TITLE);
			if (theme)
				print_theme(vm, theme->letter, theme->title, theme->hue);
			list = vm_list(vm, "abstracts");
		}
		put_abstract(b, vm_item(list), &b->works[i], NULL);
	}
}

static void put_themes(const struct book *b, struct vm_list *sessions)
{
	for (size_t i = 0; i < b->n_themes; i++)
		put_works_of_theme(b, sessions, &b->themes[i]);
	put_works_of_theme(b, sessions, NULL);
}

/* ---- other orders: one list of all ---- */

/* The name of whom a work is found under: who presents it, else its first author. */
static const char *author_key(const struct book *b, const struct q_book_works *work)
{
	size_t n;
	const struct q_book_authors *authors = authors_of(b, work->id, &n), *chosen = authors;

	for (size_t i = n; i-- > 0;)
		if (authors[i].is_presenting)
			chosen = &authors[i];
	return chosen && n ? text_sort_key(b->rq->arena, abstract_index_name(b->rq->arena,
								 chosen->name, chosen->name_lang))
			   : "";
}

struct sorted {
	const struct q_book_works *work;
	const char *key;
};

static int compare_keys(const void *x, const void *y)
{
	const struct sorted *a = x, *b = y;
	int order = strcmp(a->key, b->key);

	return order ? order : strcmp(a->work->code, b->work->code);
}

/* As the programme has them, then what it does not have. */
static const char *place_key(const struct book *b, const struct q_book_works *work)
{
	const struct programme_item *item = listed_of(b, work->code)->item;

	for (size_t s = 0, n = 0; item && s < b->programme.n_sessions; s++) {
		const struct programme_session *session = &b->programme.sessions[s];
		if (item >= session->items && item < session->items + session->n_items)
			return arena_printf(b->rq->arena, "0%08zu",
				n + (size_t)(item - session->items));
		n += session->n_items;
	}
	return arena_printf(b->rq->arena, "1%s", text_sort_key(b->rq->arena, work->title));
}

static const char *sort_key(
	const struct book *b, const struct q_book_works *work, const char *order)
{
	if (text_equal(order, "code"))
		return place_key(b, work);
	return text_equal(order, "title") ? text_sort_key(b->rq->arena, work->title)
					  : author_key(b, work);
}

static void put_sorted(const struct book *b, struct vm_list *sessions, const char *order)
{
	struct sorted *rows = ARENA_ARRAY(b->rq->arena, b->n_works, struct sorted);
	struct vm *vm = vm_item(sessions);
	struct vm_list *list;

	for (size_t i = 0; i < b->n_works; i++)
		rows[i] = (struct sorted){&b->works[i], sort_key(b, &b->works[i], order)};
	qsort(rows, b->n_works, sizeof(*rows), compare_keys);
	vm_text(vm, "title", i18n_text(b->rq->app->i18n, b->rq->lang, "Abstracts", 1));
	list = vm_list(vm, "abstracts");
	for (size_t i = 0; i < b->n_works; i++)
		put_abstract(
			b, vm_item(list), rows[i].work, listed_of(b, rows[i].work->code)->item);
}

/* ---- what stands around them ---- */

static enum rc put_texts(struct request *rq, struct vm *model)
{
	struct vm_list *list = vm_list(model, "texts");
	struct q_print_texts *rows;
	size_t n;

	TRY(q_print_texts(rq->db, rq->arena,
		&(struct q_print_texts_in){.event_id = page_event_id(rq)}, &rows, &n, &rq->err));
	for (size_t i = 0; i < n; i++) {
		struct vm *vm = vm_item(list);
		vm_text(vm, "title", rows[i].title);
		vm_text(vm, "text", rows[i].text);
		print_line(vm, "signed", rows[i].signature, 300);
	}
	return OK;
}

static void put_page(struct request *rq, struct vm *model)
{
	const struct form *f = &rq->form;
	struct vm *page = vm_object(model, "page");

	vm_text(page, "size", *form_text(f, "size") ? form_text(f, "size") : "A4");
	vm_int(page, "columns", form_int(f, "columns", 1));
	vm_bool(page, "mirrored", form_bool(f, "mirrored"));
	vm_bool(page, "abstract_per_page", form_bool(f, "abstract_per_page"));
}

static void put_indexes(struct request *rq, struct vm *model)
{
	static const char *const names[] = {"authors", "affiliations", "keywords"};
	struct vm *vm = vm_object(model, "indexes");
	size_t n;
	const char *const *chosen = form_list(&rq->form, "index", &n);

	for (size_t i = 0; i < 3; i++) {
		bool is_chosen = false;
		for (size_t c = 0; c < n; c++)
			is_chosen = is_chosen || text_equal(chosen[c], names[i]);
		vm_bool(vm, names[i], is_chosen);
	}
}

static enum rc book_model(struct request *rq, struct vm **out)
{
	const char *order = form_text(&rq->form, "order");
	struct vm *model;
	struct vm_list *sessions;
	struct book b;

	TRY(print_model_with_logos(rq, NULL, LOGOS_MAX, &model));
	TRY(read_book(rq, &b));
	put_page(rq, model);
	print_line(model, "subtitle", form_text(&rq->form, "subtitle"), 120);
	print_line(model, "watermark", form_text(&rq->form, "watermark"), 30);
	put_indexes(rq, model);
	TRY(put_texts(rq, model));
	sessions = vm_list(model, "sessions");
	if (*order && !text_equal(order, "session") && b.n_works)
		put_sorted(&b, sessions, order);
	else if (b.has_programme)
		put_programme(&b, sessions);
	else
		put_themes(&b, sessions);
	*out = model;
	return vm_count(sessions) ? OK
				  : err_set(&rq->err, CONFLICT,
					    "No work has been accepted and told so yet: the book "
					    "would be empty");
}

/* ---- the print office ---- */

static const char *const sizes[] = {"A4", "A5", "B5", "Letter"};

static bool is_size(const char *size)
{
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		if (text_equal(size, sizes[i]))
			return true;
	return !*size;
}

static const char *const orders[] = {"session", "code", "title", "author"};

enum rc fill_book(struct request *rq, struct form_view *form)
{
	static const char *const indexes[] = {"authors", "affiliations", "keywords"};
	const struct i18n *words = rq->app->i18n;

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		form_view_option(form, "size", sizes[i], sizes[i], NULL);
	form_view_int(form, "columns", 1);
	form_view_option(form, "columns", "1", i18n_word(words, rq->lang, "columns", "1"), NULL);
	form_view_option(form, "columns", "2", i18n_word(words, rq->lang, "columns", "2"), NULL);
	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++)
		form_view_option(form, "order", orders[i],
			i18n_word(words, rq->lang, "book_order", orders[i]), NULL);
	for (size_t i = 0; i < 3; i++)
		form_view_list(form, "index", indexes[i]);
	for (size_t i = 0; i < 3; i++)
		form_view_option(form, "index", indexes[i],
			i18n_word(words, rq->lang, "book_index", indexes[i]), NULL);
	return OK;
}

static const char *about_book(struct request *rq)
{
	const char *size = form_text(&rq->form, "size");
	const char *columns = form_int(&rq->form, "columns", 1) == 2 ? "2" : "1";
	const char *order = form_text(&rq->form, "order");

	return arena_printf(rq->arena, "%s, %s, %s", *size ? size : "A4",
		i18n_word(rq->app->i18n, rq->lang, "columns", columns),
		i18n_word(rq->app->i18n, rq->lang, "book_order", *order ? order : orders[0]));
}

/* POST /:event/print/abstracts */
enum rc post_print_book(struct request *rq, struct vm *vm)
{
	struct vm *model;

	(void)vm;
	if (!is_size(form_text(&rq->form, "size")))
		return err_field(&rq->err, "size", "Choose a size of paper");
	TRY(book_model(rq, &model));
	return print_ask(rq, &(struct print_wish){
				     .kind = "book",
				     .model = vm_root(model),
				     .about = about_book(rq),
				     .file_name = print_file_name(rq, "abstracts"),
			     });
}
