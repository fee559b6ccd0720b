/* The published programme in print: at once for every reader, and by the print office. */
#include "base/text.h"
#include "pages/handlers.h"
#include "pages/print.h"
#include "pages/programme.h"
#include "pdf/worker.h"

enum {
	/* What the model of print takes (pdf/documents/programme.schema.json). */
	PRINT_TITLE = 280,
	PRINT_ABOUT = 2800,
	PRINT_NAME = 150,
	PRINT_AFFILIATION = 180,
	PRINT_ROOM = 75,
	PRINT_PEOPLE = 60,
};

/* One line of at most so many characters, as the model wants it. */
static void add_text(
	struct request *rq, struct buf *b, const char *key, const char *value, int most)
{
	const char *line = text_clean(rq->arena, str_from(value), TEXT_LINE);

	if (text_is_empty(line))
		return;
	buf_printf(b, "\"%s\":", key);
	json_add_string(b, text_excerpt(rq->arena, line, most));
	buf_char(b, ',');
}

/* Members are written with a comma after each; the last one goes. */
static void add_close(struct buf *b, const char *bracket)
{
	if (!b->failed && b->n && b->p[b->n - 1] == ',')
		b->p[--b->n] = '\0';
	buf_text(b, bracket);
}

static void add_clock(struct request *rq, struct buf *b, const char *key, int64_t at_ms)
{
	struct civil c = zone_civil(rq->event->zone, at_ms);

	buf_printf(b, "\"%s\":\"%02d:%02d\",", key, c.hour, c.minute);
}

static void add_lang(struct buf *b, const char *lang)
{
	if (!text_is_empty(lang))
		buf_printf(b, "\"lang\":\"%s\",", lang);
}

/* Parts that are no mere speaking are told beside the name. */
static const char *beside(struct request *rq, const struct programme_person *p)
{
	if (text_equal(p->role, "for") || text_equal(p->role, "against"))
		return i18n_word(rq->app->i18n, rq->lang, "session_role", p->role);
	return p->affiliation;
}

static void add_people(struct request *rq, struct buf *b, const struct programme_session *s,
	const char *key, bool is_chairs)
{
	int n = 0;

	buf_printf(b, "\"%s\":[", key);
	for (size_t i = 0; i < s->n_people && n < PRINT_PEOPLE; i++) {
		const struct programme_person *p = &s->people[i];
		if (text_equal(p->role, "chair") != is_chairs)
			continue;
		buf_char(b, '{');
		add_text(rq, b, "name", p->name, PRINT_NAME);
		add_lang(b, p->name_lang);
		add_text(rq, b, "affiliation", beside(rq, p), PRINT_AFFILIATION);
		add_close(b, "},");
		n++;
	}
	add_close(b, "],");
}

static void add_item(struct request *rq, struct buf *b, const struct programme_item *item)
{
	buf_char(b, '{');
	add_text(rq, b, "title", item->title, PRINT_TITLE);
	if (item->starts_at)
		add_clock(rq, b, "start", item->starts_at);
	buf_text(b, "\"authors\":[");
	for (size_t i = 0; i < item->n_authors && i < PRINT_PEOPLE; i++) {
		buf_char(b, '{');
		add_text(rq, b, "name", item->authors[i].name, PRINT_NAME);
		add_lang(b, item->authors[i].name_lang);
		if (item->authors[i].is_presenting)
			buf_text(b, "\"presenting\":true,");
		add_close(b, "},");
	}
	add_close(b, "]");
	buf_text(b, "},");
}

static void add_session(struct request *rq, struct buf *b, const struct programme_session *s)
{
	buf_char(b, '{');
	add_text(rq, b, "title", programme_session_name(s), PRINT_TITLE);
	add_text(rq, b, "kind", s->kind, 20);
	add_clock(rq, b, "start", s->starts_at);
	add_clock(rq, b, "end", s->ends_at);
	add_text(rq, b, "room", s->room_name, PRINT_ROOM);
	if (!text_equal(s->kind, "debate"))
		add_text(rq, b, "about", s->summary, PRINT_ABOUT);
	if (s->theme && s->theme->hue >= 1 && s->theme->hue <= 6 && s->theme->letter[0] &&
		!s->theme->letter[1]) {
		buf_text(b, "\"theme\":{");
		add_text(rq, b, "letter", s->theme->letter, 1);
		add_text(rq, b, "name", s->theme->name, PRINT_ROOM);
		buf_printf(b, "\"hue\":%d},", (int)s->theme->hue);
	}
	add_people(rq, b, s, "chairs", true);
	add_people(rq, b, s, "speakers", false);
	buf_text(b, "\"presentations\":[");
	for (size_t i = 0; i < s->n_items && i < 200; i++)
		add_item(rq, b, &s->items[i]);
	add_close(b, "]");
	buf_text(b, "},");
}

