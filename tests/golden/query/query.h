/*
 * Made by mkquery from schema/queries/; do not edit.
 *
 * One function a statement, by the form in which it answers:
 *   one row      q_x(db, arena, &in, &out, err)           NOT_FOUND when there is none
 *   maybe a row  q_x(db, arena, &in, &out, &found, err)   out is zeroed when there is none
 *   many rows    q_x(db, arena, &in, &rows, &n_rows, err) rows is NULL when there are none
 *   no rows      q_x(tx, &in, &n_changed, err)            n_changed may be NULL
 * More than one row where one was promised is INTERNAL; other errors: statement_run in
 * store/db.h. A statement that writes or locks takes a struct tx instead of a struct db. One
 * without parameters has no in. Rows and texts live in the arena; out is zeroed and rows NULL on
 * errors. A text is NULL only where its comment says so; a number that is NULL reads as 0.
 */
#ifndef GEN_QUERY_H
#define GEN_QUERY_H

/* clang-format off */
#include "store/db.h"

/*
 * The next job of a lane, leased.
 * job.sql: job_claim
 */
struct q_job_claim_in {
	int64_t until;
	int64_t lane;
	int64_t now;
};
struct q_job_claim {
	int64_t id;
	int64_t event_id; /* 0 when NULL */
	const char *kind;
};
enum rc q_job_claim(struct tx *tx, struct arena *a, const struct q_job_claim_in *in,
	struct q_job_claim *out, bool *found, struct err *err) NODISCARD;

/*
 * A lock is a write.
 * job.sql: job_lock
 */
struct q_job_lock_in {
	int64_t lane;
	int64_t id;
};
struct q_job_lock {
	const char *kind;
};
enum rc q_job_lock(struct tx *tx, struct arena *a, const struct q_job_lock_in *in,
	struct q_job_lock *out, struct err *err) NODISCARD;

/*
 * job.sql: job_count
 */
struct q_job_count {
	int64_t n_jobs;
};
enum rc q_job_count(struct db *db, struct arena *a, struct q_job_count *out,
	struct err *err) NODISCARD;

/*
 * job.sql: account_seen
 */
struct q_account_seen_in {
	int64_t last_seen_at; /* 0 goes in as NULL */
	const char *locale;
	int64_t id;
};
enum rc q_account_seen(struct tx *tx, const struct q_account_seen_in *in,
	int64_t *n_changed, struct err *err) NODISCARD;

/*
 * job.sql: job_add
 */
struct q_job_add_in {
	int64_t lane;
	int64_t id;
	int64_t event_id; /* 0 goes in as NULL */
	const char *kind;
	int64_t run_at;
};
enum rc q_job_add(struct tx *tx, const struct q_job_add_in *in, int64_t *n_changed,
	struct err *err) NODISCARD;

/*
 * A submission by its public code. The comment may hold * / and / * without harm.
 * submission.sql: submission_by_code
 */
struct q_submission_by_code_in {
	int64_t event_id;
	const char *code;
};
struct q_submission_by_code {
	int64_t id;
	const char *title;
	const char *state;
	int64_t room_id; /* 0 when NULL */
	int64_t submitted_at; /* 0 when NULL */
};
enum rc q_submission_by_code(struct db *db, struct arena *a,
	const struct q_submission_by_code_in *in, struct q_submission_by_code *out,
	struct err *err) NODISCARD;

/*
 * Its owner, when the viewer may know.
 * submission.sql: submission_find_owner
 */
struct q_submission_find_owner_in {
	int64_t event_id;
	const char *code;
	int64_t viewer_id;
};
struct q_submission_find_owner {
	const char *name;
	const char *pronouns; /* or NULL */
};
enum rc q_submission_find_owner(struct db *db, struct arena *a,
	const struct q_submission_find_owner_in *in,
	struct q_submission_find_owner *out, bool *found, struct err *err) NODISCARD;

/*
 * All that the viewer may see, with the number of finished reviews and their mean.
 *
 * Sorted by title.
 * submission.sql: submission_list
 */
struct q_submission_list_in {
	int64_t viewer_id;
	int64_t event_id;
	int64_t limit;
};
struct q_submission_list {
	int64_t id;
	const char *title;
	int64_t n_reviews;
	double mean_score;
	int64_t is_mine;
	const char *label; /* or NULL */
};
enum rc q_submission_list(struct db *db, struct arena *a,
	const struct q_submission_list_in *in, struct q_submission_list **rows,
	size_t *n_rows, struct err *err) NODISCARD;

