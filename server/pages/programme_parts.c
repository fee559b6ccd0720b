/* A session as the timetable, its own page, the editor and programs are told of it. */
#include "base/text.h"
#include "pages/handlers.h"
#include "pages/programme.h"

static const char *or_null(const char *s)
{
	return text_is_empty(s) ? NULL : s;
}

static const char *clock_text(struct request *rq, int64_t at_ms)
{
	struct civil c = zone_civil(rq->event->zone, at_ms);

	return arena_printf(rq->arena, "%02d:%02d", c.hour, c.minute);
}

static void put_theme(struct vm *vm, const struct programme_theme *t)
{
	vm_text(vm, "code", t->code);
	vm_text(vm, "letter", t->letter);
	vm_text(vm, "name", t->name);
	vm_int(vm, "hue", t->hue);
}

void put_lines(struct vm *vm, const char *key, const char *lines)
{
	struct vm_list *list = vm_list(vm, key);
	struct str rest = str_from(lines);

	while (rest.p) {
		struct str line = str_trim(str_cut(&rest, '\n'));
		if (line.n)
			vm_item_text(list, str_dup(vm_arena(vm), line));
	}
}

/* The part of a speaker goes without saying. */
static void put_person(struct request *rq, struct vm *vm, const struct programme_person *p)
{
	bool is_plain = text_equal(p->role, "speaker");

	vm_text(vm, "role", p->role);
	vm_page_text(vm, "role_text",
		is_plain ? NULL : i18n_word(rq->app->i18n, rq->lang, "session_role", p->role));
	page_person_name(vm, "name", p->name, p->name_lang);
	vm_text(vm, "said_name", or_null(p->said_name));
	vm_text(vm, "post", or_null(p->post));
	vm_text(vm, "affiliation", or_null(p->affiliation));
}

static void put_item(struct vm *vm, const struct programme_item *item)
{
	struct vm_list *themes, *authors;

	vm_text(vm, "code", item->code);
	vm_text(vm, "submission", or_null(item->submission_code));
	vm_text(vm, "number", or_null(item->number));
	vm_text(vm, "title", item->title);
	vm_text(vm, "format", or_null(item->format));
	vm_int(vm, "minutes", item->minutes);
	vm_time(vm, "starts_at", item->starts_at);
	themes = vm_list(vm, "themes");
	for (size_t i = 0; i < item->n_themes; i++)
		put_theme(vm_item(themes), &item->themes[i]);
	authors = vm_list(vm, "authors");
	for (size_t i = 0; i < item->n_authors; i++) {
		const struct programme_author *row = &item->authors[i];
		struct vm *author = vm_item(authors);
		page_person_name(author, "name", row->name, row->name_lang);
		vm_page_text(author, "said_name", NULL);
		put_lines(author, "affiliations", row->affiliations);
		vm_bool(author, "is_presenting", row->is_presenting);
	}
}

/* Posters have no clock times of their own, and their list would fill the timetable; a workshop is
 * called as its one item is. */
static void put_talks(struct request *rq, struct vm *vm, const struct programme_session *s)
{
	struct vm_list *talks = vm_page_list(vm, "talks");

	for (size_t i = 0; i < s->n_items; i++) {
		struct vm *talk;
		bool is_all = text_equal(s->items[i].title, s->title);
		if (!s->items[i].starts_at || !s->items[i].is_fit || is_all)
			continue;
		talk = vm_item(talks);
		vm_page_text(talk, "clock", clock_text(rq, s->items[i].starts_at));
		vm_page_text(talk, "title", s->items[i].title);
	}
}

static void put_look(struct request *rq, struct vm *vm, const struct programme_session *s)
{
	bool is_talks = text_equal(s->kind, "parallel");

	vm_page_text(vm, "href",
		arena_printf(rq->arena, "%s/sessions/%s", page_event_path(rq), s->code));
	vm_page_text(vm, "clocks",
		s->starts_at ? arena_printf(rq->arena, "%s–%s", clock_text(rq, s->starts_at),
				       clock_text(rq, s->ends_at))
			     : NULL);
	vm_page_bool(vm, "is_plenary",
		text_equal(s->kind, "plenary") || text_equal(s->kind, "keynote") ||
			text_equal(s->kind, "debate"));
	vm_page_bool(vm, "is_master",
		text_equal(s->kind, "masterclass") || text_equal(s->kind, "workshop"));
	vm_page_bool(vm, "is_talks", is_talks);
	vm_page_bool(vm, "seats", false);
	put_talks(rq, vm, s);
}

void put_session(struct request *rq, struct vm *vm, const struct programme_session *s)
{
	bool is_debate = text_equal(s->kind, "debate");
	struct vm_list *list;

	vm_text(vm, "code", s->code);
	vm_enum(vm, "kind", "session", s->kind);
	vm_text(vm, "title", programme_session_name(s));
	vm_text(vm, "summary", is_debate ? NULL : or_null(s->summary));
	vm_time(vm, "starts_at", s->starts_at);
	vm_time(vm, "ends_at", s->ends_at);
	vm_text(vm, "room", or_null(s->room_name));
	vm_text(vm, "room_code", or_null(s->room_code));
	vm_text(vm, "masterclass", or_null(s->masterclass_code));
	vm_int(vm, "capacity", s->capacity);
	if (s->theme)
		put_theme(vm_object(vm, "theme"), s->theme);
	else
		vm_text(vm, "theme", NULL);
	list = vm_list(vm, "people");
	for (size_t i = 0; i < s->n_people; i++)
		put_person(rq, vm_item(list), &s->people[i]);
	list = vm_list(vm, "presentations");
	for (size_t i = 0; i < s->n_items; i++)
		if (s->items[i].is_fit)
			put_item(vm_item(list), &s->items[i]);
	put_look(rq, vm, s);
}

void put_rooms(struct vm *vm, const struct programme *p)
{
	struct vm_list *list = vm_list(vm, "rooms");

	for (size_t i = 0; i < p->n_rooms; i++) {
		struct vm *room = vm_item(list);
		vm_text(room, "code", p->rooms[i].code);
		vm_text(room, "name", p->rooms[i].name);
		vm_int(room, "capacity", p->rooms[i].capacity);
		vm_text(room, "notes", or_null(p->rooms[i].notes));
	}
}

void put_masterclasses(struct vm *vm, const struct programme *p)
{
	struct vm_list *list = vm_list(vm, "masterclasses");

	for (size_t i = 0; i < p->n_masterclasses; i++) {
		struct vm *masterclass = vm_item(list);
		vm_text(masterclass, "code", p->masterclasses[i].code);
		vm_text(masterclass, "title", p->masterclasses[i].title);
		vm_text(masterclass, "summary", or_null(p->masterclasses[i].summary));
		put_lines(masterclass, "outcomes", p->masterclasses[i].outcomes);
	}
}
