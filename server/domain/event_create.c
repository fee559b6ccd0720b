/*
 * The wizard's answers become an event that could open tomorrow: a call with types and themes, an
 * anchored rubric, rooms and ticket types that fit its kind. Everything can be changed afterwards.
 */
#include <string.h>
#include "base/clock.h"
#include "base/random.h"
#include "base/text.h"
#include "domain/audit.h"
#include "domain/call.h"
#include "domain/event.h"
#include "domain/person.h"

struct type_default {
	const char *code, *format, *title, *hint;
	int word_limit, minutes;
};

static const struct type_default types_research[] = {
	{"abstract", "abstract", "Oral abstract, 15 minutes",
		"Finished studies, honest failures, work in progress", 250, 15},
	{"poster", "poster", "Poster", "Shown all days, with an author beside it in the breaks", 250,
		0},
	{"workshop", "workshop", "Workshop, 90 minutes",
		"Rationale, learning outcomes, methods and how you will evaluate it", 500, 90},
};
static const struct type_default types_teaching[] = {
	{"workshop", "workshop", "Session, 60 minutes",
		"What participants will be able to do afterwards, and how you get them there", 400,
		60},
};

struct criterion_default {
	const char *code, *title, *hint;
	int weight;
	const char *anchors[5];
};

static const struct criterion_default criteria[] = {
	{"relevance", "Relevance", "Does it matter to the people who will come?", 2,
		{"Outside the themes", "Touches a theme", "Fits a theme",
			"Speaks to what we work on", "Many here will act on it"}},
	{"rigour", "Rigour", "Are the claims carried by the methods?", 3,
		{"Claims without basis", "Weak basis", "Sound for its kind", "Careful and open",
			"A model for others"}},
	{"originality", "Originality", "Will people hear something new?", 2,
		{"Well known", "A small step", "A useful addition", "A fresh view",
			"Changes how we think"}},
	{"clarity", "Clarity", "Can one follow it at first reading?", 1,
		{"Hard to follow", "Needs work", "Clear enough", "Well written", "A pleasure"}},
};

struct kind_default {
	const char *kind;
	const struct type_default *types;
	size_t n_types;
	int call_opens_days, call_closes_days; /* before the first day */
};

static const struct kind_default kinds[] = {
	{"symposium", types_research, 3, 270, 150},
	{"summit", types_research, 3, 240, 120},
	{"course", types_teaching, 1, 150, 90},
	{"workshop", types_teaching, 1, 120, 60},
};

static const struct kind_default *kind_find(const char *kind)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (text_equal(kinds[i].kind, kind))
			return &kinds[i];
	return NULL;
}

/* ---- before the transaction ---- */

static enum rc slug_choose(struct db *db, struct arena *a, struct event_new *n, struct err *err)
{
	const char *base = text_slug(a, n->title);
	struct q_event_id_by_slug taken;
	bool found = true;

	if (!*base)
		base = n->kind;
	for (int i = 1; found && i < 100; i++) {
		n->slug = i == 1 ? base : arena_printf(a, "%s-%d", base, i);
		if (event_slug_is_reserved(n->slug))
			continue;
		TRY(q_event_id_by_slug(db, a, &(struct q_event_id_by_slug_in){.slug = n->slug},
			&taken, &found, err));
	}
	return found ? err_field(err, "title", "Choose a title that differs from the others") : OK;
}

enum rc event_plan(struct db *db, struct arena *a, struct event_new *n, struct err *err)
{
	if (!kind_find(n->kind))
		err_field(err, "kind", "Choose what kind of event it is");
	if (!zone_find(n->zone) || text_equal(n->zone, "AoE"))
		err_field(err, "zone", "Choose the time zone of the venue, such as Europe/London");
	if (strcmp(n->ends_on, n->starts_on) < 0)
		err_field(err, "ends_on", "The last day must not be before the first");
	if (!n->n_themes)
		err_field(err, "themes", "Give at least one theme");
	if (n->n_themes > 6)
		err_field(err, "themes", "At most six themes: more can hardly be told apart");
	if (err->rc != OK)
		return err->rc;
	n->event_id = id_new(clock_now_ms());
	return slug_choose(db, a, n, err);
}

/* ---- inside it ---- */

/* So many days before the first day, in a zone, at a whole minute as the settings show it. */
static int64_t days_before(
	const struct event_new *n, int days, const struct zone *zone, int hour, int minute)
{
	struct civil day;
	int64_t at_ms = 0;

	if (!civil_parse_date(str_from(n->starts_on), &day))
		return 0;
	civil_from_days(civil_to_days(day.year, day.month, day.day) - days, &day.year, &day.month,
		&day.day);
	day.hour = hour;
	day.minute = minute;
	zone_instant(zone, &day, &at_ms);
	return at_ms;
}

static enum rc create_themes(struct tx *tx, const struct event_new *n, struct err *err)
{
	struct arena *a = tx_arena(tx);

	for (size_t i = 0; i < n->n_themes; i++) {
		const char *slug = text_slug(a, n->themes[i]);
		TRY(q_theme_insert(tx,
			&(struct q_theme_insert_in){
				.event_id = tx_event_id(tx),
				.id = tx_id(tx),
				.code = *slug ? slug : arena_printf(a, "theme-%zu", i + 1),
				.letter = text_initial(a, n->themes[i]),
				.title = n->themes[i],
				.summary = "",
				.hue = (int64_t)(i % 6) + 1,
				.position = (int64_t)i,
			},
			NULL, err));
	}
	return OK;
}

