/*
 * A symposium with invented people, made through the same domain functions that the pages use, with
 * the clock moved so that every row has a believable time. A seed makes it the same again.
 */
#ifndef DEMO_DEMO_H
#define DEMO_DEMO_H

#include "app.h"
#include "domain/event.h"

/* In the stage of wishes the seats of masterclasses are not booked, but wished for. */
enum demo_stage { DEMO_CALL, DEMO_REVIEW, DEMO_PROGRAMME, DEMO_WISHES, DEMO_LIVE, DEMO_OVER };

struct demo_person {
	const char *name, *lang, *said_name, *mailbox, *post, *affiliation, *country;
};
extern const struct demo_person demo_people[];
extern const size_t n_demo_people;

struct demo_work {
	const char *title, *type, *themes, *question, *method, *finding;
};
extern const struct demo_work demo_works[];
extern const size_t n_demo_works;

/* Rows of demo_people by what they do. */
enum demo_cast {
	CAST_ORGANISER = 0,
	CAST_CHAIR = 1,
	CAST_SECOND_CHAIR = 2, /* an author as well: the chair for the first one's work */
	CAST_FIRST_REVIEWER = 3,
	N_CAST_REVIEWERS = 8, /* rows 3..10 */
	CAST_DESK = 11,
	CAST_FIRST_AUTHOR = 12, /* the author whose link is printed */
	CAST_FACILITATOR = 14,
};

/* Who cooks: written to at this address, without an account until the link is followed. */
#define DEMO_KITCHEN_EMAIL "kitchen@example.org"

struct demo {
	struct app *app;
	struct arena *a;
	enum demo_stage stage;
	int64_t now_ms;       /* what the clock will show when the making is over */
	int64_t n_moves;      /* of the clock, a millisecond each */
	int64_t first_day_ms; /* midnight before the first day, in the event's zone */
	struct event event;
	int64_t *account_ids; /* by row of demo_people */
	int64_t *person_ids;
	const char **submission_codes; /* by row of demo_works */
};

/* Parses "call", "review", "programme", "wishes", "live", "over"; false otherwise. */
bool demo_stage_parse(const char *word, enum demo_stage *out);

/* Is there any account yet? A demo is only made in an empty store. */
enum rc demo_is_wanted(struct app *app, bool *is_empty, struct err *err) NODISCARD;
enum rc demo_make(struct app *app, struct arena *a, enum demo_stage stage, int64_t now_ms,
	struct err *err) NODISCARD;
/* Prints one reusable link per role: "organiser<TAB>http://…/signin/…". */
enum rc demo_print_links(struct app *app, struct arena *a, struct err *err) NODISCARD;

/* An address of the demo: "catrin@example.org". */
const char *demo_email(struct arena *a, const struct demo_person *p);
/* The actor that a person of the cast is, for the domain functions. */
struct actor demo_actor(const struct demo *d, size_t cast, unsigned roles);
/* An instant by the venue's wall clock: so many days before the first day (negative: after). */
int64_t demo_at(const struct demo *d, int days_before, int hour, int minute);
/*
 * Moves the clock for what follows: so many days before the first day, at an hour of the day. Never to
 * the same millisecond twice: two runs of ids from one might meet.
 */
void demo_clock(struct demo *d, int days_before, int hour);

/* Reads the event's row again, after a change. */
enum rc demo_reload_event(struct demo *d, struct err *err) NODISCARD;

/* The parts, in order; each is a file of its own. */
enum rc demo_make_event(struct demo *d, struct err *err) NODISCARD;
enum rc demo_make_submissions(struct demo *d, struct err *err) NODISCARD;
enum rc demo_make_bids(struct demo *d, struct err *err) NODISCARD;       /* from DEMO_REVIEW */
enum rc demo_make_reviews(struct demo *d, struct err *err) NODISCARD;    /* from DEMO_REVIEW */
enum rc demo_make_decisions(struct demo *d, struct err *err) NODISCARD;  /* from DEMO_PROGRAMME */
enum rc demo_make_door(struct demo *d, struct err *err) NODISCARD;       /* from DEMO_LIVE */
enum rc demo_make_attendance(struct demo *d, struct err *err) NODISCARD; /* from DEMO_PROGRAMME */

/*
 * For rehearsing a rush: n more people, registered for nothing, and a masterclass of 30 places that
 * nobody has booked. Their bearer tokens are written to attendees.tokens in the data directory, one
 * a line, with the session's code on the first.
 */
enum rc demo_make_rush(struct app *app, struct arena *a, size_t n, struct err *err) NODISCARD;
/* From DEMO_PROGRAMME, after all that makes sessions; published from DEMO_LIVE. */
enum rc demo_make_programme(struct demo *d, struct err *err) NODISCARD;

#endif
