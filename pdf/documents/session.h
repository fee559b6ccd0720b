/* What every kind that prints sessions knows of them: words, shapes, colours, their order. */
#ifndef PDF_SESSION_H
#define PDF_SESSION_H

#include "pdf/layout/doc.h"
#include "pdf/model.h"

/*
 * How a session is told from others without colour: the whole event's sessions stand on a tint,
 * those that are taught have a double bar, breaks are set in italics between lines.
 */
enum session_shape { SESSION_PLAIN, SESSION_COMMON, SESSION_TAUGHT, SESSION_BREAK };
enum session_shape session_shape(const cJSON *session);

/* The hue of its theme; a quiet line's colour when it has none. */
unsigned session_hue(const cJSON *session);
unsigned session_theme_hue(const cJSON *theme);

/* The word for a code such as "plenary": the model's own in "words", else the English one. */
const char *session_word(const cJSON *model, const char *code);

/* The themes of sessions, each once, in the order of their first mention. */
enum { SESSION_MAX_THEMES = 24 }; /* those beyond are left out */
struct session_themes {
	const cJSON *themes[SESSION_MAX_THEMES];
	size_t n;
};
void session_add_themes(struct session_themes *t, const cJSON *session);

/*
 * "09:00–10:15", or the start alone; NULL when there is none. The earlier time stays on the left in
 * every language, whatever stands around the range.
 */
const char *session_hours(struct arena *a, const char *lang, const cJSON *timed);

/*
 * The same for figures of another kind: both sides of a dash would change places where text runs
 * right to left.
 */
const char *session_range(struct arena *a, const char *lang, const char *start, const char *end);

/* "–10:15", in the same way. */
const char *session_until(struct arena *a, const char *lang, const cJSON *session);

/* Minutes since midnight of "start" or "end". */
int session_minute(const cJSON *session, const char *name);

/* The event's dates, with its place in front if it has one. */
const char *session_event_dates(struct arena *a, const cJSON *model);

/*
 * What tables cannot say: days rise, and so do the starts of a day; nothing ends before it starts.
 * Adds field errors; `path` stands in front of their names, such as "people.3.".
 */
void session_check_days(struct arena *a, const cJSON *days, const char *path, struct err *err);

/* After the checks: INVALID with its message when one of them found something. */
enum rc session_checked(struct err *err) NODISCARD;

#endif
