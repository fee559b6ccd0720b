/*
 * A published programme as JSON and back. Instants are milliseconds: a snapshot is read by this
 * program alone, and shown in whatever zone the event has.
 */
#include "base/json.h"
#include "domain/programme.h"

/* Large enough for a thousand sessions; json_parse() takes no more either. */
enum { SNAPSHOT_MAX_BYTES = JSON_MAX_BYTES };

static void add_text(struct buf *b, const char *key, const char *value)
{
	buf_printf(b, "\"%s\":", key);
	json_add_string(b, value ? value : "");
	buf_char(b, ',');
}

static void add_int(struct buf *b, const char *key, int64_t value)
{
	buf_printf(b, "\"%s\":%lld,", key, (long long)value);
}

static void add_bool(struct buf *b, const char *key, bool value)
{
	buf_printf(b, "\"%s\":%s,", key, value ? "true" : "false");
}

static void open_list(struct buf *b, const char *key)
{
	buf_printf(b, "\"%s\":[", key);
}

/* What was written last ended in a comma, if there was anything. */
static void shut(struct buf *b, const char *bracket)
{
	if (!b->failed && b->n && b->p[b->n - 1] == ',')
		b->p[--b->n] = '\0';
	buf_text(b, bracket);
}

static void add_theme(struct buf *b, const struct programme_theme *t)
{
	buf_char(b, '{');
	add_text(b, "code", t->code);
	add_text(b, "letter", t->letter);
	add_text(b, "name", t->name);
	add_int(b, "hue", t->hue);
	shut(b, "},");
}

static void add_person(struct buf *b, const struct programme_person *p)
{
	buf_char(b, '{');
	add_text(b, "code", p->code);
	add_text(b, "role", p->role);
	add_text(b, "name", p->name);
	add_text(b, "name_lang", p->name_lang);
	add_text(b, "said_name", p->said_name);
	add_text(b, "post", p->post);
	add_text(b, "affiliation", p->affiliation);
	shut(b, "},");
}

static void add_item(struct buf *b, const struct programme_item *item)
{
	buf_char(b, '{');
	add_text(b, "code", item->code);
	add_text(b, "title", item->title);
	add_text(b, "submission", item->submission_code);
	add_text(b, "format", item->format);
	add_int(b, "minutes", item->minutes);
	add_int(b, "starts_at", item->starts_at);
	open_list(b, "themes");
	for (size_t i = 0; i < item->n_themes; i++)
		add_theme(b, &item->themes[i]);
	shut(b, "],");
	open_list(b, "authors");
	for (size_t i = 0; i < item->n_authors; i++) {
		buf_char(b, '{');
		add_text(b, "name", item->authors[i].name);
		add_text(b, "name_lang", item->authors[i].name_lang);
		add_text(b, "affiliations", item->authors[i].affiliations);
		add_bool(b, "is_presenting", item->authors[i].is_presenting);
		shut(b, "},");
	}
	shut(b, "]");
	buf_text(b, "},");
}

static void add_session(struct buf *b, const struct programme_session *s)
{
	buf_char(b, '{');
	add_text(b, "code", s->code);
	add_text(b, "kind", s->kind);
	add_text(b, "title", s->title);
	add_text(b, "summary", s->summary);
	add_text(b, "room", s->room_code);
	add_text(b, "masterclass", s->masterclass_code);
	add_int(b, "starts_at", s->starts_at);
	add_int(b, "ends_at", s->ends_at);
	add_int(b, "capacity", s->capacity);
	open_list(b, "theme");
	if (s->theme)
		add_theme(b, s->theme);
	shut(b, "],");
	open_list(b, "people");
	for (size_t i = 0; i < s->n_people; i++)
		add_person(b, &s->people[i]);
	shut(b, "],");
	open_list(b, "presentations");
	for (size_t i = 0; i < s->n_items; i++)
		if (s->items[i].is_fit)
			add_item(b, &s->items[i]);
	shut(b, "]");
	buf_text(b, "},");
}

const char *programme_to_json(struct arena *a, const struct programme *p)
{
	struct buf b = buf_in(a, SNAPSHOT_MAX_BYTES);

	buf_char(&b, '{');
	open_list(&b, "rooms");
	for (size_t i = 0; i < p->n_rooms; i++) {
		buf_char(&b, '{');
		add_text(&b, "code", p->rooms[i].code);
		add_text(&b, "name", p->rooms[i].name);
		add_text(&b, "notes", p->rooms[i].notes);
		add_int(&b, "capacity", p->rooms[i].capacity);
		shut(&b, "},");
	}
	shut(&b, "],");
	open_list(&b, "masterclasses");
	for (size_t i = 0; i < p->n_masterclasses; i++) {
		buf_char(&b, '{');
		add_text(&b, "code", p->masterclasses[i].code);
		add_text(&b, "title", p->masterclasses[i].title);
		add_text(&b, "summary", p->masterclasses[i].summary);
		add_text(&b, "outcomes", p->masterclasses[i].outcomes);
		shut(&b, "},");
	}
	shut(&b, "],");
	open_list(&b, "sessions");
	for (size_t i = 0; i < p->n_sessions; i++)
		if (p->sessions[i].starts_at)
			add_session(&b, &p->sessions[i]);
	shut(&b, "]");
	buf_char(&b, '}');
	return b.failed ? NULL : buf_cstr(&b);
}

/* ---- and back ---- */

static const char *text_of(const cJSON *object, const char *key)
{
	const char *text = json_text(object, key);

	return text ? text : "";
}