/*
 * The submissions of a person with each review, if any.
 * submission.sql: submission_reviews
 */
struct q_submission_reviews_in {
	int64_t event_id;
	int64_t owner_id;
};
struct q_submission_reviews {
	const char *title;
	int64_t review_id; /* 0 when NULL */
	double score; /* 0 when NULL */
	const char *remark; /* or NULL */
	int64_t finished_at; /* 0 when NULL */
};
enum rc q_submission_reviews(struct db *db, struct arena *a,
	const struct q_submission_reviews_in *in, struct q_submission_reviews **rows,
	size_t *n_rows, struct err *err) NODISCARD;

/*
 * A draft.
 * submission.sql: submission_add
 */
struct q_submission_add_in {
	int64_t event_id;
	int64_t id;
	const char *code;
	int64_t owner_id;
	const char *title;
	int64_t place_id; /* 0 goes in as NULL */
};
enum rc q_submission_add(struct tx *tx, const struct q_submission_add_in *in,
	int64_t *n_changed, struct err *err) NODISCARD;

/*
 * Sends a draft; says when. NOT_FOUND when it was no draft.
 * submission.sql: submission_submit
 */
struct q_submission_submit_in {
	int64_t now; /* 0 goes in as NULL */
	int64_t event_id;
	int64_t id;
};
struct q_submission_submit {
	int64_t submitted_at; /* 0 when NULL */
	const char *code;
};
enum rc q_submission_submit(struct tx *tx, struct arena *a,
	const struct q_submission_submit_in *in, struct q_submission_submit *out,
	struct err *err) NODISCARD;

/*
 * Copies the drafts of one owner to another.
 * submission.sql: submission_copy
 */
struct q_submission_copy_in {
	int64_t event_id;
	int64_t step;
	int64_t to_id;
	int64_t from_id;
};
enum rc q_submission_copy(struct tx *tx, const struct q_submission_copy_in *in,
	int64_t *n_changed, struct err *err) NODISCARD;

/*
 * submission.sql: submission_delete
 */
struct q_submission_delete_in {
	int64_t event_id;
	int64_t id;
};
enum rc q_submission_delete(struct tx *tx, const struct q_submission_delete_in *in,
	int64_t *n_changed, struct err *err) NODISCARD;

/*
 * Reviews that the viewer may read, best first, each with its rank.
 * submission.sql: review_visible
 */
struct q_review_visible_in {
	int64_t event_id;
	int64_t viewer_id;
	int64_t room_id; /* 0 goes in as NULL */
};
struct q_review_visible {
	int64_t id;
	double score;
	const char *remark; /* or NULL */
	int64_t place;
};
enum rc q_review_visible(struct db *db, struct arena *a,
	const struct q_review_visible_in *in, struct q_review_visible **rows,
	size_t *n_rows, struct err *err) NODISCARD;

/*
 * The one of a title; two of the same title are a fault.
 * submission.sql: submission_titled
 */
struct q_submission_titled_in {
	int64_t event_id;
	const char *title;
};
struct q_submission_titled {
	int64_t id;
};
enum rc q_submission_titled(struct db *db, struct arena *a,
	const struct q_submission_titled_in *in, struct q_submission_titled *out,
	struct err *err) NODISCARD;

/*
 * submission.sql: person_add
 */
struct q_person_add_in {
	int64_t event_id;
	int64_t id;
	int64_t account_id; /* 0 goes in as NULL */
	const char *name;
	const char *sort_key;
	const char *pronouns;
};
enum rc q_person_add(struct tx *tx, const struct q_person_add_in *in,
	int64_t *n_changed, struct err *err) NODISCARD;

/*
 * submission.sql: review_add
 */
struct q_review_add_in {
	int64_t event_id;
	int64_t id;
	int64_t submission_id;
	int64_t reviewer_id;
	double score;
	const char *remark;
	int64_t finished_at; /* 0 goes in as NULL */
};
enum rc q_review_add(struct tx *tx, const struct q_review_add_in *in,
	int64_t *n_changed, struct err *err) NODISCARD;

/*
 * A chain by a recursive WITH, and a UNION.
 * tricky.sql: tricky_with
 */
struct q_tricky_with_in {
	int64_t event_id;
	int64_t id;
};
struct q_tricky_with {
	int64_t id;
	int64_t depth;
};
enum rc q_tricky_with(struct db *db, struct arena *a,
	const struct q_tricky_with_in *in, struct q_tricky_with **rows,
	size_t *n_rows, struct err *err) NODISCARD;

