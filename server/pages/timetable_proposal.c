/* A proposed timetable: day by day beside the present one, accepted in part or whole, undone. */
#include "pages/timetable_proposal.h"
#include "base/random.h"
#include "domain/programme_rearrange.h"
#include "pages/handlers.h"
#include "pages/programme_edit.h"
#include "planning/timetable_board.h"

enum { N_REMAINING_SHOWN = 10 };

/* ---- showing ---- */

struct showing {
	struct request *rq;
	struct programme now;
	const cJSON *result;
	struct form_view *form;
	bool is_open; /* it can be accepted */
};

static const char *text_of(const cJSON *object, const char *key)
{
	const char *text = json_text(object, key);

	return text ? text : "";
}

static const char *or_null(const char *text)
{
	return text_is_empty(text) ? NULL : text;
}

static const struct programme_session *session_at(
	const struct showing *g, const cJSON *x, const char *key)
{
	return programme_session_of(&g->now, text_of(x, key));
}

/* {code, title, starts_at, ends_at, room} or null; with clocks and the day for the page. */
static void put_place(
	struct showing *g, struct vm *parent, const char *key, const struct programme_session *s)
{
	struct vm *vm;

	if (!s) {
		vm_text(parent, key, NULL);
		return;
	}
	vm = vm_object(parent, key);
	vm_text(vm, "code", s->code);
	vm_text(vm, "title", s->title);
	vm_time(vm, "starts_at", s->starts_at);
	vm_time(vm, "ends_at", s->ends_at);
	vm_text(vm, "room", or_null(s->room_name));
	vm_page_bool(vm, "has_time", s->starts_at != 0);
	(void)g;
}

static bool is_typed(const struct showing *g, const char *field, const char *value)
{
	const struct form *typed = g->form ? form_view_typed(g->form) : NULL;
	const char *const *values;
	size_t n;

	if (!typed)
		return true;
	values = form_list(typed, field, &n);
	for (size_t i = 0; i < n; i++)
		if (text_equal(values[i], value))
			return true;
	return false;
}

static void put_work(struct showing *g, struct vm *vm, const cJSON *x)
{
	const char *code = text_of(x, "submission");

	vm_text(vm, "submission", code);
	vm_text(vm, "title", text_of(x, "title"));
	vm_text(vm, "presenter", or_null(text_of(x, "presenter")));
	vm_enum(vm, "format", "outcome", or_null(text_of(x, "format")));
	vm_text(vm, "theme", or_null(text_of(x, "theme")));
	vm_int(vm, "minutes", json_int(x, "minutes", 0));
	vm_page_bool(vm, "has_minutes", json_int(x, "minutes", 0) > 0);
	put_place(g, vm, "from", session_at(g, x, "from"));
	put_place(g, vm, "to", session_at(g, x, "to"));
	vm_text(vm, "why", text_of(x, "why"));
	vm_page_bool(vm, "is_open", g->is_open);
	vm_page_bool(vm, "is_ticked", is_typed(g, "work", code));
}

/* For programs, in one list. */
static void put_works_flat(struct showing *g, struct vm *vm)
{
	struct vm_list *list = vm_list(vm, "works");
	const cJSON *x;

	cJSON_ArrayForEach(x, json_get(g->result, "works")) put_work(g, vm_item(list), x);
}

static size_t n_staying(const struct showing *g, const struct programme_session *s)
{
	size_t n = s->n_items;
	const cJSON *x;

	cJSON_ArrayForEach(x, json_get(g->result, "works")) for (size_t i = 0; i < s->n_items; i++)
		n -= text_equal(text_of(x, "from"), s->code) &&
		     text_equal(s->items[i].submission_code, text_of(x, "submission"));
	return n;
}

static void put_staying(struct vm *vm, size_t n)
{
	if (n)
		vm_page_int(vm_page_object(vm, "staying"), "n", (int64_t)n);
	else
		vm_page_text(vm, "staying", NULL);
}

/* For pages: the works that go into one session below it. */
static bool put_session_works(
	struct showing *g, struct vm_list *sessions, const struct programme_session *s)
{
	struct vm_list *works = NULL;
	struct vm *vm;
	const cJSON *x;

	cJSON_ArrayForEach(x, json_get(g->result, "works"))
	{
		if (!text_equal(text_of(x, "to"), s->code))
			continue;
		if (!works) {
			vm = vm_item(sessions);
			put_edited(g->rq, vm, s);
			put_staying(vm, n_staying(g, s));
			works = vm_page_list(vm, "works");
		}
		put_work(g, vm_item(works), x);
	}
	return works != NULL;
}

