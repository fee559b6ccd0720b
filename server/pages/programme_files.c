/* The published programme as a calendar. */
#include "base/text.h"
#include "pages/handlers.h"
#include "pages/programme.h"
#include "view/ics.h"

enum { CALENDAR_MAX_BYTES = 4 << 20 };

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
	for (size_t i = 0; i < s->n_items; i++) {
		const char *number = s->items[i].number;
		buf_printf(&b, "%s%s%s%s", b.n ? "\n" : "", number, *number ? " " : "",
			s->items[i].title);
	}
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
