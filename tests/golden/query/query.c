/* Made by mkquery from schema/queries/; do not edit. */
/* clang-format off */
#include "query.h"

#include <string.h>

#pragma GCC diagnostic ignored "-Woverlength-strings"

#define INT(x)         {.kind = VALUE_INT, .i = (x)}
#define INT_OR_NULL(x) {.kind = VALUE_INT, .is_null_when_zero = true, .i = (x)}
#define TEXT(x)        {.kind = VALUE_TEXT, .text = (x)}
#define REAL(x)        {.kind = VALUE_REAL, .real = (x)}

typedef void read_fn(const struct row *r, struct arena *a, void *out);

struct single {
	read_fn *read;
	struct arena *a;
	void *out;
	size_t n;
};

static void take_single(void *context, const struct row *r)
{
	struct single *s = context;
	if (s->n++ == 0)
		s->read(r, s->a, s->out);
}

/* The only row into out, which the caller has zeroed; found NULL: there must be one. */
static enum rc run_single(struct db *db, struct arena *a, const struct statement *st,
	const struct value *params, read_fn *read, void *out, bool *found, struct err *err)
{
	struct single s = {read, a, out, 0};
	TRY(statement_run(db, st, params, take_single, &s, NULL, err));
	if (s.n > 1)
		return err_internal(err, "%s: %zu rows instead of one", st->name, s.n);
	if (found != NULL)
		*found = s.n == 1;
	else if (s.n == 0)
		return err_set(err, NOT_FOUND,
			"This does not exist, or no longer; go back and choose again");
	return OK;
}

/* Rows are gathered in chunks that never move, and laid side by side at the end. */
struct chunk {
	struct chunk *next;
	size_t n, max;
	char *rows;
};

struct gathered {
	read_fn *read;
	struct arena *a;
	size_t row_bytes;
	size_t n;
	struct chunk *first, *last;
};

static void add_chunk(struct gathered *g)
{
	struct chunk *c = ARENA_NEW(g->a, struct chunk);
	c->max = g->last == NULL ? 16 : g->last->max < 1024 ? 2 * g->last->max : 1024;
	c->rows = arena_array(g->a, c->max, g->row_bytes);
	if (g->last == NULL)
		g->first = c;
	else
		g->last->next = c;
	g->last = c;
}

static void gather(void *context, const struct row *r)
{
	struct gathered *g = context;
	if (g->last == NULL || g->last->n == g->last->max)
		add_chunk(g);
	g->read(r, g->a, g->last->rows + g->last->n++ * g->row_bytes);
	g->n++;
}

/* All rows, side by side; NULL without any. */
static void *rows_of(const struct gathered *g)
{
	if (g->first == g->last)
		return g->first == NULL ? NULL : g->first->rows;
	char *all = arena_array(g->a, g->n, g->row_bytes);
	char *p = all;
	for (const struct chunk *c = g->first; c != NULL; c = c->next) {
		memcpy(p, c->rows, c->n * g->row_bytes);
		p += c->n * g->row_bytes;
	}
	return all;
}

static const struct statement s_job_claim = {
	.name = "job_claim",
	.sqlite = "UPDATE job\n"
		"SET lease_until_at = ?1\n"
		"WHERE lane = ?2 AND lease_until_at < ?3 AND id = (\n"
		"SELECT next.id FROM job AS next\n"
		"WHERE next.lane = ?2 AND next.run_at <= ?3 AND next.lease_until_at < ?3\n"
		"ORDER BY next.run_at LIMIT 1 )\n"
		"RETURNING id, event_id, kind",
	.postgres = "UPDATE job\n"
		"SET lease_until_at = $1::bigint\n"
		"WHERE lane = $2::bigint AND lease_until_at < $3::bigint AND id = (\n"
		"SELECT next.id FROM job AS next\n"
		"WHERE next.lane = $2::bigint AND next.run_at <= $3::bigint AND next.lease_until_at < $3::bigint\n"
		"ORDER BY next.run_at LIMIT 1 FOR UPDATE SKIP LOCKED )\n"
		"RETURNING id, event_id, kind",
	.n_params = 3,
	.n_columns = 3,
	.index = 0,
	.writes = true,
};

static void read_job_claim(const struct row *r, struct arena *a, void *out)
{
	struct q_job_claim *row = out;
	row->id = row_int(r, 0);
	row->event_id = row_int(r, 1);
	row->kind = row_text(r, 2, a);
}