static enum rc create_call(struct tx *tx, const struct event_new *n,
	const struct kind_default *kind, struct err *err)
{
	int64_t call_id = tx_id(tx);
	const struct zone *zone = zone_find(n->zone);

	TRY(q_call_insert(tx,
		&(struct q_call_insert_in){
			.event_id = tx_event_id(tx),
			.id = call_id,
			.code = code_new(tx_arena(tx)),
			.title = "Call for contributions",
			.text = "We welcome finished work, honest failures and work in progress. "
				"Write first; you are asked for your e-mail address only when you "
				"save.",
			.opens_at = days_before(n, kind->call_opens_days, zone, 9, 0),
			.closes_at = call_deadline(days_before(
				n, kind->call_closes_days, zone_find("AoE"), 23, 59)),
			.deadline_zone = "AoE",
			.blinding = "double",
			.n_reviews = 3,
			.reviews_due_at = days_before(n, kind->call_closes_days - 30, zone, 23, 59),
		},
		NULL, err));
	for (size_t i = 0; i < kind->n_types; i++) {
		const struct type_default *type = &kind->types[i];
		TRY(q_type_insert(tx,
			&(struct q_type_insert_in){
				.event_id = tx_event_id(tx),
				.id = tx_id(tx),
				.code = type->code,
				.call_id = call_id,
				.format = type->format,
				.title = type->title,
				.hint = type->hint,
				.word_limit = type->word_limit,
				.minutes = type->minutes,
				.position = (int64_t)i,
			},
			NULL, err));
	}
	return OK;
}

static enum rc create_rubric(struct tx *tx, struct err *err)
{
	for (size_t i = 0; i < sizeof(criteria) / sizeof(criteria[0]); i++) {
		const struct criterion_default *c = &criteria[i];
		int64_t id = tx_id(tx);
		TRY(q_criterion_insert(tx,
			&(struct q_criterion_insert_in){
				.event_id = tx_event_id(tx),
				.id = id,
				.code = c->code,
				.title = c->title,
				.hint = c->hint,
				.weight = c->weight,
				.position = (int64_t)i,
			},
			NULL, err));
		for (int score = 1; score <= 5; score++)
			TRY(q_anchor_insert(tx,
				&(struct q_anchor_insert_in){
					.event_id = tx_event_id(tx),
					.criterion_id = id,
					.score = score,
					.text = c->anchors[score - 1],
				},
				NULL, err));
	}
	return OK;
}

static enum rc create_rooms(struct tx *tx, struct err *err)
{
	static const struct {
		const char *code, *name;
		int capacity;
	} rooms[] = {{"main-hall", "Main hall", 150}, {"seminar-1", "Seminar room 1", 30},
		{"seminar-2", "Seminar room 2", 30}};

	for (size_t i = 0; i < sizeof(rooms) / sizeof(rooms[0]); i++)
		TRY(q_room_insert(tx,
			&(struct q_room_insert_in){
				.event_id = tx_event_id(tx),
				.id = tx_id(tx),
				.code = rooms[i].code,
				.name = rooms[i].name,
				.capacity = rooms[i].capacity,
				.notes = "",
				.position = (int64_t)i,
			},
			NULL, err));
	return OK;
}

static enum rc create_tickets(struct tx *tx, struct err *err)
{
	static const struct {
		const char *code, *title, *description;
		int price, capacity;
	} tickets[] = {{"full", "Full", "All days", 32000, 120},
		{"reduced", "Reduced", "Students, patients, carers", 9000, 40}};

	for (size_t i = 0; i < sizeof(tickets) / sizeof(tickets[0]); i++)
		TRY(q_ticket_type_insert(tx,
			&(struct q_ticket_type_insert_in){
				.event_id = tx_event_id(tx),
				.id = tx_id(tx),
				.code = tickets[i].code,
				.title = tickets[i].title,
				.description = tickets[i].description,
				.price = tickets[i].price,
				.capacity = tickets[i].capacity,
				.position = (int64_t)i,
			},
			NULL, err));
	return OK;
}

static enum rc create_row(struct tx *tx, const struct event_new *n, struct err *err)
{
	TRY(q_event_insert(tx,
		&(struct q_event_insert_in){
			.id = tx_event_id(tx),
			.slug = n->slug,
			.kind = n->kind,
			.title = n->title,
			.tagline = "",
			.summary = "",
			.host = "",
			.partner = "",
			.starts_on = n->starts_on,
			.ends_on = n->ends_on,
			.zone = n->zone,
			.venue = n->venue,
			.city = n->city,
			.country = n->country,
			.contact_email = n->actor->email,
			.currency = "GBP",
			.lang = "en",
			.created_at = tx_now_ms(tx),
		},
		NULL, err));
	return q_event_slug_insert(tx,
		&(struct q_event_slug_insert_in){.slug = n->slug, .event_id = tx_event_id(tx)},
		NULL, err);
}

enum rc event_create(struct tx *tx, void *arg, struct err *err)
{
	struct event_new *n = arg;
	const struct kind_default *kind = kind_find(n->kind);

	TRY(create_row(tx, n, err));
	TRY(person_of_account(tx, n->actor->account_id, &n->person_id, err));
	TRY(person_grant(tx, n->person_id, ROLE_ORGANISER, n->person_id, err));
	TRY(person_grant(tx, n->person_id, ROLE_CHAIR, n->person_id, err));
	TRY(create_themes(tx, n, err));
	TRY(create_call(tx, n, kind, err));
	TRY(create_rubric(tx, err));
	TRY(create_rooms(tx, err));
	TRY(create_tickets(tx, err));
	return audit_write(tx, n->person_id, "event.create", n->slug, NULL, err);
}
