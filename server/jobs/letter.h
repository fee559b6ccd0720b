/*
 * An outbox row becomes words: the organisers' own letter (table letter) when there is one, else
 * web/templates/mail/<template>.mustache, whose first line is the subject. The model is the frozen
 * JSON of the row and nothing else, so that a mail shows what was true when it was caused.
 *
 * A mail template is plain text: its first line the subject, the rest the body. Lines are sent as
 * they are written, one paragraph a line, since every mail reader wraps them to its window; an
 * address stands on a line of its own, so that it can be followed. Placeholders are {{name}};
 * sentences stand in {{#t}}…{{/t}}.
 */
#ifndef JOBS_LETTER_H
#define JOBS_LETTER_H

#include "store/db.h"
#include "view/template.h"

struct letter {
	const char *subject; /* one line, clean */
	const char *body;    /* text/plain, LF line ends */
};

/* The organisers' letters of an event, read once for many mails. */
struct q_letters_of_event;
struct letters {
	struct q_letters_of_event *rows;
	size_t n;
};
enum rc letters_load(struct db *db, struct arena *a, int64_t event_id, struct letters *out,
	struct err *err) NODISCARD;

/*
 * letters may be NULL. Names that the model lacks render as nothing. INTERNAL when there is neither
 * a letter nor a template of the name, or the model is not JSON.
 */
enum rc letter_write(struct arena *a, struct templates *templates, const struct letters *letters,
	const char *template_name, const char *lang, const char *model_json, struct letter *out,
	struct err *err) NODISCARD;

/* letters_load and letter_write in one, for a single mail. */
enum rc letter_render(struct arena *a, struct templates *templates, struct db *db, int64_t event_id,
	const char *template_name, const char *lang, const char *model_json, struct letter *out,
	struct err *err) NODISCARD;

/*
 * May organisers keep this letter? Field errors `subject` and `body`: it does not compile, it pulls
 * in another template, or it asks for a placeholder that is not among `names` (the fixed list of
 * its kind).
 */
enum rc letter_check(const char *subject, const char *body, const char *const *names,
	size_t n_names, struct err *err) NODISCARD;

#endif