/*
 * tricky.sql: tricky_aggregates
 */
struct q_tricky_aggregates_in {
	int64_t event_id;
	const char *pronouns;
};
struct q_tricky_aggregates {
	int64_t n_low;
	int64_t total;
	int64_t newest_at;
	int64_t is_any;
};
enum rc q_tricky_aggregates(struct db *db, struct arena *a,
	const struct q_tricky_aggregates_in *in, struct q_tricky_aggregates *out,
	struct err *err) NODISCARD;

/*
 * The least of an index is found without a scan.
 * tricky.sql: tricky_least
 */
struct q_tricky_least_in {
	int64_t lane;
};
struct q_tricky_least {
	int64_t first_at;
};
enum rc q_tricky_least(struct db *db, struct arena *a,
	const struct q_tricky_least_in *in, struct q_tricky_least *out,
	struct err *err) NODISCARD;

/*
 * A page after a key, by row values; members of a list by a subquery.
 * tricky.sql: tricky_page
 */
struct q_tricky_page_in {
	int64_t event_id;
	const char *after_key;
	int64_t after_id;
};
struct q_tricky_page {
	int64_t id;
	const char *name;
	const char *sort_key;
};
enum rc q_tricky_page(struct db *db, struct arena *a,
	const struct q_tricky_page_in *in, struct q_tricky_page **rows,
	size_t *n_rows, struct err *err) NODISCARD;

/*
 * Outer joins with a subquery; what comes from it may be NULL.
 * tricky.sql: tricky_outer
 */
struct q_tricky_outer_in {
	int64_t event_id;
};
struct q_tricky_outer {
	const char *name;
	int64_t n_done;
	const char *code; /* or NULL */
};
enum rc q_tricky_outer(struct db *db, struct arena *a,
	const struct q_tricky_outer_in *in, struct q_tricky_outer **rows,
	size_t *n_rows, struct err *err) NODISCARD;

/*
 * One review of a reviewer; a second one replaces it.
 * tricky.sql: tricky_upsert
 */
struct q_tricky_upsert_in {
	int64_t event_id;
	int64_t id;
	int64_t submission_id;
	int64_t reviewer_id;
	double score;
	const char *remark;
	int64_t finished_at; /* 0 goes in as NULL */
};
struct q_tricky_upsert {
	int64_t id;
};
enum rc q_tricky_upsert(struct tx *tx, struct arena *a,
	const struct q_tricky_upsert_in *in, struct q_tricky_upsert *out,
	struct err *err) NODISCARD;

/*
 * tricky.sql: tricky_update_from
 */
struct q_tricky_update_from_in {
	double step;
	int64_t event_id;
};
enum rc q_tricky_update_from(struct tx *tx, const struct q_tricky_update_from_in *in,
	int64_t *n_changed, struct err *err) NODISCARD;

/*
 * A global table may name an event, and change it.
 * tricky.sql: tricky_global
 */
struct q_tricky_global_in {
	int64_t event_id; /* 0 goes in as NULL */
	int64_t lane;
	int64_t id;
};
enum rc q_tricky_global(struct tx *tx, const struct q_tricky_global_in *in,
	int64_t *n_changed, struct err *err) NODISCARD;

/*
 * Two global tables; every word of the next line is only text: SELECT * FROM submission LIKE.
 * tricky.sql: tricky_directory
 */
struct q_tricky_directory_in {
	int64_t lane;
};
struct q_tricky_directory {
	const char *email;
	const char *kind;
	int64_t event_id; /* 0 when NULL */
};
enum rc q_tricky_directory(struct db *db, struct arena *a,
	const struct q_tricky_directory_in *in, struct q_tricky_directory **rows,
	size_t *n_rows, struct err *err) NODISCARD;

/*
 * A predicate of where.sql within one of policy.sql's reach.
 * tricky.sql: finished_of_owner
 */
struct q_finished_of_owner_in {
	int64_t event_id;
	int64_t viewer_id;
	double least;
};
struct q_finished_of_owner {
	const char *title;
	double score;
};
enum rc q_finished_of_owner(struct db *db, struct arena *a,
	const struct q_finished_of_owner_in *in, struct q_finished_of_owner **rows,
	size_t *n_rows, struct err *err) NODISCARD;

#endif
