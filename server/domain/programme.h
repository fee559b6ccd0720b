/*
 * The programme. One shape, struct programme, is filled from the rows (the working copy, which
 * organisers and chairs edit) and from a snapshot (what was published, which everybody reads).
 * Pages, calendars and print never read the working copy.
 *
 * A change is written first, then the whole programme is read in the same transaction and checked:
 * a clash refuses the change with its reason. The rules are pure (domain/programme_check.c).
 */
#ifndef DOMAIN_PROGRAMME_H
#define DOMAIN_PROGRAMME_H

#include "domain/policy.h"
#include "store/db.h"

enum { PROGRAMME_MAX_SESSIONS = 1000, SESSION_MAX_PEOPLE = 40, ROOMS_MAX = 40 };

struct programme_room {
	int64_t id; /* 0 in a snapshot, as all ids */
	const char *code, *name, *notes;
	int64_t capacity;
};

struct programme_masterclass {
	int64_t id;
	const char *code, *title, *summary;
	const char *outcomes; /* one a line */
};

struct programme_person {
	int64_t id;
	const char *code, *role, *name, *name_lang, *said_name, *post, *affiliation;
};

struct programme_author {
	int64_t person_id; /* 0: typed without an address */
	const char *name, *name_lang;
	const char *affiliations; /* one a line */
	bool is_presenting;
};

struct programme_theme {
	const char *code, *letter, *name;
	int64_t hue;
};

/* One presentation. Posters stand all the while: they need no minutes. */
struct programme_item {
	int64_t id, submission_id;
	const char *code, *title;
	const char *number; /* of its board, "P12", once published; "" : it has none */
	const char *submission_code; /* "" for an item of its own */
	const char *format;          /* the released outcome: talk, poster, workshop; or "" */
	int64_t minutes;
	int64_t starts_at; /* by order and minutes; 0 in a poster session or one without time */
	bool is_fit;       /* false: withdrawn or declined since it was placed */
	struct programme_author *authors;
	size_t n_authors;
	struct programme_theme *themes;
	size_t n_themes;
};

struct programme_session {
	int64_t id, rev, room_id, masterclass_id;
	const char *code, *kind, *title;
	const char *summary;               /* of a debate: the motion */
	const char *room_code, *room_name; /* "" : everywhere, or not placed */
	const char *masterclass_code;      /* "" for none */
	int64_t starts_at, ends_at;        /* 0: not placed yet */
	int64_t capacity, taken;
	struct programme_person *people;
	size_t n_people;
	struct programme_item *items;
	size_t n_items;
	const struct programme_theme
		*theme; /* the first one of more than half its items; or NULL */
};

struct programme {
	int64_t version; /* 0: the working copy */
	int64_t published_at;
	const char *note;
	struct programme_room *rooms;
	size_t n_rooms;
	struct programme_masterclass *masterclasses;
	size_t n_masterclasses;
	struct programme_session *sessions; /* by time, then room; those without time last */
	size_t n_sessions;
};

/* The closed sets, in the order of a select; NULL ends them. */
extern const char *const session_kinds[];
extern const char *const session_roles[];
bool programme_word_is(const char *const *set, const char *word);

/* ---- reading ---- */

/* The working copy, in a constant number of statements. */
enum rc programme_load(struct db *db, struct arena *a, int64_t event_id, struct programme *out,
	struct err *err) NODISCARD;
/* The newest snapshot. found false: nothing was published. */
enum rc programme_load_published(struct db *db, struct arena *a, int64_t event_id,
	struct programme *out, bool *found, struct err *err) NODISCARD;

/* By public code; NULL when there is none. */
struct programme_session *programme_session_of(const struct programme *p, const char *code);
const struct programme_room *programme_room_of(const struct programme *p, const char *code);
const struct programme_masterclass *programme_masterclass_of(
	const struct programme *p, const char *code);

/* What is said as its name: the motion of a debate, else the title. */
const char *programme_session_name(const struct programme_session *s);

/* ---- rules (pure) ---- */

enum clash_kind { CLASH_DAYS, CLASH_ROOM, CLASH_PERSON, CLASH_MINUTES };

struct clash {
	enum clash_kind kind;
	const struct programme_session *session;
	const struct programme_session *other; /* of a room or a person: the second one; or NULL */
	const char *reason; /* a sentence for the editor, without a full stop */
};

/* The event's days in its zone: from the first midnight to the one behind the last day. */
struct programme_days {
	int64_t from_ms, to_ms;
	const struct zone *zone;
	const char *first_on, *last_on;
};
struct programme_days programme_days_of(const struct event *event);

