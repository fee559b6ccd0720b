/* Asking for a timetable: places for what waits, or a new plan when something no longer holds. */
#include "base/clock.h"
#include "base/text.h"
#include "pages/handlers.h"
#include "pages/programme_edit.h"
#include "pages/timetable_proposal.h"
#include "planning/timetable_plan.h"
#include "view/i18n.h"

enum { N_COSTS_SHOWN = 10, OPTIONS_MAX_BYTES = 32 << 10 };

const struct proposal_kind timetable_kind = {"timetable", "/programme/edit", CAP_PROGRAMME_EDIT};

/* Offered; programs may name any within the bounds of the field. */
static const int64_t choices_of_seconds[] = {5, 20, 60};

static void put_seconds(struct request *rq, struct form_view *f)
{
	form_view_int(f, "seconds", choices_of_seconds[1]);
	for (size_t i = 0; i < sizeof(choices_of_seconds) / sizeof(choices_of_seconds[0]); i++) {
		const char *value = arena_printf(rq->arena, "%d", (int)choices_of_seconds[i]);
		form_view_option(f, "seconds", value,
			i18n_word(rq->app->i18n, rq->lang, "timetable_seconds", value), NULL);
	}
}

/* ---- the editor's parts ---- */

enum rc put_timetable_ask(struct request *rq, struct vm *vm, size_t n_works)
{
	struct form_view *f = form_view_named(rq, vm, "propose_form", post_timetable_propose,
		arena_printf(rq->arena, "%s/programme/edit/proposals", page_event_path(rq)));

	put_seconds(rq, f);
	vm_page_int(vm_page_object(vm, "waiting"), "n", (int64_t)n_works);
	return put_proposals(rq, vm, &timetable_kind);
}

void put_timetable_costs(struct request *rq, struct vm *vm, const struct programme *p)
{
	bool is_all = rq->wants_json || form_bool(&rq->form, "all");
	struct vm_list *list = vm_list(vm, "costs");
	struct board_complaint *complaints;
	int64_t cost;
	size_t n = timetable_explain(rq->arena, p, rq->event->zone, &complaints, &cost);

	for (size_t i = 0; i < n && (is_all || i < N_COSTS_SHOWN); i++) {
		struct vm *one = vm_item(list);
		vm_enum(one, "kind", "timetable_cost", board_cost_word(complaints[i].kind));
		vm_int(one, "cost", complaints[i].cost);
		vm_text(one, "session", complaints[i].session->code);
		vm_text(one, "why", complaints[i].why);
	}
	vm_int(vm, "cost", cost);
	vm_page_bool(vm, "has_costs", n > 0);
	vm_page_bool(vm, "has_more_costs", n > vm_count(list));
	vm_page_int(vm_page_object(vm, "all_costs"), "n", (int64_t)n);
}

/* POST /:event/programme/edit/proposals */
enum rc post_timetable_propose(struct request *rq, struct vm *vm)
{
	(void)vm;
	return proposal_put_question(rq, &timetable_kind, "{\"mode\":\"rest\"}",
		form_int(&rq->form, "seed", 0),
		form_int(&rq->form, "seconds", choices_of_seconds[1]));
}

/* ---- what has changed ---- */

/* "2027-09-08T11:00/2027-09-08T12:00" */
static const char *span_text(struct request *rq, int64_t from_ms, int64_t to_ms)
{
	struct civil from = zone_civil(rq->event->zone, from_ms);
	struct civil to = zone_civil(rq->event->zone, to_ms);

	return arena_printf(rq->arena, "%s/%s", civil_datetime(rq->arena, &from),
		civil_datetime(rq->arena, &to));
}

static int64_t midnight(struct request *rq, struct civil day, int days_after)
{
	int64_t at_ms;

	civil_from_days(civil_to_days(day.year, day.month, day.day) + days_after, &day.year,
		&day.month, &day.day);
	day.hour = day.minute = day.second = 0;
	zone_instant(rq->event->zone, &day, &at_ms);
	return at_ms;
}

/* A day, a span or "" for all the time: 0 and 0. False: none of these. */
static bool read_when(struct request *rq, const char *when, int64_t *from_ms, int64_t *to_ms)
{
	struct str rest = str_from(when), first = str_cut(&rest, '/');
	struct civil from, to;

	*from_ms = *to_ms = 0;
	if (!*when)
		return true;
	if (!rest.p) {
		if (!civil_parse_date(first, &from))
			return false;
		*from_ms = midnight(rq, from, 0);
		*to_ms = midnight(rq, from, 1);
		return true;
	}
	if (!civil_parse_datetime(first, &from) || !civil_parse_datetime(rest, &to))
		return false;
	zone_instant(rq->event->zone, &from, from_ms);
	zone_instant(rq->event->zone, &to, to_ms);
	return *from_ms < *to_ms;
}

/* Days, each followed by the times at which something is on. */
static void put_whens(
	struct request *rq, struct form_view *f, const char *group, const struct programme *p)
{
	const char *whole_day = i18n_text(rq->app->i18n, rq->lang, "the whole day", 1);
	const char *day = "", *span = "";

