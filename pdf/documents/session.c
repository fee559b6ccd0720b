/* One table of words and one of hues for all kinds that print sessions. */
#include "pdf/documents/session.h"
#include "pdf/documents/hues.h"

#include "pdf/documents/date.h"

#include <string.h>
#include <unicode/uloc.h>

static const char *const words[][2] = {
	{"at_a_glance", "At a glance"},
	{"chair", "Chair"},
	{"programme", "Programme"},
	{"my_programme", "My programme"},
	{"presenting", "You present"},
	{"waiting", "Waiting list"},
	{"always_current", "Always up to date"},
	{"notes", "Notes"},
	{"plenary", "Plenary"},
	{"keynote", "Keynote"},
	{"parallel", "Parallel session"},
	{"poster", "Posters"},
	{"masterclass", "Masterclass"},
	{"workshop", "Workshop"},
	{"panel", "Panel"},
	{"debate", "Debate"},
	{"break", "Break"},
	{"social", "Social programme"},
};

const char *session_word(const cJSON *model, const char *code)
{
	const char *own = json_text(json_get(model, "words"), code);
	for (size_t i = 0; i < sizeof words / sizeof words[0] && !own; i++)
		if (strcmp(words[i][0], code) == 0)
			own = words[i][1];
	return own ? own : code;
}

enum session_shape session_shape(const cJSON *session)
{
	static const struct {
		const char *kind;
		enum session_shape shape;
	} shapes[] = {
		{"plenary", SESSION_COMMON},
		{"keynote", SESSION_COMMON},
		{"panel", SESSION_COMMON},
		{"debate", SESSION_COMMON},
		{"masterclass", SESSION_TAUGHT},
		{"workshop", SESSION_TAUGHT},
		{"break", SESSION_BREAK},
		{"social", SESSION_BREAK},
	};
	const char *kind = model_text(session, "kind");
	for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
		if (strcmp(shapes[i].kind, kind) == 0)
			return shapes[i].shape;
	return SESSION_PLAIN;
}

unsigned session_theme_hue(const cJSON *theme)
{
	return hue_colour((int)json_int(theme, "hue", 0));
}

unsigned session_hue(const cJSON *session)
{
	return session_theme_hue(json_get(session, "theme"));
}

void session_add_themes(struct session_themes *t, const cJSON *session)
{
	const cJSON *theme = json_get(session, "theme");
	for (size_t i = 0; i < t->n && theme; i++)
		if (strcmp(model_text(t->themes[i], "name"), model_text(theme, "name")) == 0 &&
			strcmp(model_text(t->themes[i], "letter"), model_text(theme, "letter")) ==
				0)
			return;
	if (theme && t->n < SESSION_MAX_THEMES)
		t->themes[t->n++] = theme;
}

/*
 * Left-to-right marks hold the dash, and right-to-left marks keep what follows a range from joining
 * it.
 */
const char *session_range(struct arena *a, const char *lang, const char *start, const char *end)
{
	return arena_printf(a, uloc_isRightToLeft(lang) ? "\u200F%s\u200E–\u200E%s\u200F" : "%s–%s",
		start, end);
}

const char *session_hours(struct arena *a, const char *lang, const cJSON *timed)
{
	const char *start = json_text(timed, "start"), *end = json_text(timed, "end");
	return start && end ? session_range(a, lang, start, end) : start;
}

const char *session_until(struct arena *a, const char *lang, const cJSON *session)
{
	return session_range(a, lang, "", model_text(session, "end"));
}

int session_minute(const cJSON *session, const char *name)
{
	const char *clock = model_text(session, name);
	return ((clock[0] - '0') * 10 + clock[1] - '0') * 60 + (clock[3] - '0') * 10 + clock[4] -
	       '0';
}

const char *session_event_dates(struct arena *a, const cJSON *model)
{
	const cJSON *event = json_get(model, "event");
	const char *place = json_text(event, "place");
	const char *dates = date_span(a, model_text(model, "lang"), model_text(event, "starts_on"),
		model_text(event, "ends_on"));
	return place ? arena_printf(a, "%s, %s", place, dates) : dates;
}

static void check_sessions(
	struct arena *a, const cJSON *sessions, const char *path, struct err *err)
{
	const cJSON *session;
	const char *start = "";
	int i = 0;
	cJSON_ArrayForEach(session, sessions)
	{
		if (strcmp(model_text(session, "start"), start) < 0)
			err_field(err, arena_printf(a, "%s.sessions.%d.start", path, i),
				"Put the sessions of a day in order of their start");
		start = model_text(session, "start");
		if (strcmp(model_text(session, "end"), start) <= 0)
			err_field(err, arena_printf(a, "%s.sessions.%d.end", path, i),
				"Let the session end after it starts");
		i++;
	}
}

void session_check_days(struct arena *a, const cJSON *days, const char *path, struct err *err)
{
	const cJSON *day;
	const char *date = "";
	int i = 0;
	cJSON_ArrayForEach(day, days)
	{
		const char *at = arena_printf(a, "%sdays.%d", path, i++);
		if (strcmp(model_text(day, "on"), date) <= 0)
			err_field(err, arena_printf(a, "%s.on", at),
				"Put the days in rising order, each once");
		date = model_text(day, "on");
		check_sessions(a, json_get(day, "sessions"), at, err);
	}
}

enum rc session_checked(struct err *err)
{
	if (!err->fields)
		return OK;
	return err_set(err, INVALID, "Nothing was printed: the days are out of order");
}
