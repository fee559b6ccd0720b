/* The frame of every page: where one can go from here, and who is signed in. */
#include "http/csrf.h"
#include "pages/hooks.h"

struct nav_item {
	const char *label;
	const char *path;    /* below the event */
	unsigned roles;      /* any of these; 0: everybody */
	unsigned hidden_for; /* roles whose menu has more important things */
};

#define WORKING (ROLE_ORGANISER | ROLE_CHAIR)

/* In order of appearance; a reader sees about seven. */
static const struct nav_item items[] = {
	{"Programme", "/programme", 0, WORKING},
	{"Call for abstracts", "/call", 0, WORKING | ROLE_DESK},
	{"Masterclasses", "/masterclasses", 0, WORKING | ROLE_DESK},
	{"Register", "/registration", 0, WORKING | ROLE_DESK | ROLE_ATTENDEE},
	{"My registration", "/registration", ROLE_ATTENDEE, WORKING | ROLE_DESK},
	{"Submissions", "/submissions", WORKING | ROLE_AUTHOR, 0},
	{"Reviews", "/reviews", ROLE_REVIEWER, 0},
	{"Assignments", "/assignments", ROLE_CHAIR, 0},
	{"Decisions", "/decisions", ROLE_CHAIR, 0},
	{"Programme", "/programme/edit", WORKING, 0},
	{"Registrations", "/registrations", ROLE_ORGANISER | ROLE_TREASURER, 0},
	{"Needs", "/needs", ROLE_CATERING, ROLE_ORGANISER},
	{"Door", "/checkin", ROLE_ORGANISER | ROLE_DESK, 0},
	{"Print", "/print", WORKING | ROLE_DESK | ROLE_TREASURER, 0},
	{"Mail", "/outbox", ROLE_ORGANISER, 0},
	{"Settings", "/settings", ROLE_ORGANISER, 0},
};

static bool is_below(const char *path, const char *prefix)
{
	struct str p = str_from(path), x = str_from(prefix);

	return str_starts_with(p, x) && (p.n == x.n || p.p[x.n] == '/');
}

static bool is_shown(const struct nav_item *item, const struct actor *actor)
{
	if (actor->device_id)
		return text_equal(item->path, "/checkin");
	if (item->hidden_for & actor->roles)
		return false;
	return !item->roles || (item->roles & actor->roles);
}

/* Only what exists: a menu never leads to "not found". */
static bool has_route(const char *path)
{
	const struct route_table *t = page_routes();

	for (size_t i = 0; i < t->n_routes; i++) {
		struct str pattern = str_from(t->routes[i].pattern);
		if (t->routes[i].method == METHOD_GET && str_ends_with(pattern, str_from(path)) &&
			pattern.n == sizeof("/:event") - 1 + str_from(path).n)
			return true;
	}
	return false;
}

/* The longest path that leads here is the current one. */
static const struct nav_item *current_item(struct request *rq)
{
	const struct nav_item *best = NULL;
	const char *base = page_event_path(rq);

	for (size_t i = 0; i < sizeof(items) / sizeof(items[0]); i++) {
		const struct nav_item *item = &items[i];
		const char *path = arena_printf(rq->arena, "%s%s", base, item->path);
		if (is_shown(item, rq->actor) && is_below(rq->path, path) &&
			(!best || str_from(item->path).n > str_from(best->path).n))
			best = item;
	}
	return best;
}

static void frame_nav(struct request *rq, struct vm *page)
{
	struct vm_list *nav = vm_page_list(page, "nav");
	const struct nav_item *current = current_item(rq);
	const char *base = page_event_path(rq);

	for (size_t i = 0; i < sizeof(items) / sizeof(items[0]); i++) {
		if (!is_shown(&items[i], rq->actor) || !has_route(items[i].path))
			continue;
		struct vm *item = vm_item(nav);
		vm_page_text(item, "label", i18n_text(rq->app->i18n, rq->lang, items[i].label, 1));
		vm_page_printf(item, "href", "%s%s", base, items[i].path);
		vm_page_bool(item, "is_current", current == &items[i]);
	}
}

static void frame_event(struct request *rq, struct vm *page)
{
	const struct q_event_by_slug *row = &rq->event->row;
	struct vm *event = vm_page_object(page, "event");

	vm_page_text(event, "title", row->title);
	vm_page_text(event, "slug", row->slug);
	vm_page_text(event, "where", row->city);
	vm_dates(event, "dates", row->starts_on, row->ends_on);
	if (rq->actor)
		frame_nav(rq, page);
}

/* "organiser": the role that explains most of what one sees. */
static const char *role_shown(struct request *rq)
{
	static const enum role order[] = {ROLE_ORGANISER, ROLE_CHAIR, ROLE_DESK, ROLE_REVIEWER,
		ROLE_TREASURER, ROLE_FACILITATOR, ROLE_CATERING};

	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		if (rq->actor->roles & order[i])
			return i18n_word(rq->app->i18n, rq->lang, "role", role_word(order[i]));
	return NULL;
}

static void frame_reader(struct request *rq, struct vm *page)
{
	if (rq->actor && rq->actor->account_id) {
		struct vm *me = vm_page_object(page, "me");
		vm_page_text(me, "name", rq->actor->name);
		vm_page_text(me, "role_text", role_shown(rq));
		vm_page_text(me, "href", "/account");
		return;
	}
	if (rq->actor && rq->actor->device_id) {
		struct vm *me = vm_page_object(page, "me");
		vm_page_text(me, "name", rq->actor->name);
		vm_page_printf(me, "href", "%s/checkin", page_event_path(rq));
		return;
	}
	struct buf href = buf_in(rq->arena, 2000);
	buf_text(&href, "/signin?next=");
	buf_url(&href, str_from(rq->path));
	vm_page_text(page, "signin_href", buf_cstr(&href));
}

/* Why a button did nothing, where no form of the page says so. */
static void frame_refusal(struct request *rq, struct vm *page)
{
	const struct err *refused = form_view_unshown(rq);

	if (refused)
		vm_page_text(page, "refused_text",
			refused->fields ? refused->fields->message : refused->message);
}

void page_frame(void *context, struct request *rq, struct vm *vm)
{
	struct app *app = context;
	struct vm *page = vm_page_object(vm, "page");
	const char *lang = rq->lang ? rq->lang : "en";

	rq->lang = lang;
	vm_page_text(page, "lang", lang);
	vm_page_text(page, "dir", "ltr");
	vm_page_text(page, "path", rq->path);
	/* A stranger's page without a form stays the same for all, and so can be cached. */
	if (rq->actor && (rq->actor->account_id || rq->actor->n_claims || rq->actor->device_id))
		vm_page_text(page, "csrf_token", csrf_token(rq));
	vm_page_text(vm, "flash", request_flash(rq));
	vm_page_text(page, "stylesheet", asset_url(app->assets, rq->arena, "symposiarch.css"));
	vm_page_text(page, "icon", asset_url(app->assets, rq->arena, "mark.svg"));
	vm_page_text(page, "title_prefix",
		form_view_refused(rq) ? i18n_text(app->i18n, lang, "Error: ", 1) : "");
	vm_page_bool(page, "is_chair", rq->actor && (rq->actor->roles & WORKING));
	vm_page_bool(page, "demo", app->config->demo);
	frame_refusal(rq, page);
	if (rq->event) {
		frame_event(rq, page);
		if (app->config->demo && rq->actor && (rq->actor->roles & ROLE_ORGANISER))
			vm_page_printf(page, "mail_href", "/%s/outbox", rq->event->row.slug);
	}
	frame_reader(rq, page);
}
