/* Reasons as the solver gives them, written down for the person. */
#include "planning/allocation_outcome.h"
#include "base/json.h"

enum { OUTCOME_MAX_BYTES = 256 << 10 };

static const char *const whys[] = {[ALLOCATE_GOT] = "got",
	[ALLOCATE_NOT_OFFERED] = "not_offered",
	[ALLOCATE_BUSY] = "busy",
	[ALLOCATE_CLASS_GOT] = "class_got",
	[ALLOCATE_SLOT_TAKEN] = "slot_taken",
	[ALLOCATE_ENOUGH] = "enough",
	[ALLOCATE_FULL] = "full",
	[ALLOCATE_LEFT] = "left"};
static const char *const worths[] = {[ALLOCATE_WORTH_NOTHING] = "nothing",
	[ALLOCATE_WORTH_RANKS] = "ranks",
	[ALLOCATE_WORTH_THIRD] = "third",
	[ALLOCATE_WORTH_SECOND] = "second",
	[ALLOCATE_WORTH_FIRST] = "first"};

struct writing {
	struct arena *a;
	const struct allocation_setup *setup;
	const struct allocate_solution *s;
	const struct allocate_demand *demand;
	struct buf outcome; /* of one person */
	size_t wish, seat;  /* what is read next */
};

static void put_session(struct writing *w, const char *key, uint32_t offering)
{
	buf_printf(&w->outcome, "\"%s\":", key);
	if (offering == ALLOCATE_NONE)
		buf_text(&w->outcome, "null");
	else
		json_add_string(&w->outcome, w->setup->rows->sessions[offering].code);
}

static void put_reason(struct writing *w, const struct allocate_reason *r)
{
	bool is_full = r->why == ALLOCATE_FULL, is_draft = w->s->method == ALLOCATE_DRAFT;

	buf_char(&w->outcome, '{');
	put_session(w, "session", r->offering);
	buf_printf(&w->outcome, ",\"why\":\"%s\",", whys[r->why]);
	put_session(w, "other", r->other);
	if (is_full || r->why == ALLOCATE_GOT)
		buf_printf(&w->outcome, ",\"n_others\":%u", r->n_others);
	if (is_full && r->last_rank != ALLOCATE_NONE)
		buf_printf(&w->outcome, ",\"last_rank\":%u,\"last_turn\":%u", r->last_rank + 1,
			r->last_turn + 1);
	if (is_full && !is_draft)
		buf_printf(&w->outcome, ",\"worth\":\"%s\"", worths[r->worth]);
	buf_char(&w->outcome, '}');
}

static bool is_offered(const struct allocation_rows *r, int64_t masterclass_id)
{
	for (size_t i = 0; i < r->n_sessions; i++)
		if (r->sessions[i].masterclass_id == masterclass_id)
			return true;
	return false;
}

/* A wish that was no wish to the solver: they have it, or enough, or are never free for it. */
static void put_settled(
	struct writing *w, int64_t registration_id, int64_t masterclass_id, bool is_busy)
{
	const struct allocation_rows *r = w->setup->rows;
	const char *session = NULL, *why;

	for (size_t i = 0; i < r->n_bookings; i++)
		if (r->bookings[i].registration_id == registration_id &&
			r->bookings[i].masterclass_id == masterclass_id)
			session = r->bookings[i].session_code;
	buf_text(&w->outcome, "{\"session\":");
	if (session)
		json_add_string(&w->outcome, session);
	else
		buf_text(&w->outcome, "null");
	why = session                          ? "had"
	      : !is_offered(r, masterclass_id) ? "not_offered"
	      : is_busy                        ? "busy"
					       : "enough";
	buf_printf(&w->outcome, ",\"why\":\"%s\",\"other\":null}", why);
}

