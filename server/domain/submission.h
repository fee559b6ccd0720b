/*
 * Submissions. A row is identity and state (draft, submitted, withdrawn). Text
 * is in versions: 0 is the draft, changed by every save; each submit freezes it as the next one.
 * Drafts may be incomplete and over every limit; only sending checks, so nothing typed is lost.
 */
#ifndef DOMAIN_SUBMISSION_H
#define DOMAIN_SUBMISSION_H

#include "domain/call.h"
#include "domain/policy.h"

enum { SUBMISSION_MAX_AUTHORS = 50, SUBMISSION_TITLE_MAX = 300 };

struct author_text {
	const char *name, *email;
	const char *affiliations; /* one a line */
	bool is_presenting;
};

/* What stands in the editor. */
struct submission_text {
	const char *type_code; /* "" not chosen yet */
	const char *title, *abstract, *keywords, *note;
	const char *const *theme_codes;
	size_t n_themes;
	const struct author_text *authors;
	size_t n_authors;
};

/* One submission as somebody stands to it. */
struct submission {
	struct q_submission_standing row;
	unsigned relations; /* enum relation and the actor's roles */
	unsigned facts;     /* enum fact */
};

/*
 * NOT_FOUND unless the actor may see the text: there is none, or none for them, in one answer.
 * `out` then goes to submission_may_see() for everything else the page shows.
 */
enum rc submission_load(struct db *db, struct arena *a, const struct event *event,
	const struct actor *actor, const char *code, struct submission *out, struct err *err)
	NODISCARD;
/* The same for another document than the text: DOC_OUTLINE. */
enum rc submission_load_as(struct db *db, struct arena *a, const struct event *event,
	const struct actor *actor, const char *code, enum document document,
	struct submission *out, struct err *err) NODISCARD;
bool submission_may_see(const struct submission *s, enum document document);

/* Its authors may change it now: state, call, deadline. `now_ms` is the request's arrival. */
bool submission_is_editable(const struct submission *s, int64_t now_ms);

struct submission_version_text {
	struct q_version_get row;
	struct q_authors_of_version *authors;
	size_t n_authors;
	struct q_themes_of_version *themes;
	size_t n_themes;
};
/* version 0: the draft. Authors are loaded always; showing them is DOC_AUTHORS. */
enum rc submission_read(struct db *db, struct arena *a, int64_t event_id, int64_t submission_id,
	int64_t version, struct submission_version_text *out, struct err *err) NODISCARD;

/*
 * What keeps a text from being sent, as field errors of the editor (type, title, abstract, theme,
 * author, author.N.name …); OK when nothing does.
 */
enum rc submission_check(const struct call *call, const struct submission_text *text,
	struct err *err) NODISCARD;

struct submission_save {
	const struct actor *actor;
	const struct call *call;
	const struct submission_text *text;
	int64_t now_ms;
	const char *code;  /* of a new one: made by the caller */
	int64_t id;        /* 0: new */
	int64_t rev;       /* of the draft as it was shown */
	bool is_sent;      /* submit, not only save */
	/* A stranger's new text: the address it will belong to. */
	const char *claim_email, *claim_name, *claim_token_hash;
	const char *claim_link; /* absolute address with a sign-in token */
	const char *url;   /* absolute address of the submission, for the receipt */
};
/*
 * tx_fn. Saves the draft; with is_sent also freezes the next version, gives each author with an
 * address a person row, writes search tokens and the receipt mail. CONFLICT: stale rev, or the
 * deadline has passed (the draft is kept as it was; the page shows both texts).
 */
enum rc submission_save(struct tx *tx, void *arg, struct err *err) NODISCARD;

struct submission_act {
	const struct actor *actor;
	const struct submission *submission;
	int64_t now_ms;
};
/* tx_fn. Its authors take it back; reviewers and chairs see that it was withdrawn. CONFLICT unless
 * it is submitted. */
enum rc submission_withdraw(struct tx *tx, void *arg, struct err *err) NODISCARD;
/* tx_fn. Undoes a withdrawal while the call is open. */
enum rc submission_restore(struct tx *tx, void *arg, struct err *err) NODISCARD;

struct submission_attach {
	const struct actor *actor;
	const struct submission *submission;
	const char *code, *kind, *sha256, *file_name, *mime_type;
	int64_t size_bytes;
};
/* tx_fn. A poster or slides; the blob is stored already. */
enum rc submission_attach(struct tx *tx, void *arg, struct err *err) NODISCARD;

#endif