enum rc q_job_claim(struct tx *tx, struct arena *a, const struct q_job_claim_in *in,
	struct q_job_claim *out, bool *found, struct err *err)
{
	const struct value params[] = {
		INT(in->until),
		INT(in->lane),
		INT(in->now),
	};
	memset(out, 0, sizeof *out);
	*found = false;
	return run_single(tx_db(tx), a, &s_job_claim, params, read_job_claim, out, found, err);
}

static const struct statement s_job_lock = {
	.name = "job_lock",
	.sqlite = "SELECT kind FROM job WHERE lane = ?1 AND id = ?2",
	.postgres = "SELECT kind FROM job WHERE lane = $1::bigint AND id = $2::bigint FOR UPDATE",
	.n_params = 2,
	.n_columns = 1,
	.index = 1,
	.writes = true,
};

static void read_job_lock(const struct row *r, struct arena *a, void *out)
{
	struct q_job_lock *row = out;
	row->kind = row_text(r, 0, a);
}

enum rc q_job_lock(struct tx *tx, struct arena *a, const struct q_job_lock_in *in,
	struct q_job_lock *out, struct err *err)
{
	const struct value params[] = {
		INT(in->lane),
		INT(in->id),
	};
	memset(out, 0, sizeof *out);
	return run_single(tx_db(tx), a, &s_job_lock, params, read_job_lock, out, NULL, err);
}

static const struct statement s_job_count = {
	.name = "job_count",
	.sqlite = "SELECT count(*) AS n_jobs FROM job",
	.postgres = "SELECT count(*) AS n_jobs FROM job",
	.n_params = 0,
	.n_columns = 1,
	.index = 2,
	.writes = false,
};

static void read_job_count(const struct row *r, struct arena *a, void *out)
{
	struct q_job_count *row = out;
	row->n_jobs = row_int(r, 0);
	(void)a;
}

enum rc q_job_count(struct db *db, struct arena *a, struct q_job_count *out,
	struct err *err)
{
	memset(out, 0, sizeof *out);
	return run_single(db, a, &s_job_count, NULL, read_job_count, out, NULL, err);
}

static const struct statement s_account_seen = {
	.name = "account_seen",
	.sqlite = "UPDATE account SET last_seen_at = ?1, locale = ?2 WHERE id = ?3",
	.postgres = "UPDATE account SET last_seen_at = $1::bigint, locale = $2::text WHERE id = $3::bigint",
	.n_params = 3,
	.n_columns = 0,
	.index = 3,
	.writes = true,
};

enum rc q_account_seen(struct tx *tx, const struct q_account_seen_in *in,
	int64_t *n_changed, struct err *err)
{
	const struct value params[] = {
		INT_OR_NULL(in->last_seen_at),
		TEXT(in->locale),
		INT(in->id),
	};
	return statement_run(tx_db(tx), &s_account_seen, params, NULL, NULL, n_changed, err);
}

static const struct statement s_submission_by_code = {
	.name = "submission_by_code",
	.sqlite = "SELECT id, title, state, room_id, submitted_at\n"
		"FROM submission\n"
		"WHERE event_id = ?1 AND code = ?2",
	.postgres = "SELECT id, title, state, room_id, submitted_at\n"
		"FROM submission\n"
		"WHERE event_id = $1::bigint AND code = $2::text",
	.n_params = 2,
	.n_columns = 5,
	.index = 4,
	.writes = false,
};

static void read_submission_by_code(const struct row *r, struct arena *a, void *out)
{
	struct q_submission_by_code *row = out;
	row->id = row_int(r, 0);
	row->title = row_text(r, 1, a);
	row->state = row_text(r, 2, a);
	row->room_id = row_int(r, 3);
	row->submitted_at = row_int(r, 4);
}

enum rc q_submission_by_code(struct db *db, struct arena *a,
	const struct q_submission_by_code_in *in, struct q_submission_by_code *out,
	struct err *err)
{
	const struct value params[] = {
		INT(in->event_id),
		TEXT(in->code),
	};
	memset(out, 0, sizeof *out);
	return run_single(db, a, &s_submission_by_code, params, read_submission_by_code, out, NULL, err);
}

