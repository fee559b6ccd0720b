/* The published programme as a calendar and in print. */
#include "base/text.h"
#include "pages/handlers.h"
#include "pages/programme.h"
#include "pdf/worker.h"
#include "view/ics.h"

enum {
	CALENDAR_MAX_BYTES = 4 << 20,
	/* What the model of print takes (pdf/documents/programme.schema.json). */
	PRINT_TITLE = 280,
	PRINT_ABOUT = 2800,
	PRINT_NAME = 150,
	PRINT_AFFILIATION = 180,
	PRINT_ROOM = 75,
	PRINT_PEOPLE = 60,
};

/* ---- calendars ---- */

/* "example.org" of "https://example.org:8080". */
static const char *host_of(struct request *rq)
{
	struct str rest = str_from(app_url(rq->app, rq->arena));
	struct str host;

	str_cut(&rest, '/');
	str_cut(&rest, '/');
	host = str_cut(&rest, '/');
	return str_dup(rq->arena, str_cut(&host, ':'));
}

static const char *description_of(struct request *rq, const struct programme_session *s)
{
	struct buf b = buf_in(rq->arena, 64 << 10);

	if (!text_equal(s->kind, "debate"))
		buf_text(&b, s->summary);
	for (size_t i = 0; i < s->n_people; i++)
		buf_printf(&b, "%s%s: %s", b.n ? "\n" : "",
			i18n_word(rq->app->i18n, rq->lang, "session_role", s->people[i].role),
			s->people[i].name);
	for (size_t i = 0; i < s->n_items; i++)
		buf_printf(&b, "%s%s", b.n ? "\n" : "", s->items[i].title);
	return buf_cstr(&b);
}

static const char *location_of(struct request *rq, const struct programme_session *s)
{
	const char *parts[] = {s->room_name, rq->event->row.venue, rq->event->row.city};
	struct buf b = buf_in(rq->arena, 2000);

	for (size_t i = 0; i < 3; i++)
		if (!text_is_empty(parts[i]))
			buf_printf(&b, "%s%s", b.n ? ", " : "", parts[i]);
	return buf_cstr(&b);
}

enum rc reply_calendar(struct request *rq, const struct programme *p,
	const struct programme_session *only, const char *file_name)
{
	struct buf b = buf_in(rq->arena, CALENDAR_MAX_BYTES);
	const char *host = host_of(rq);

	ics_begin(&b, rq->event->row.title);
	for (size_t i = 0; i < p->n_sessions; i++) {
		const struct programme_session *s = &p->sessions[i];
		if (only && s != only)
			continue;
		ics_add(&b, &(struct ics_event){
				    .uid = arena_printf(rq->arena, "%s@%s", s->code, host),
				    .sequence = p->version,
				    .stamp_at = p->published_at,
				    .starts_at = s->starts_at,
				    .ends_at = s->ends_at,
				    .summary = programme_session_name(s),
				    .description = description_of(rq, s),
				    .location = location_of(rq, s),
				    .url = page_url(rq, arena_printf(rq->arena, "%s/sessions/%s",
								page_event_path(rq), s->code)),
			    });
	}
	ics_end(&b);
	if (b.failed)
		return err_internal(&rq->err, "the calendar is too long");
	reply_bytes(rq, "text/calendar; charset=utf-8", buf_view(&b),
		arena_printf(rq->arena, "%s.ics", file_name), true);
	return OK;
}

/* ---- print ---- */