static bool has_works(const struct showing *g, const struct programme_session *s)
{
	const cJSON *x;

	cJSON_ArrayForEach(x, json_get(g->result, "works")) if (text_equal(text_of(x, "to"),
									s->code)) return true;
	return false;
}

static void put_days(struct showing *g, struct vm *vm)
{
	struct vm_list *days = vm_page_list(vm, "days"), *sessions = NULL;
	const char *last = "";

	for (size_t i = 0; i < g->now.n_sessions; i++) {
		const struct programme_session *s = &g->now.sessions[i];
		struct civil c = zone_civil(g->rq->event->zone, s->starts_at);
		const char *on = s->starts_at ? civil_date(g->rq->arena, &c) : NULL;
		if (!has_works(g, s))
			continue;
		if (!sessions || !text_equal(on, last)) {
			struct vm *day = vm_item(days);
			vm_date(day, "on", on);
			sessions = vm_page_list(day, "sessions");
			last = on;
		}
		put_session_works(g, sessions, s);
	}
	vm_page_bool(vm, "has_days", sessions != NULL);
}

static void put_taken_out(struct showing *g, struct vm *vm)
{
	struct vm_list *list = vm_page_list(vm, "out");
	const cJSON *x;

	cJSON_ArrayForEach(x, json_get(g->result, "works")) if (!*text_of(x, "to"))
		put_work(g, vm_item(list), x);
	vm_page_bool(vm, "has_out", vm_count(list) > 0);
}

static const char *room_name(const struct showing *g, const char *code)
{
	const struct programme_room *room = programme_room_of(&g->now, code);

	return room ? room->name : code;
}

static void put_room_moves(struct showing *g, struct vm *vm)
{
	struct vm_list *list = vm_list(vm, "rooms");
	const cJSON *x;

	cJSON_ArrayForEach(x, json_get(g->result, "rooms"))
	{
		struct vm *one = vm_item(list);
		put_place(g, one, "session", session_at(g, x, "session"));
		vm_text(one, "code", text_of(x, "session"));
		vm_text(one, "title", text_of(x, "title"));
		vm_text(one, "from", text_of(x, "from"));
		vm_text(one, "to", text_of(x, "to"));
		vm_page_text(one, "from_name", room_name(g, text_of(x, "from")));
		vm_page_text(one, "to_name", room_name(g, text_of(x, "to")));
		vm_text(one, "why", text_of(x, "why"));
		vm_page_bool(one, "is_open", g->is_open);
		vm_page_bool(one, "is_ticked", is_typed(g, "room", text_of(x, "session")));
	}
	vm_page_bool(vm, "has_rooms", vm_count(list) > 0);
}

static void put_left(struct showing *g, struct vm *vm)
{
	struct vm_list *list = vm_list(vm, "left");
	const cJSON *x;

	cJSON_ArrayForEach(x, json_get(g->result, "left"))
	{
		struct vm *one = vm_item(list);
		vm_text(one, "submission", text_of(x, "submission"));
		vm_text(one, "title", text_of(x, "title"));
		vm_enum(one, "format", "outcome", or_null(text_of(x, "format")));
		put_place(g, one, "at", session_at(g, x, "at"));
		vm_text(one, "why", text_of(x, "why"));
	}
	vm_page_bool(vm, "has_left", vm_count(list) > 0);
	vm_page_int(vm_page_object(vm, "leaving"), "n", (int64_t)vm_count(list));
}

static void put_one_remaining(struct vm *vm, const cJSON *x)
{
	vm_enum(vm, "kind", "timetable_cost", text_of(x, "kind"));
	vm_int(vm, "cost", json_int(x, "cost", 0));
	vm_text(vm, "session", text_of(x, "session"));
	vm_text(vm, "why", text_of(x, "why"));
	vm_page_bool(vm, "is_clash", text_equal(text_of(x, "kind"), "clash"));
}