static const struct statement s_submission_find_owner = {
	.name = "submission_find_owner",
	.sqlite = "SELECT person.name, person.pronouns\n"
		"FROM submission\n"
		"JOIN person ON person.event_id = submission.event_id AND person.id = submission.owner_id\n"
		"WHERE submission.event_id = ?1 AND submission.code = ?2\n"
		"AND (submission.owner_id = ?3 OR submission.state = 'submitted')",
	.postgres = "SELECT person.name, person.pronouns\n"
		"FROM submission\n"
		"JOIN person ON person.event_id = submission.event_id AND person.id = submission.owner_id\n"
		"WHERE submission.event_id = $1::bigint AND submission.code = $2::text\n"
		"AND (submission.owner_id = $3::bigint OR submission.state = 'submitted')",
	.n_params = 3,
	.n_columns = 2,
	.index = 5,
	.writes = false,
};

static void read_submission_find_owner(const struct row *r, struct arena *a, void *out)
{
	struct q_submission_find_owner *row = out;
	row->name = row_text(r, 0, a);
	row->pronouns = row_text(r, 1, a);
}

enum rc q_submission_find_owner(struct db *db, struct arena *a,
	const struct q_submission_find_owner_in *in,
	struct q_submission_find_owner *out, bool *found, struct err *err)
{
	const struct value params[] = {
		INT(in->event_id),
		TEXT(in->code),
		INT(in->viewer_id),
	};
	memset(out, 0, sizeof *out);
	*found = false;
	return run_single(db, a, &s_submission_find_owner, params, read_submission_find_owner, out, found, err);
}

static const struct statement s_submission_list = {
	.name = "submission_list",
	.sqlite = "SELECT submission.id, submission.title,\n"
		"count(review.id) AS n_reviews,\n"
		"CAST(avg(review.score) AS DOUBLE PRECISION) AS mean_score,\n"
		"CASE WHEN submission.owner_id = ?1 THEN 1 ELSE 0 END AS is_mine,\n"
		"submission.code || ' -- \"?\" ' || submission.title AS label\n"
		"FROM submission\n"
		"LEFT JOIN review ON review.event_id = submission.event_id\n"
		"AND review.submission_id = submission.id AND review.finished_at IS NOT NULL\n"
		"WHERE submission.event_id = ?2 AND (submission.owner_id = ?1 OR submission.state = 'submitted')\n"
		"GROUP BY submission.event_id, submission.id\n"
		"ORDER BY submission.title, submission.submitted_at DESC NULLS LAST\n"
		"LIMIT ?3",
	.postgres = "SELECT submission.id, submission.title,\n"
		"count(review.id) AS n_reviews,\n"
		"CAST(avg(review.score) AS DOUBLE PRECISION) AS mean_score,\n"
		"CASE WHEN submission.owner_id = $1::bigint THEN 1 ELSE 0 END AS is_mine,\n"
		"submission.code || ' -- \"?\" ' || submission.title AS label\n"
		"FROM submission\n"
		"LEFT JOIN review ON review.event_id = submission.event_id\n"
		"AND review.submission_id = submission.id AND review.finished_at IS NOT NULL\n"
		"WHERE submission.event_id = $2::bigint AND (submission.owner_id = $1::bigint OR submission.state = 'submitted')\n"
		"GROUP BY submission.event_id, submission.id\n"
		"ORDER BY submission.title, submission.submitted_at DESC NULLS LAST\n"
		"LIMIT $3::bigint",
	.n_params = 3,
	.n_columns = 6,
	.index = 6,
	.writes = false,
};

static void read_submission_list(const struct row *r, struct arena *a, void *out)
{
	struct q_submission_list *row = out;
	row->id = row_int(r, 0);
	row->title = row_text(r, 1, a);
	row->n_reviews = row_int(r, 2);
	row->mean_score = row_real(r, 3);
	row->is_mine = row_int(r, 4);
	row->label = row_text(r, 5, a);
}

enum rc q_submission_list(struct db *db, struct arena *a,
	const struct q_submission_list_in *in, struct q_submission_list **rows,
	size_t *n_rows, struct err *err)
{
	const struct value params[] = {
		INT(in->viewer_id),
		INT(in->event_id),
		INT(in->limit),
	};
	struct gathered g = {.read = read_submission_list, .a = a, .row_bytes = sizeof **rows};
	*rows = NULL;
	*n_rows = 0;
	TRY(statement_run(db, &s_submission_list, params, gather, &g, NULL, err));
	*rows = rows_of(&g);
	*n_rows = g.n;
	return OK;
}

