/* The wizard: five questions make an event. */
#include "base/text.h"
#include "domain/event.h"
#include "pages/handlers.h"

static const char *const kinds[] = {"symposium", "summit", "course", "workshop"};

/* GET /events/new */
enum rc get_event_new(struct request *rq, struct vm *vm)
{
	struct form_view *form = form_view_new(rq, vm, post_event_new, "/events/new");
	size_t n;
	const char *const *zones = zone_names(&n);

	form_view_text(form, "kind", "symposium");
	form_view_text(form, "zone", rq->reader_zone ? zone_name(rq->reader_zone) : "Europe/London");
	form_view_text(form, "themes", "Teaching\nResearch\nPolicy\nIntegrated");
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		form_view_option(form, "kind", kinds[i],
			i18n_word(rq->app->i18n, rq->lang, "event", kinds[i]),
			i18n_word(rq->app->i18n, rq->lang, "event_hint", kinds[i]));
	for (size_t i = 0; i < n; i++)
		if (!text_equal(zones[i], "AoE"))
			form_view_option(form, "zone", zones[i], zones[i], NULL);
	return OK;
}

/* One theme a line. */
static const char *const *theme_lines(struct request *rq, size_t *n)
{
	struct str rest = str_from(form_text(&rq->form, "themes"));
	const char **themes = ARENA_ARRAY(rq->arena, 64, const char *);

	*n = 0;
	while (rest.p && *n < 64) {
		struct str line = str_trim(str_cut(&rest, '\n'));
		if (line.n)
			themes[(*n)++] = str_dup(rq->arena, line);
	}
	return themes;
}

/* POST /events/new */
enum rc post_event_new(struct request *rq, struct vm *vm)
{
	const struct form *f = &rq->form;
	struct event_new n = {
		.actor = rq->actor,
		.kind = form_text(f, "kind"),
		.title = form_text(f, "title"),
		.starts_on = form_text(f, "starts_on"),
		.ends_on = form_text(f, "ends_on"),
		.zone = form_text(f, "zone"),
		.venue = form_text(f, "venue"),
		.city = form_text(f, "city"),
		.country = form_text(f, "country"),
	};

	(void)vm;
	n.themes = theme_lines(rq, &n.n_themes);
	TRY(event_plan(rq->db, rq->arena, &n, &rq->err));
	reply_created(rq, "/%s/settings", n.slug);
	reply_flash(rq, "Your event is made. Look through its settings, then publish it");
	return page_write_in(rq, n.event_id, event_create, &n);
}