/* One line of at most so many characters, as the model wants it. */
static void print_text(
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
static void print_close(struct buf *b, const char *bracket)
{
	if (!b->failed && b->n && b->p[b->n - 1] == ',')
		b->p[--b->n] = '\0';
	buf_text(b, bracket);
}

static void print_clock(struct request *rq, struct buf *b, const char *key, int64_t at_ms)
{
	struct civil c = zone_civil(rq->event->zone, at_ms);

	buf_printf(b, "\"%s\":\"%02d:%02d\",", key, c.hour, c.minute);
}

static void print_lang(struct buf *b, const char *lang)
{
	if (!text_is_empty(lang))
		buf_printf(b, "\"lang\":\"%s\",", lang);
}

/* Parts that are no mere speaking are told beside the name. */
static const char *print_beside(struct request *rq, const struct programme_person *p)
{
	if (text_equal(p->role, "for") || text_equal(p->role, "against"))
		return i18n_word(rq->app->i18n, rq->lang, "session_role", p->role);
	return p->affiliation;
}

static void print_people(struct request *rq, struct buf *b, const struct programme_session *s,
	const char *key, bool is_chairs)
{
	int n = 0;

	buf_printf(b, "\"%s\":[", key);
	for (size_t i = 0; i < s->n_people && n < PRINT_PEOPLE; i++) {
		const struct programme_person *p = &s->people[i];
		if (text_equal(p->role, "chair") != is_chairs)
			continue;
		buf_char(b, '{');
		print_text(rq, b, "name", p->name, PRINT_NAME);
		print_lang(b, p->name_lang);
		print_text(rq, b, "affiliation", print_beside(rq, p), PRINT_AFFILIATION);
		print_close(b, "},");
		n++;
	}
	print_close(b, "],");
}

static void print_item(struct request *rq, struct buf *b, const struct programme_item *item)
{
	buf_char(b, '{');
	print_text(rq, b, "title", item->title, PRINT_TITLE);
	if (item->starts_at)
		print_clock(rq, b, "start", item->starts_at);
	buf_text(b, "\"authors\":[");
	for (size_t i = 0; i < item->n_authors && i < PRINT_PEOPLE; i++) {
		buf_char(b, '{');
		print_text(rq, b, "name", item->authors[i].name, PRINT_NAME);
		print_lang(b, item->authors[i].name_lang);
		if (item->authors[i].is_presenting)
			buf_text(b, "\"presenting\":true,");
		print_close(b, "},");
	}
	print_close(b, "]");
	buf_text(b, "},");
}

static void print_session(struct request *rq, struct buf *b, const struct programme_session *s)
{
	buf_char(b, '{');
	print_text(rq, b, "title", programme_session_name(s), PRINT_TITLE);
	print_text(rq, b, "kind", s->kind, 20);
	print_clock(rq, b, "start", s->starts_at);
	print_clock(rq, b, "end", s->ends_at);
	print_text(rq, b, "room", s->room_name, PRINT_ROOM);
	if (!text_equal(s->kind, "debate"))
		print_text(rq, b, "about", s->summary, PRINT_ABOUT);
	if (s->theme && s->theme->hue >= 1 && s->theme->hue <= 6 && s->theme->letter[0] &&
		!s->theme->letter[1]) {
		buf_text(b, "\"theme\":{");
		print_text(rq, b, "letter", s->theme->letter, 1);
		print_text(rq, b, "name", s->theme->name, PRINT_ROOM);
		buf_printf(b, "\"hue\":%d},", (int)s->theme->hue);
	}
	print_people(rq, b, s, "chairs", true);
	print_people(rq, b, s, "speakers", false);
	buf_text(b, "\"presentations\":[");
	for (size_t i = 0; i < s->n_items && i < 200; i++)
		print_item(rq, b, &s->items[i]);
	print_close(b, "]");
	buf_text(b, "},");
}

static void print_days(struct request *rq, struct buf *b, const struct programme *p)
{
	const char *last_on = "";

	buf_text(b, "\"days\":[");
	for (size_t i = 0; i < p->n_sessions; i++) {
		struct civil c = zone_civil(rq->event->zone, p->sessions[i].starts_at);
		const char *on = civil_date(rq->arena, &c);
		if (!text_equal(on, last_on)) {
			if (i)
				print_close(b, "]},");
			buf_printf(b, "{\"on\":\"%s\",\"sessions\":[", on);
			last_on = on;
		}
		print_session(rq, b, &p->sessions[i]);
	}
	print_close(b, "]}");
	buf_char(b, ']');
}

static void print_words(struct request *rq, struct buf *b)
{
	buf_text(b, "\"words\":{");
	for (size_t i = 0; session_kinds[i]; i++)
		print_text(rq, b, session_kinds[i],
			i18n_word(rq->app->i18n, rq->lang, "session", session_kinds[i]), 40);
	print_close(b, "},");
}

static const char *print_model(struct request *rq, const struct programme *p)
{
	const struct q_event_by_slug *row = &rq->event->row;
	struct buf b = buf_in(rq->arena, WORKER_MAX_REQUEST);

	buf_printf(&b, "{\"lang\":\"%s\",\"event\":{", rq->lang ? rq->lang : "en");
	print_text(rq, &b, "title", row->title, PRINT_NAME);
	print_text(rq, &b, "network", row->host, PRINT_NAME);
	print_text(rq, &b, "starts_on", row->starts_on, 10);
	print_text(rq, &b, "ends_on", row->ends_on, 10);
	print_text(rq, &b, "place",
		arena_printf(rq->arena, "%s%s%s", row->venue, *row->venue && *row->city ? ", " : "",
			row->city),
		110);
	print_close(&b, "},");
	print_text(rq, &b, "note",
		arena_printf(
			rq->arena, "Version %lld. Times in %s", (long long)p->version, row->zone),
		190);
	print_words(rq, &b);
	print_days(rq, &b, p);
	buf_char(&b, '}');
	return b.failed ? NULL : buf_cstr(&b);
}

enum rc reply_programme_pdf(struct request *rq, const struct programme *p)
{
	struct buf pdf = buf_in(rq->arena, PRINT_MAX_BYTES);
	struct print_warnings warnings = print_warnings_in(rq->arena);
	const char *text = print_model(rq, p);
	cJSON *model;

	if (!text)
		return err_internal(&rq->err, "the programme is too long for print");
	if (json_parse(rq->arena, str_from(text), &model, &rq->err) != OK)
		return rq->err.rc;
	/* A document takes longer than a page: others may have the connection meanwhile. */
	page_release(rq);
	TRY(print_pool_run(
		rq->app->print, rq->arena, "programme", model, NULL, &pdf, &warnings, &rq->err));
	reply_bytes(rq, "application/pdf", buf_view(&pdf),
		arena_printf(rq->arena, "%s-programme.pdf", rq->event->row.slug), false);
	return OK;
}