static size_t count(const cJSON *list)
{
	size_t n = 0;

	for (const cJSON *x = list ? list->child : NULL; x; x = x->next)
		n++;
	return n;
}

static struct programme_theme *read_themes(struct arena *a, const cJSON *list, size_t *n)
{
	struct programme_theme *themes = ARENA_ARRAY(a, count(list), struct programme_theme);

	*n = 0;
	for (const cJSON *x = list ? list->child : NULL; x; x = x->next)
		themes[(*n)++] = (struct programme_theme){
			.code = text_of(x, "code"),
			.letter = text_of(x, "letter"),
			.name = text_of(x, "name"),
			.hue = json_int(x, "hue", 1),
		};
	return themes;
}

static void read_item(struct arena *a, const cJSON *x, struct programme_item *item)
{
	const cJSON *authors = json_get(x, "authors");

	*item = (struct programme_item){
		.code = text_of(x, "code"),
		.title = text_of(x, "title"),
		.number = "",
		.submission_code = text_of(x, "submission"),
		.format = text_of(x, "format"),
		.minutes = json_int(x, "minutes", 0),
		.starts_at = json_int(x, "starts_at", 0),
		.is_fit = true,
	};
	item->themes = read_themes(a, json_get(x, "themes"), &item->n_themes);
	item->authors = ARENA_ARRAY(a, count(authors), struct programme_author);
	for (const cJSON *y = authors ? authors->child : NULL; y; y = y->next)
		item->authors[item->n_authors++] = (struct programme_author){
			.name = text_of(y, "name"),
			.name_lang = text_of(y, "name_lang"),
			.affiliations = text_of(y, "affiliations"),
			.is_presenting = json_bool(y, "is_presenting"),
		};
}

static void read_people(struct arena *a, const cJSON *list, struct programme_session *s)
{
	s->people = ARENA_ARRAY(a, count(list), struct programme_person);
	for (const cJSON *x = list ? list->child : NULL; x; x = x->next)
		s->people[s->n_people++] = (struct programme_person){
			.code = text_of(x, "code"),
			.role = text_of(x, "role"),
			.name = text_of(x, "name"),
			.name_lang = text_of(x, "name_lang"),
			.said_name = text_of(x, "said_name"),
			.post = text_of(x, "post"),
			.affiliation = text_of(x, "affiliation"),
		};
}

static void read_session(
	struct arena *a, const struct programme *p, const cJSON *x, struct programme_session *s)
{
	const cJSON *items = json_get(x, "presentations");
	const struct programme_room *room = programme_room_of(p, text_of(x, "room"));
	size_t n_themes;
	struct programme_theme *theme = read_themes(a, json_get(x, "theme"), &n_themes);

	*s = (struct programme_session){
		.code = text_of(x, "code"),
		.kind = text_of(x, "kind"),
		.title = text_of(x, "title"),
		.summary = text_of(x, "summary"),
		.room_code = room ? room->code : "",
		.room_name = room ? room->name : "",
		.masterclass_code = text_of(x, "masterclass"),
		.starts_at = json_int(x, "starts_at", 0),
		.ends_at = json_int(x, "ends_at", 0),
		.capacity = json_int(x, "capacity", 0),
		.theme = n_themes ? theme : NULL,
	};
	read_people(a, json_get(x, "people"), s);
	s->items = ARENA_ARRAY(a, count(items), struct programme_item);
	for (const cJSON *y = items ? items->child : NULL; y; y = y->next)
		read_item(a, y, &s->items[s->n_items++]);
}

static void read_rooms(struct arena *a, const cJSON *list, struct programme *p)
{
	p->rooms = ARENA_ARRAY(a, count(list), struct programme_room);
	for (const cJSON *x = list ? list->child : NULL; x; x = x->next)
		p->rooms[p->n_rooms++] = (struct programme_room){
			.code = text_of(x, "code"),
			.name = text_of(x, "name"),
			.notes = text_of(x, "notes"),
			.capacity = json_int(x, "capacity", 0),
		};
}

static void read_masterclasses(struct arena *a, const cJSON *list, struct programme *p)
{
	p->masterclasses = ARENA_ARRAY(a, count(list), struct programme_masterclass);
	for (const cJSON *x = list ? list->child : NULL; x; x = x->next)
		p->masterclasses[p->n_masterclasses++] = (struct programme_masterclass){
			.code = text_of(x, "code"),
			.title = text_of(x, "title"),
			.summary = text_of(x, "summary"),
			.outcomes = text_of(x, "outcomes"),
		};
}

void programme_number_boards(struct arena *a, struct programme *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n_sessions; i++)
		for (size_t k = 0; k < p->sessions[i].n_items; k++)
			if (text_equal(p->sessions[i].kind, "poster") &&
				p->sessions[i].items[k].n_authors)
				p->sessions[i].items[k].number = arena_printf(a, "P%zu", ++n);
}

enum rc programme_of_json(struct arena *a, const char *json, struct programme *out, struct err *err)
{
	cJSON *root;
	const cJSON *sessions;

	*out = (struct programme){.note = ""};
	TRY(json_parse(a, str_from(json), &root, err));
	read_rooms(a, json_get(root, "rooms"), out);
	read_masterclasses(a, json_get(root, "masterclasses"), out);
	sessions = json_get(root, "sessions");
	out->sessions = ARENA_ARRAY(a, count(sessions), struct programme_session);
	for (const cJSON *x = sessions ? sessions->child : NULL; x; x = x->next)
		read_session(a, out, x, &out->sessions[out->n_sessions++]);
	programme_number_boards(a, out);
	return OK;
}