static const struct statement s_submission_reviews = {
	.name = "submission_reviews",
	.sqlite = "SELECT submission.title, review.id AS review_id, review.score, review.remark, review.finished_at\n"
		"FROM submission\n"
		"LEFT JOIN review ON review.event_id = submission.event_id AND review.submission_id = submission.id\n"
		"WHERE submission.event_id = ?1 AND submission.owner_id = ?2\n"
		"ORDER BY review.finished_at NULLS LAST, submission.id",
	.postgres = "SELECT submission.title, review.id AS review_id, review.score, review.remark, review.finished_at\n"
		"FROM submission\n"
		"LEFT JOIN review ON review.event_id = submission.event_id AND review.submission_id = submission.id\n"
		"WHERE submission.event_id = $1::bigint AND submission.owner_id = $2::bigint\n"
		"ORDER BY review.finished_at NULLS LAST, submission.id",
	.n_params = 2,
	.n_columns = 5,
	.index = 7,
	.writes = false,
};

static void read_submission_reviews(const struct row *r, struct arena *a, void *out)
{
	struct q_submission_reviews *row = out;
	row->title = row_text(r, 0, a);
	row->review_id = row_int(r, 1);
	row->score = row_real(r, 2);
	row->remark = row_text(r, 3, a);
	row->finished_at = row_int(r, 4);
}

enum rc q_submission_reviews(struct db *db, struct arena *a,
	const struct q_submission_reviews_in *in, struct q_submission_reviews **rows,
	size_t *n_rows, struct err *err)
{
	const struct value params[] = {
		INT(in->event_id),
		INT(in->owner_id),
	};
	struct gathered g = {.read = read_submission_reviews, .a = a, .row_bytes = sizeof **rows};
	*rows = NULL;
	*n_rows = 0;
	TRY(statement_run(db, &s_submission_reviews, params, gather, &g, NULL, err));
	*rows = rows_of(&g);
	*n_rows = g.n;
	return OK;
}

static const struct statement s_submission_add = {
	.name = "submission_add",
	.sqlite = "INSERT INTO submission (event_id, id, code, owner_id, title, state, room_id)\n"
		"VALUES (?1, ?2, ?3, ?4, ?5, 'draft', ?6)",
	.postgres = "INSERT INTO submission (event_id, id, code, owner_id, title, state, room_id)\n"
		"VALUES ($1::bigint, $2::bigint, $3::text, $4::bigint, $5::text, 'draft', $6::bigint)",
	.n_params = 6,
	.n_columns = 0,
	.index = 8,
	.writes = true,
};

enum rc q_submission_add(struct tx *tx, const struct q_submission_add_in *in,
	int64_t *n_changed, struct err *err)
{
	const struct value params[] = {
		INT(in->event_id),
		INT(in->id),
		TEXT(in->code),
		INT(in->owner_id),
		TEXT(in->title),
		INT_OR_NULL(in->place_id),
	};
	return statement_run(tx_db(tx), &s_submission_add, params, NULL, NULL, n_changed, err);
}

static const struct statement s_submission_submit = {
	.name = "submission_submit",
	.sqlite = "UPDATE submission\n"
		"SET state = 'submitted', submitted_at = ?1\n"
		"WHERE event_id = ?2 AND id = ?3 AND state = 'draft'\n"
		"RETURNING submitted_at, code",
	.postgres = "UPDATE submission\n"
		"SET state = 'submitted', submitted_at = $1::bigint\n"
		"WHERE event_id = $2::bigint AND id = $3::bigint AND state = 'draft'\n"
		"RETURNING submitted_at, code",
	.n_params = 3,
	.n_columns = 2,
	.index = 9,
	.writes = true,
};

static void read_submission_submit(const struct row *r, struct arena *a, void *out)
{
	struct q_submission_submit *row = out;
	row->submitted_at = row_int(r, 0);
	row->code = row_text(r, 1, a);
}

enum rc q_submission_submit(struct tx *tx, struct arena *a,
	const struct q_submission_submit_in *in, struct q_submission_submit *out,
	struct err *err)
{
	const struct value params[] = {
		INT_OR_NULL(in->now),
		INT(in->event_id),
		INT(in->id),
	};
	memset(out, 0, sizeof *out);
	return run_single(tx_db(tx), a, &s_submission_submit, params, read_submission_submit, out, NULL, err);
}