	form_view_row_option(
		f, group, "when", "", i18n_text(rq->app->i18n, rq->lang, "All the time", 1));
	for (size_t i = 0; i < p->n_sessions; i++) {
		const struct programme_session *s = &p->sessions[i];
		struct civil from = zone_civil(rq->event->zone, s->starts_at);
		struct civil to = zone_civil(rq->event->zone, s->ends_at);
		const char *on = civil_date(rq->arena, &from), *this_span;
		const char *name = i18n_date(rq->arena, rq->lang, "EEEdMMM", &from);
		if (!s->starts_at)
			break;
		if (!text_equal(on, day))
			form_view_row_option(f, group, "when", on,
				arena_printf(rq->arena, "%s, %s", name, whole_day));
		this_span = span_text(rq, s->starts_at, s->ends_at);
		if (!text_equal(this_span, span))
			form_view_row_option(f, group, "when", this_span,
				arena_printf(rq->arena, "%s, %02d:%02d–%02d:%02d", name, from.hour,
					from.minute, to.hour, to.minute));
		day = on;
		span = this_span;
	}
}

/* GET /:event/programme/edit/replan */
enum rc get_timetable_replan(struct request *rq, struct vm *vm)
{
	struct form_view *f = form_view_new(rq, vm, post_timetable_replan, NULL);
	struct programme p;

	TRY(programme_load(rq->db, rq->arena, page_event_id(rq), &p, &rq->err));
	form_view_row(f, "away");
	form_view_row(f, "shut");
	put_whens(rq, f, "away", &p);
	put_whens(rq, f, "shut", &p);
	for (size_t i = 0; i < p.n_rooms; i++)
		form_view_row_option(f, "shut", "room", p.rooms[i].code, p.rooms[i].name);
	put_seconds(rq, f);
	vm_text(vm, "zone", rq->event->row.zone);
	return put_known_people(rq, vm);
}

/* ---- asking for another plan ---- */

/* By code, or by a name that is nobody else's; NULL with an error at the row. */
static const char *person_named(struct request *rq, size_t row, const char *who)
{
	const char *code = known_person_code(rq, who), *found = NULL;
	const char *field = arena_printf(rq->arena, "away.%zu.who", row);
	struct q_people_to_choose *rows;
	size_t n;

	if (q_people_to_choose(rq->db, rq->arena,
		    &(struct q_people_to_choose_in){.event_id = page_event_id(rq)}, &rows, &n,
		    &rq->err) != OK)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		if (!(code ? text_equal(rows[i].code, code) : text_equal(rows[i].name, who)))
			continue;
		if (found) {
			err_field(&rq->err, field,
				"More than one person is called %s: choose one from the list", who);
			return NULL;
		}
		found = rows[i].code;
	}
	if (!found)
		err_field(&rq->err, field, "Nobody here is called %s: choose from the list", who);
	return found;
}

static void add_span(struct request *rq, struct buf *b, const char *group, size_t row)
{
	int64_t from_ms, to_ms;

	if (!read_when(rq, form_row_text(&rq->form, group, row, "when"), &from_ms, &to_ms))
		err_field(&rq->err, arena_printf(rq->arena, "%s.%zu.when", group, row),
			"Choose when from the list");
	buf_printf(b, ",\"from\":%lld,\"to\":%lld}", (long long)from_ms, (long long)to_ms);
}

static void add_away(struct request *rq, struct buf *b)
{
	const char *between = "";

	for (size_t i = 0; i < form_n_rows(&rq->form, "away"); i++) {
		const char *who = form_row_text(&rq->form, "away", i, "who"), *code;
		if (text_is_empty(who))
			continue;
		code = person_named(rq, i, who);
		buf_printf(b, "%s{\"person\":", between);
		json_add_string(b, code ? code : "");
		add_span(rq, b, "away", i);
		between = ",";
	}
}

static void add_shut(struct request *rq, const struct programme *p, struct buf *b)
{
	const char *between = "";

	for (size_t i = 0; i < form_n_rows(&rq->form, "shut"); i++) {
		const char *room = form_row_text(&rq->form, "shut", i, "room");
		if (text_is_empty(room))
			continue;
		if (!programme_room_of(p, room))
			err_field(&rq->err, arena_printf(rq->arena, "shut.%zu.room", i),
				"There is no such room");
		buf_printf(b, "%s{\"room\":", between);
		json_add_string(b, room);
		add_span(rq, b, "shut", i);
		between = ",";
	}
}

/* POST /:event/programme/edit/replan */
enum rc post_timetable_replan(struct request *rq, struct vm *vm)
{
	struct buf options = buf_in(rq->arena, OPTIONS_MAX_BYTES);
	struct programme p;

	(void)vm;
	TRY(programme_load(rq->db, rq->arena, page_event_id(rq), &p, &rq->err));
	buf_text(&options, "{\"mode\":\"replan\",\"away\":[");
	add_away(rq, &options);
	buf_text(&options, "],\"shut\":[");
	add_shut(rq, &p, &options);
	buf_text(&options, "]}");
	TRY(rq->err.rc);
	if (options.failed)
		return err_set(&rq->err, INVALID, "These are too many changes for one plan");
	return proposal_put_question(rq, &timetable_kind, buf_cstr(&options),
		form_int(&rq->form, "seed", 0),
		form_int(&rq->form, "seconds", choices_of_seconds[1]));
}