/*
 * Every clash of one session (its row id), or of all when session_id is 0, where each pair is told
 * once. Refused are: a room that holds two sessions at a time; a person (any part in a session, or
 * presenting) in two; presentations longer than their session, but for posters; a session outside
 * the event's days. Half-open intervals: one session may begin when another ends.
 */
size_t programme_clashes(struct arena *a, const struct programme *p,
	const struct programme_days *days, int64_t session_id, struct clash **out);

/* ---- snapshots (pure) ---- */

/*
 * Boards are numbered through all poster sessions, in the order of the programme: `number` of every
 * item of theirs that has authors. What is published has its numbers from here alone, so that
 * boards, labels, pages and books name a poster alike.
 */
void programme_number_boards(struct arena *a, struct programme *p);

/* Only sessions with a time and presentations that are fit. */
const char *programme_to_json(struct arena *a, const struct programme *p);
enum rc programme_of_json(
	struct arena *a, const char *json, struct programme *out, struct err *err) NODISCARD;

/* ---- writing ---- */

struct session_person {
	const char *role;
	const char *person_code; /* of somebody the event knows; "" for the next two */
	const char *name, *email;
	size_t number; /* of the row of the form, for its errors */
};

struct session_save {
	const struct actor *actor;
	const struct event *event;
	const char *code; /* "" for a new one */
	const char *new_code;
	int64_t rev;
	const char *kind, *title, *summary, *room_code, *masterclass_code;
	int64_t starts_at, ends_at, capacity;
	const struct session_person *people;
	size_t n_people;
};
/* tx_fn. Field errors at kind, title, room, masterclass, starts_at, ends_at, capacity, person and
 * person.N.who; CONFLICT on a stale rev. */
enum rc session_save(struct tx *tx, void *arg, struct err *err) NODISCARD;

struct session_remove {
	const struct actor *actor;
	const char *code;
	int64_t rev;
};
/* tx_fn. Its presentations become unplaced. CONFLICT: stale, or somebody has booked it. */
enum rc session_remove(struct tx *tx, void *arg, struct err *err) NODISCARD;

struct item_place {
	const struct actor *actor;
	const struct event *event;
	const char *submission_code; /* "" : an item of its own, with a title */
	const char *title;
	const char *session_code, *new_code;
	int64_t minutes; /* -1: as the type of the submission says */
};
/* tx_fn. At the end of the session. Field errors at submission, session, minutes. */
enum rc item_place(struct tx *tx, void *arg, struct err *err) NODISCARD;

struct item_change {
	const struct actor *actor;
	const struct event *event;
	const char *session_code, *code;
	const char *doing; /* "up", "down", "remove", "minutes" */
	int64_t minutes;
	int64_t rev; /* of the session */
};
/* tx_fn. */
enum rc item_change(struct tx *tx, void *arg, struct err *err) NODISCARD;

struct room_row {
	const char *code; /* "" for a new one */
	const char *name, *notes;
	int64_t capacity;
	size_t number; /* of the row of the form */
};
struct rooms_change {
	const struct actor *actor;
	const struct room_row *rows; /* all that shall be there, in order */
	size_t n_rows;
	int64_t event_rev;
};
/* tx_fn. Rooms not named go, unless a session is there. */
enum rc rooms_change(struct tx *tx, void *arg, struct err *err) NODISCARD;

struct masterclass_save {
	const struct actor *actor;
	const char *code; /* "" for a new one */
	const char *new_code, *title, *summary, *outcomes;
	int64_t rev;
};
/* tx_fn. The title of its repeats follows. */
enum rc masterclass_save(struct tx *tx, void *arg, struct err *err) NODISCARD;
struct masterclass_remove {
	const struct actor *actor;
	const char *code;
	int64_t rev;
};
/* tx_fn. CONFLICT while it has repeats. */
enum rc masterclass_remove(struct tx *tx, void *arg, struct err *err) NODISCARD;

struct programme_publish {
	const struct actor *actor;
	const struct event *event;
	const char *note;
	int64_t version; /* the newest when the page was shown; 0: none */
	/* out */
	int64_t new_version;
};
/*
 * tx_fn. Freezes the placed sessions as the next version. INVALID while there are clashes or
 * nothing is placed; CONFLICT when somebody else has published meanwhile.
 */
enum rc programme_publish(struct tx *tx, void *arg, struct err *err) NODISCARD;

#endif