static void add_days(struct request *rq, struct buf *b, const struct programme *p)
{
	const char *last_on = "";

	buf_text(b, "\"days\":[");
	for (size_t i = 0; i < p->n_sessions; i++) {
		struct civil c = zone_civil(rq->event->zone, p->sessions[i].starts_at);
		const char *on = civil_date(rq->arena, &c);
		if (!text_equal(on, last_on)) {
			if (i)
				add_close(b, "]},");
			buf_printf(b, "{\"on\":\"%s\",\"sessions\":[", on);
			last_on = on;
		}
		add_session(rq, b, &p->sessions[i]);
	}
	add_close(b, "]}");
	buf_char(b, ']');
}

static void add_words(struct request *rq, struct buf *b)
{
	buf_text(b, "\"words\":{");
	for (size_t i = 0; session_kinds[i]; i++)
		add_text(rq, b, session_kinds[i],
			i18n_word(rq->app->i18n, rq->lang, "session", session_kinds[i]), 40);
	add_close(b, "},");
}

static const char *model_json(struct request *rq, const struct programme *p)
{
	const struct q_event_by_slug *row = &rq->event->row;
	struct buf b = buf_in(rq->arena, WORKER_MAX_REQUEST);

	buf_printf(&b, "{\"lang\":\"%s\",\"event\":{", rq->lang ? rq->lang : "en");
	add_text(rq, &b, "title", row->title, PRINT_NAME);
	add_text(rq, &b, "network", row->host, PRINT_NAME);
	add_text(rq, &b, "starts_on", row->starts_on, 10);
	add_text(rq, &b, "ends_on", row->ends_on, 10);
	add_text(rq, &b, "place",
		arena_printf(rq->arena, "%s%s%s", row->venue, *row->venue && *row->city ? ", " : "",
			row->city),
		110);
	add_close(&b, "},");
	add_text(rq, &b, "note",
		arena_printf(
			rq->arena, "Version %lld. Times in %s", (long long)p->version, row->zone),
		190);
	add_words(rq, &b);
	add_days(rq, &b, p);
	buf_char(&b, '}');
	return b.failed ? NULL : buf_cstr(&b);
}

static enum rc model_of(struct request *rq, const struct programme *p, cJSON **out)
{
	const char *text = model_json(rq, p);

	if (!text)
		return err_internal(&rq->err, "the programme is too long for print");
	return json_parse_up_to(rq->arena, str_from(text), PRINT_MAX_MODEL, out, &rq->err);
}

static const char *file_name(struct request *rq)
{
	return arena_printf(rq->arena, "%s-programme.pdf", rq->event->row.slug);
}

enum rc reply_programme_pdf(struct request *rq, const struct programme *p)
{
	struct buf pdf = buf_in(rq->arena, PRINT_MAX_BYTES);
	struct print_warnings warnings = print_warnings_in(rq->arena);
	cJSON *model;

	TRY(model_of(rq, p, &model));
	/* A document takes longer than a page: others may have the connection meanwhile. */
	page_release(rq);
	TRY(print_pool_run(
		rq->app->print, rq->arena, "programme", model, NULL, &pdf, &warnings, &rq->err));
	reply_bytes(rq, "application/pdf", buf_view(&pdf), file_name(rq), false);
	return OK;
}

/* POST /:event/print/programme */
enum rc post_print_programme(struct request *rq, struct vm *vm)
{
	struct programme p;
	cJSON *model;
	bool found;

	(void)vm;
	TRY(programme_load_published(rq->db, rq->arena, page_event_id(rq), &p, &found, &rq->err));
	if (!found)
		return err_set(&rq->err, CONFLICT,
			"The programme is not published yet: print shows what was published");
	TRY(model_of(rq, &p, &model));
	return print_ask(
		rq, &(struct print_wish){
			    .kind = "programme", .model = model, .file_name = file_name(rq)});
}