static const struct statement s_submission_copy = {
	.name = "submission_copy",
	.sqlite = "INSERT INTO submission (event_id, id, code, owner_id, title, state)\n"
		"SELECT ?1, id + ?2, code || 'x', ?3, title, state\n"
		"FROM submission\n"
		"WHERE event_id = ?1 AND owner_id = ?4 AND state = 'draft'\n"
		"ON CONFLICT (event_id, code) DO NOTHING",
	.postgres = "INSERT INTO submission (event_id, id, code, owner_id, title, state)\n"
		"SELECT $1::bigint, id + $2::bigint, code || 'x', $3::bigint, title, state\n"
		"FROM submission\n"
		"WHERE event_id = $1::bigint AND owner_id = $4::bigint AND state = 'draft'\n"
		"ON CONFLICT (event_id, code) DO NOTHING",
	.n_params = 4,
	.n_columns = 0,
	.index = 10,
	.writes = true,
};

enum rc q_submission_copy(struct tx *tx, const struct q_submission_copy_in *in,
	int64_t *n_changed, struct err *err)
{
	const struct value params[] = {
		INT(in->event_id),
		INT(in->step),
		INT(in->to_id),
		INT(in->from_id),
	};
	return statement_run(tx_db(tx), &s_submission_copy, params, NULL, NULL, n_changed, err);
}

static const struct statement s_submission_delete = {
	.name = "submission_delete",
	.sqlite = "DELETE FROM submission WHERE event_id = ?1 AND id = ?2",
	.postgres = "DELETE FROM submission WHERE event_id = $1::bigint AND id = $2::bigint",
	.n_params = 2,
	.n_columns = 0,
	.index = 11,
	.writes = true,
};

enum rc q_submission_delete(struct tx *tx, const struct q_submission_delete_in *in,
	int64_t *n_changed, struct err *err)
{
	const struct value params[] = {
		INT(in->event_id),
		INT(in->id),
	};
	return statement_run(tx_db(tx), &s_submission_delete, params, NULL, NULL, n_changed, err);
}

static const struct statement s_review_visible = {
	.name = "review_visible",
	.sqlite = "SELECT review.id, review.score, review.remark,\n"
		"row_number() OVER (ORDER BY review.score DESC) AS place\n"
		"FROM review\n"
		"JOIN submission ON submission.event_id = review.event_id AND submission.id = review.submission_id\n"
		"WHERE review.event_id = ?1 AND ((submission.owner_id = ?2 OR submission.state = 'submitted') AND review.finished_at IS NOT NULL)\n"
		"AND (?3 IS NULL OR submission.room_id = ?3)\n"
		"ORDER BY review.score DESC, review.id",
	.postgres = "SELECT review.id, review.score, review.remark,\n"
		"row_number() OVER (ORDER BY review.score DESC) AS place\n"
		"FROM review\n"
		"JOIN submission ON submission.event_id = review.event_id AND submission.id = review.submission_id\n"
		"WHERE review.event_id = $1::bigint AND ((submission.owner_id = $2::bigint OR submission.state = 'submitted') AND review.finished_at IS NOT NULL)\n"
		"AND ($3::bigint IS NULL OR submission.room_id = $3::bigint)\n"
		"ORDER BY review.score DESC, review.id",
	.n_params = 3,
	.n_columns = 4,
	.index = 12,
	.writes = false,
};

static void read_review_visible(const struct row *r, struct arena *a, void *out)
{
	struct q_review_visible *row = out;
	row->id = row_int(r, 0);
	row->score = row_real(r, 1);
	row->remark = row_text(r, 2, a);
	row->place = row_int(r, 3);
}

enum rc q_review_visible(struct db *db, struct arena *a,
	const struct q_review_visible_in *in, struct q_review_visible **rows,
	size_t *n_rows, struct err *err)
{
	const struct value params[] = {
		INT(in->event_id),
		INT(in->viewer_id),
		INT_OR_NULL(in->room_id),
	};
	struct gathered g = {.read = read_review_visible, .a = a, .row_bytes = sizeof **rows};
	*rows = NULL;
	*n_rows = 0;
	TRY(statement_run(db, &s_review_visible, params, gather, &g, NULL, err));
	*rows = rows_of(&g);
	*n_rows = g.n;
	return OK;
}

const struct statement *const statement_table[] = {
	&s_job_claim,
	&s_job_lock,
	&s_job_count,
	&s_account_seen,
	&s_submission_by_code,
	&s_submission_find_owner,
	&s_submission_list,
	&s_submission_reviews,
	&s_submission_add,
	&s_submission_submit,
	&s_submission_copy,
	&s_submission_delete,
	&s_review_visible,
};
const int n_statements = 13;