static void put_wish(struct writing *w, const struct q_allocation_wishes *wish,
	const struct allocate_reason *reasons, size_t n_reasons, bool is_busy)
{
	const struct q_masterclasses_of_event *m =
		allocation_masterclass(w->setup->rows, wish->masterclass_id);
	size_t n = 0;

	buf_text(&w->outcome, "{\"masterclass\":");
	json_add_string(&w->outcome, m->code);
	buf_text(&w->outcome, ",\"reasons\":[");
	for (size_t i = 0; i < n_reasons; i++) {
		if (w->setup->masterclass_ids[reasons[i].class_id] != wish->masterclass_id)
			continue;
		if (n++)
			buf_char(&w->outcome, ',');
		put_reason(w, &reasons[i]);
	}
	if (!n)
		put_settled(w, wish->registration_id, wish->masterclass_id, is_busy);
	buf_text(&w->outcome, "]}");
}

static void put_wishes(
	struct writing *w, size_t i_wisher, const struct allocate_reason *reasons, size_t n_reasons)
{
	const struct allocation_rows *r = w->setup->rows;
	const struct q_allocation_wishers *wisher = &r->wishers[i_wisher];
	bool is_next = false;

	for (; w->wish < r->n_wishes &&
		r->wishes[w->wish].registration_id != wisher->registration_id;)
		w->wish++;
	for (; w->wish < r->n_wishes &&
		r->wishes[w->wish].registration_id == wisher->registration_id;
		w->wish++) {
		if (is_next)
			buf_char(&w->outcome, ',');
		put_wish(w, &r->wishes[w->wish], reasons, n_reasons, w->setup->is_busy[i_wisher]);
		is_next = true;
	}
}

/* The seats of an attendee, who are met in their order. */
static void take_seats(struct writing *w, uint32_t attendee, struct allocation_outcome *out)
{
	uint32_t *seats = ARENA_ARRAY(w->a, ALLOCATE_MAX_WANT, uint32_t);

	while (w->seat < w->s->n_seats && w->s->seats[w->seat].attendee < attendee)
		w->seat++;
	for (; w->seat < w->s->n_seats && w->s->seats[w->seat].attendee == attendee; w->seat++)
		if (out->n_seats < ALLOCATE_MAX_WANT)
			seats[out->n_seats++] = w->s->seats[w->seat].offering;
	out->seats = seats;
}

static void put_person(
	struct writing *w, size_t wisher, uint32_t attendee, struct allocation_outcome *out)
{
	struct allocate_reason *reasons = NULL;
	size_t n_reasons = 0;

	out->is_in_file = attendee != ALLOCATE_NONE;
	if (out->is_in_file) {
		n_reasons = allocate_explain(
			w->a, &w->setup->problem, w->s, w->demand, attendee, &reasons);
		take_seats(w, attendee, out);
	}
	buf_reset(&w->outcome);
	buf_printf(&w->outcome,
		"{\"method\":\"%s\",\"n_seats\":%zu,\"is_in_file\":%s,\"wishes\":[",
		w->s->method == ALLOCATE_EXACT ? "exact" : "draft", out->n_seats,
		out->is_in_file ? "true" : "false");
	put_wishes(w, wisher, reasons, n_reasons);
	buf_text(&w->outcome, "]}");
	out->text = arena_strdup(w->a, buf_cstr(&w->outcome));
}

struct allocation_outcome *allocation_outcomes(struct arena *a,
	const struct allocation_setup *setup, const struct allocate_solution *s)
{
	struct allocation_outcome *out =
		ARENA_ARRAY(a, setup->rows->n_wishers, struct allocation_outcome);
	struct writing w = {
		.a = a,
		.setup = setup,
		.s = s,
		.demand = allocate_demand(a, &setup->problem, s),
		.outcome = buf_in(a, OUTCOME_MAX_BYTES),
	};
	uint32_t attendee = 0;

	for (size_t i = 0; i < setup->rows->n_wishers; i++) {
		bool is_attendee = attendee < setup->problem.n_attendees &&
				   setup->wisher_of[attendee] == i;
		put_person(&w, i, is_attendee ? attendee : ALLOCATE_NONE, &out[i]);
		attendee += is_attendee;
	}
	return out;
}
