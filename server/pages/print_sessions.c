/* One shape of a session for all kinds of documents. */
#include "pages/print_sessions.h"
#include "base/text.h"

#include <string.h>

/* What the models take (pdf/documents/common.schema.json). */
enum {
	TITLE = 280,
	NUMBER = 8,
	ABOUT = 2800,
	NAME = 150,
	AFFILIATION = 180,
	ROOM = 75,
	THEME_NAME = 75,
	NOTE = 190,
	MOST_PEOPLE = 60,
	MOST_ITEMS = 200,
	NOTE_MAX_BYTES = 4096,
};

enum rc print_programme_load(struct request *rq, struct programme *out)
{
	bool found;

	TRY(programme_load_published(rq->db, rq->arena, page_event_id(rq), out, &found, &rq->err));
	if (found && out->n_sessions)
		return OK;
	return err_set(&rq->err, CONFLICT,
		"The programme is not published yet: print shows what was published");
}

void print_theme(struct vm *parent, const char *letter, const char *name, int64_t hue)
{
	struct vm *vm;

	if (text_is_empty(letter) || letter[1] || hue < 1 || hue > 6)
		return;
	vm = vm_object(parent, "theme");
	vm_text(vm, "letter", letter);
	print_line(vm, "name", name, THEME_NAME);
	vm_int(vm, "hue", hue);
}

/* Parts that are no mere speaking are told beside the name. */
static const char *beside(struct request *rq, const struct programme_person *p)
{
	if (text_equal(p->role, "for") || text_equal(p->role, "against"))
		return i18n_word(rq->app->i18n, rq->lang, "session_role", p->role);
	return p->affiliation;
}

void print_people(struct request *rq, struct vm *parent, const char *key,
	const struct programme_session *s, bool is_chairs, size_t most)
{
	struct vm_list *list = vm_list(parent, key);

	for (size_t i = 0; i < s->n_people && vm_count(list) < most; i++) {
		const struct programme_person *p = &s->people[i];
		struct vm *vm;
		if (text_equal(p->role, "chair") != is_chairs || text_is_empty(p->name))
			continue;
		vm = vm_item(list);
		print_line(vm, "name", p->name, NAME);
		print_line(vm, "lang", p->name_lang, 35);
		print_line(vm, "affiliation", beside(rq, p), AFFILIATION);
	}
}

void print_authors(
	struct vm *parent, const char *key, const struct programme_item *item, size_t most)
{
	struct vm_list *list = vm_list(parent, key);

	for (size_t i = 0; i < item->n_authors && i < most; i++) {
		struct vm *vm = vm_item(list);
		print_line(vm, "name", item->authors[i].name, NAME);
		print_line(vm, "lang", item->authors[i].name_lang, 35);
		if (item->authors[i].is_presenting)
			vm_bool(vm, "presenting", true);
	}
}

void print_session_head(struct request *rq, struct vm *vm, const struct programme_session *s)
{
	print_line(vm, "title", programme_session_name(s), TITLE);
	vm_text(vm, "kind", s->kind);
	print_clock(rq, vm, "start", s->starts_at);
	print_clock(rq, vm, "end", s->ends_at);
}

static void put_items(struct request *rq, struct vm *parent, const struct programme_session *s)
{
	struct vm_list *list = vm_list(parent, "presentations");

	for (size_t i = 0; i < s->n_items && i < MOST_ITEMS; i++) {
		struct vm *vm = vm_item(list);
		print_line(vm, "number", s->items[i].number, NUMBER);
		print_line(vm, "title", s->items[i].title, TITLE);
		if (s->items[i].starts_at)
			print_clock(rq, vm, "start", s->items[i].starts_at);
		print_authors(vm, "authors", &s->items[i], MOST_PEOPLE);
	}
}

void print_session(struct request *rq, struct vm *vm, const struct programme_session *s)
{
	print_session_head(rq, vm, s);
	print_line(vm, "room", s->room_name, ROOM);
	if (!text_equal(s->kind, "debate"))
		print_line(vm, "about", s->summary, ABOUT);
	if (s->theme)
		print_theme(vm, s->theme->letter, s->theme->name, s->theme->hue);
	print_people(rq, vm, "chairs", s, true, MOST_PEOPLE);
	print_people(rq, vm, "speakers", s, false, MOST_PEOPLE);
	put_items(rq, vm, s);
}

const char *print_day_of(struct request *rq, const struct programme_session *s)
{
	struct civil c = zone_civil(rq->event->zone, s->starts_at);

	return civil_date(rq->arena, &c);
}

void print_days(struct request *rq, struct vm *model, const struct programme *p)
{
	struct vm_list *days = vm_list(model, "days"), *sessions = NULL;
	const char *last_on = "";

	for (size_t i = 0; i < p->n_sessions; i++) {
		const char *on = print_day_of(rq, &p->sessions[i]);
		if (!text_equal(on, last_on)) {
			struct vm *day = vm_item(days);
			vm_text(day, "on", on);
			sessions = vm_list(day, "sessions");
			last_on = on;
		}
		print_session(rq, vm_item(sessions), &p->sessions[i]);
	}
}

void print_session_words(struct request *rq, struct vm *model)
{
	struct vm *words = vm_object(model, "words");

	for (size_t i = 0; session_kinds[i]; i++)
		print_line(words, session_kinds[i],
			i18n_word(rq->app->i18n, rq->lang, "session", session_kinds[i]), 40);
}

/* Where the clocks go like this: the event's town, else the one that its zone is named after. */
static const char *city_of(struct request *rq)
{
	const char *zone = rq->event->row.zone, *slash = strrchr(zone, '/');
	char *city = arena_strdup(rq->arena, slash ? slash + 1 : zone);

	if (!text_is_empty(rq->event->row.city))
		return rq->event->row.city;
	for (char *c = city; *c; c++)
		*c = *c == '_' ? ' ' : *c;
	return city;
}

void print_version(struct request *rq, struct vm *model, const struct programme *p)
{
	const struct vm_format format = {.lang = rq->event->row.lang,
		.i18n = rq->app->i18n,
		.event_zone = rq->event->zone,
		.now_ms = p->published_at};
	struct vm *vm = vm_new(rq->arena, &format);
	struct buf note = buf_in(rq->arena, NOTE_MAX_BYTES);
	struct err err = err_in(rq->arena);

	vm_int(vm, "version", p->version);
	vm_time(vm, "published_at", p->published_at);
	vm_page_text(vm, "city", city_of(rq));
	/* Without the template the programme is printed all the same. */
	if (template_render_text(rq->app->templates, "print/version", vm, &note, &err) == OK)
		print_line(model, "note", buf_cstr(&note), NOTE);
}

const char *print_programme_url(struct request *rq)
{
	return page_url(rq, arena_printf(rq->arena, "%s/programme", page_event_path(rq)));
}