/* Programs get all in one list; a page shows the first ten and hides the others. */
static void put_remaining(struct showing *g, struct vm *vm)
{
	struct vm_list *list = vm_list(vm, "remaining"), *more = vm_page_list(vm, "more");
	const cJSON *x;
	int64_t n_clashes = 0;

	cJSON_ArrayForEach(x, json_get(g->result, "remaining"))
	{
		bool is_shown = g->rq->wants_json || vm_count(list) < N_REMAINING_SHOWN;
		put_one_remaining(vm_item(is_shown ? list : more), x);
		n_clashes += text_equal(text_of(x, "kind"), "clash");
	}
	vm_page_bool(vm, "has_remaining", vm_count(list) > 0);
	vm_page_bool(vm, "has_more", vm_count(more) > 0);
	vm_page_int(vm_page_object(vm, "hidden"), "n", (int64_t)vm_count(more));
	vm_int(vm, "n_clashes", n_clashes);
}

/* ---- how good it is ---- */

static void put_kind(struct vm_list *list, const cJSON *kinds, enum board_cost kind, int64_t unit)
{
	const cJSON *x = json_get(kinds, board_cost_word(kind));
	struct vm *vm = vm_item(list);

	vm_enum(vm, "kind", "timetable_cost", board_cost_word(kind));
	vm_int(vm, "before", json_int(x, "before", 0) / unit);
	vm_int(vm, "after", json_int(x, "after", 0) / unit);
}

/* How often each kind of loss happens, the sum by weight, and what nothing could be better than. */
static void put_figures(struct vm *vm, const cJSON *result)
{
	const cJSON *cost = json_get(result, "cost"), *kinds = json_get(cost, "kinds");
	int64_t after = json_int(cost, "after", 0), bound = json_int(cost, "bound", -1);
	struct vm_list *list = vm_list(vm, "figures");

	put_kind(list, kinds, COST_PARALLEL, COST_OF_PARALLEL);
	put_kind(list, kinds, COST_MIXED, COST_OF_MIXED);
	put_kind(list, kinds, COST_ROOMS, COST_OF_ROOM);
	put_kind(list, kinds, COST_GAPS, COST_OF_GAP);
	vm_int(vm, "cost_before", json_int(cost, "before", 0));
	vm_int(vm, "cost_after", after);
	if (bound >= 0)
		vm_int(vm, "cost_bound", bound);
	else
		vm_text(vm, "cost_bound", NULL);
	vm_page_bool(vm, "is_perfect", after == 0);
	vm_page_bool(vm, "is_best", after > 0 && bound == after);
	vm_page_bool(vm, "has_bound", after > 0 && bound > 0 && bound < after);
	vm_bool(vm, "is_cut", json_bool(result, "is_cut"));
}

/* Has a session changed that this would change? */
static bool is_stale(const struct showing *g)
{
	const cJSON *x;

	cJSON_ArrayForEach(x, json_get(g->result, "revs"))
	{
		const struct programme_session *s = programme_session_of(&g->now, x->string);
		if (!s || (double)s->rev != x->valuedouble)
			return true;
	}
	return false;
}

static void put_result(struct showing *g, struct vm *vm)
{
	size_t n = (size_t)cJSON_GetArraySize(json_get(g->result, "works"));

	vm_enum(vm, "mode", "timetable_mode", text_of(g->result, "mode"));
	if (g->rq->wants_json)
		put_works_flat(g, vm);
	else
		put_days(g, vm);
	put_taken_out(g, vm);
	put_room_moves(g, vm);
	put_left(g, vm);
	put_remaining(g, vm);
	put_figures(vm, g->result);
	vm_page_int(vm_page_object(vm, "moving"), "n", (int64_t)n);
	vm_page_bool(
		vm, "has_changes", n > 0 || cJSON_GetArraySize(json_get(g->result, "rooms")) > 0);
	vm_page_bool(vm, "is_stale", g->is_open && is_stale(g));
	vm_page_bool(vm, "is_long", n > FORM_MAX_LIST);
}

/* GET /:event/programme/edit/proposals/:code */
enum rc get_timetable_proposal(struct request *rq, struct vm *parent)
{
	struct showing g = {.rq = rq};
	struct q_proposal_by_code row;
	cJSON *result;
	struct vm *vm;

	TRY(proposal_of_path(rq, &timetable_kind, &row));
	vm = put_proposal(rq, parent, &timetable_kind, &row);
	if (!text_equal(row.state, "done"))
		return OK;
	TRY(proposal_result(rq, &row, &result));
	TRY(programme_load(rq->db, rq->arena, page_event_id(rq), &g.now, &rq->err));
	g.result = result;
	g.is_open = !row.accepted_at;
	g.form = form_view_new(rq, parent, post_timetable_accept,
		arena_printf(rq->arena, "%s/programme/edit/proposals/%s/accept",
			page_event_path(rq), row.code));
	put_result(&g, vm);
	return OK;
}
