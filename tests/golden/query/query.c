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

static const struct statement s_job_add = {
	.name = "job_add",
	.sqlite = "INSERT INTO job (lane, id, event_id, kind, run_at, lease_until_at)\n"
		"VALUES (?1, ?2, ?3, ?4, ?5, 0)",
	.postgres = "INSERT INTO job (lane, id, event_id, kind, run_at, lease_until_at)\n"
		"VALUES ($1::bigint, $2::bigint, $3::bigint, $4::text, $5::bigint, 0)",
	.n_params = 5,
	.n_columns = 0,
	.index = 4,
	.writes = true,
};

enum rc q_job_add(struct tx *tx, const struct q_job_add_in *in, int64_t *n_changed,
	struct err *err)
{
	const struct value params[] = {
		INT(in->lane),
		INT(in->id),
		INT_OR_NULL(in->event_id),
		TEXT(in->kind),
		INT(in->run_at),
	};
	return statement_run(tx_db(tx), &s_job_add, params, NULL, NULL, n_changed, err);
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
	.index = 5,
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
	.index = 6,
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
	.index = 7,
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
	.index = 8,
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
	.index = 9,
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
	.index = 10,
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
	.index = 11,
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
	.index = 12,
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
	.index = 13,
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

static const struct statement s_submission_titled = {
	.name = "submission_titled",
	.sqlite = "SELECT id FROM submission WHERE event_id = ?1 AND title = ?2",
	.postgres = "SELECT id FROM submission WHERE event_id = $1::bigint AND title = $2::text",
	.n_params = 2,
	.n_columns = 1,
	.index = 14,
	.writes = false,
};

static void read_submission_titled(const struct row *r, struct arena *a, void *out)
{
	struct q_submission_titled *row = out;
	row->id = row_int(r, 0);
	(void)a;
}

enum rc q_submission_titled(struct db *db, struct arena *a,
	const struct q_submission_titled_in *in, struct q_submission_titled *out,
	struct err *err)
{
	const struct value params[] = {
		INT(in->event_id),
		TEXT(in->title),
	};
	memset(out, 0, sizeof *out);
	return run_single(db, a, &s_submission_titled, params, read_submission_titled, out, NULL, err);
}

static const struct statement s_person_add = {
	.name = "person_add",
	.sqlite = "INSERT INTO person (event_id, id, account_id, name, sort_key, pronouns)\n"
		"VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
	.postgres = "INSERT INTO person (event_id, id, account_id, name, sort_key, pronouns)\n"
		"VALUES ($1::bigint, $2::bigint, $3::bigint, $4::text, $5::text, $6::text)",
	.n_params = 6,
	.n_columns = 0,
	.index = 15,
	.writes = true,
};

enum rc q_person_add(struct tx *tx, const struct q_person_add_in *in,
	int64_t *n_changed, struct err *err)
{
	const struct value params[] = {
		INT(in->event_id),
		INT(in->id),
		INT_OR_NULL(in->account_id),
		TEXT(in->name),
		TEXT(in->sort_key),
		TEXT(in->pronouns),
	};
	return statement_run(tx_db(tx), &s_person_add, params, NULL, NULL, n_changed, err);
}

static const struct statement s_review_add = {
	.name = "review_add",
	.sqlite = "INSERT INTO review (event_id, id, submission_id, reviewer_id, score, remark, finished_at)\n"
		"VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
	.postgres = "INSERT INTO review (event_id, id, submission_id, reviewer_id, score, remark, finished_at)\n"
		"VALUES ($1::bigint, $2::bigint, $3::bigint, $4::bigint, $5::double precision, $6::text, $7::bigint)",
	.n_params = 7,
	.n_columns = 0,
	.index = 16,
	.writes = true,
};

enum rc q_review_add(struct tx *tx, const struct q_review_add_in *in,
	int64_t *n_changed, struct err *err)
{
	const struct value params[] = {
		INT(in->event_id),
		INT(in->id),
		INT(in->submission_id),
		INT(in->reviewer_id),
		REAL(in->score),
		TEXT(in->remark),
		INT_OR_NULL(in->finished_at),
	};
	return statement_run(tx_db(tx), &s_review_add, params, NULL, NULL, n_changed, err);
}

static const struct statement s_tricky_with = {
	.name = "tricky_with",
	.sqlite = "WITH RECURSIVE chain (id, depth) AS (\n"
		"SELECT submission.id, 0 FROM submission\n"
		"WHERE submission.event_id = ?1 AND submission.id = ?2\n"
		"UNION ALL\n"
		"SELECT next.id, chain.depth + 1 FROM chain\n"
		"JOIN submission AS next ON next.event_id = ?1 AND next.owner_id = chain.id\n"
		"WHERE chain.depth < 10\n"
		")\n"
		"SELECT id, depth FROM chain\n"
		"UNION\n"
		"SELECT id, 0 FROM review WHERE event_id = ?1\n"
		"ORDER BY depth, id",
	.postgres = "WITH RECURSIVE chain (id, depth) AS (\n"
		"SELECT submission.id, 0 FROM submission\n"
		"WHERE submission.event_id = $1::bigint AND submission.id = $2::bigint\n"
		"UNION ALL\n"
		"SELECT next.id, chain.depth + 1 FROM chain\n"
		"JOIN submission AS next ON next.event_id = $1::bigint AND next.owner_id = chain.id\n"
		"WHERE chain.depth < 10\n"
		")\n"
		"SELECT id, depth FROM chain\n"
		"UNION\n"
		"SELECT id, 0 FROM review WHERE event_id = $1::bigint\n"
		"ORDER BY depth, id",
	.n_params = 2,
	.n_columns = 2,
	.index = 17,
	.writes = false,
};

static void read_tricky_with(const struct row *r, struct arena *a, void *out)
{
	struct q_tricky_with *row = out;
	row->id = row_int(r, 0);
	row->depth = row_int(r, 1);
	(void)a;
}

enum rc q_tricky_with(struct db *db, struct arena *a,
	const struct q_tricky_with_in *in, struct q_tricky_with **rows,
	size_t *n_rows, struct err *err)
{
	const struct value params[] = {
		INT(in->event_id),
		INT(in->id),
	};
	struct gathered g = {.read = read_tricky_with, .a = a, .row_bytes = sizeof **rows};
	*rows = NULL;
	*n_rows = 0;
	TRY(statement_run(db, &s_tricky_with, params, gather, &g, NULL, err));
	*rows = rows_of(&g);
	*n_rows = g.n;
	return OK;
}

static const struct statement s_tricky_aggregates = {
	.name = "tricky_aggregates",
	.sqlite = "SELECT count(*) FILTER (WHERE score < 2) AS n_low,\n"
		"CAST(coalesce(sum(id), 0) AS BIGINT) AS total,\n"
		"max(finished_at) AS newest_at,\n"
		"CASE WHEN count(*) > 0 AND EXISTS (SELECT 1 FROM person\n"
		"WHERE person.event_id = ?1 AND person.pronouns IS NOT DISTINCT FROM ?2)\n"
		"THEN 1 ELSE 0 END AS is_any\n"
		"FROM review WHERE event_id = ?1",
	.postgres = "SELECT count(*) FILTER (WHERE score < 2) AS n_low,\n"
		"CAST(coalesce(sum(id), 0) AS BIGINT) AS total,\n"
		"max(finished_at) AS newest_at,\n"
		"CASE WHEN count(*) > 0 AND EXISTS (SELECT 1 FROM person\n"
		"WHERE person.event_id = $1::bigint AND person.pronouns IS NOT DISTINCT FROM $2::text)\n"
		"THEN 1 ELSE 0 END AS is_any\n"
		"FROM review WHERE event_id = $1::bigint",
	.n_params = 2,
	.n_columns = 4,
	.index = 18,
	.writes = false,
};

static void read_tricky_aggregates(const struct row *r, struct arena *a, void *out)
{
	struct q_tricky_aggregates *row = out;
	row->n_low = row_int(r, 0);
	row->total = row_int(r, 1);
	row->newest_at = row_int(r, 2);
	row->is_any = row_int(r, 3);
	(void)a;
}

enum rc q_tricky_aggregates(struct db *db, struct arena *a,
	const struct q_tricky_aggregates_in *in, struct q_tricky_aggregates *out,
	struct err *err)
{
	const struct value params[] = {
		INT(in->event_id),
		TEXT(in->pronouns),
	};
	memset(out, 0, sizeof *out);
	return run_single(db, a, &s_tricky_aggregates, params, read_tricky_aggregates, out, NULL, err);
}

static const struct statement s_tricky_least = {
	.name = "tricky_least",
	.sqlite = "SELECT min(run_at) AS first_at FROM job WHERE lane = ?1",
	.postgres = "SELECT min(run_at) AS first_at FROM job WHERE lane = $1::bigint",
	.n_params = 1,
	.n_columns = 1,
	.index = 19,
	.writes = false,
};

static void read_tricky_least(const struct row *r, struct arena *a, void *out)
{
	struct q_tricky_least *row = out;
	row->first_at = row_int(r, 0);
	(void)a;
}

enum rc q_tricky_least(struct db *db, struct arena *a,
	const struct q_tricky_least_in *in, struct q_tricky_least *out,
	struct err *err)
{
	const struct value params[] = {
		INT(in->lane),
	};
	memset(out, 0, sizeof *out);
	return run_single(db, a, &s_tricky_least, params, read_tricky_least, out, NULL, err);
}

static const struct statement s_tricky_page = {
	.name = "tricky_page",
	.sqlite = "SELECT id, name, sort_key FROM person\n"
		"WHERE event_id = ?1 AND (sort_key, id) > (?2, ?3)\n"
		"AND id IN (SELECT owner_id FROM submission WHERE event_id = ?1 AND state <> 'draft')\n"
		"AND NOT EXISTS (SELECT 1 FROM review\n"
		"WHERE review.event_id = person.event_id AND review.reviewer_id = person.id)\n"
		"ORDER BY sort_key, id LIMIT 50",
	.postgres = "SELECT id, name, sort_key FROM person\n"
		"WHERE event_id = $1::bigint AND (sort_key, id) > ($2::text, $3::bigint)\n"
		"AND id IN (SELECT owner_id FROM submission WHERE event_id = $1::bigint AND state <> 'draft')\n"
		"AND NOT EXISTS (SELECT 1 FROM review\n"
		"WHERE review.event_id = person.event_id AND review.reviewer_id = person.id)\n"
		"ORDER BY sort_key, id LIMIT 50",
	.n_params = 3,
	.n_columns = 3,
	.index = 20,
	.writes = false,
};

static void read_tricky_page(const struct row *r, struct arena *a, void *out)
{
	struct q_tricky_page *row = out;
	row->id = row_int(r, 0);
	row->name = row_text(r, 1, a);
	row->sort_key = row_text(r, 2, a);
}

enum rc q_tricky_page(struct db *db, struct arena *a,
	const struct q_tricky_page_in *in, struct q_tricky_page **rows,
	size_t *n_rows, struct err *err)
{
	const struct value params[] = {
		INT(in->event_id),
		TEXT(in->after_key),
		INT(in->after_id),
	};
	struct gathered g = {.read = read_tricky_page, .a = a, .row_bytes = sizeof **rows};
	*rows = NULL;
	*n_rows = 0;
	TRY(statement_run(db, &s_tricky_page, params, gather, &g, NULL, err));
	*rows = rows_of(&g);
	*n_rows = g.n;
	return OK;
}

static const struct statement s_tricky_outer = {
	.name = "tricky_outer",
	.sqlite = "SELECT person.name, done.n_done, submission.code\n"
		"FROM person\n"
		"LEFT JOIN (SELECT reviewer_id, count(*) AS n_done FROM review\n"
		"WHERE event_id = ?1 GROUP BY reviewer_id) AS done ON done.reviewer_id = person.id\n"
		"LEFT JOIN submission ON submission.event_id = person.event_id AND submission.owner_id = person.id\n"
		"WHERE person.event_id = ?1\n"
		"ORDER BY person.sort_key, submission.code NULLS FIRST",
	.postgres = "SELECT person.name, done.n_done, submission.code\n"
		"FROM person\n"
		"LEFT JOIN (SELECT reviewer_id, count(*) AS n_done FROM review\n"
		"WHERE event_id = $1::bigint GROUP BY reviewer_id) AS done ON done.reviewer_id = person.id\n"
		"LEFT JOIN submission ON submission.event_id = person.event_id AND submission.owner_id = person.id\n"
		"WHERE person.event_id = $1::bigint\n"
		"ORDER BY person.sort_key, submission.code NULLS FIRST",
	.n_params = 1,
	.n_columns = 3,
	.index = 21,
	.writes = false,
};

static void read_tricky_outer(const struct row *r, struct arena *a, void *out)
{
	struct q_tricky_outer *row = out;
	row->name = row_text(r, 0, a);
	row->n_done = row_int(r, 1);
	row->code = row_text(r, 2, a);
}

enum rc q_tricky_outer(struct db *db, struct arena *a,
	const struct q_tricky_outer_in *in, struct q_tricky_outer **rows,
	size_t *n_rows, struct err *err)
{
	const struct value params[] = {
		INT(in->event_id),
	};
	struct gathered g = {.read = read_tricky_outer, .a = a, .row_bytes = sizeof **rows};
	*rows = NULL;
	*n_rows = 0;
	TRY(statement_run(db, &s_tricky_outer, params, gather, &g, NULL, err));
	*rows = rows_of(&g);
	*n_rows = g.n;
	return OK;
}

static const struct statement s_tricky_upsert = {
	.name = "tricky_upsert",
	.sqlite = "INSERT INTO review (event_id, id, submission_id, reviewer_id, score, remark, finished_at)\n"
		"VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)\n"
		"ON CONFLICT (event_id, submission_id, reviewer_id) DO UPDATE\n"
		"SET score = excluded.score, remark = coalesce(excluded.remark, review.remark),\n"
		"finished_at = excluded.finished_at\n"
		"RETURNING id",
	.postgres = "INSERT INTO review (event_id, id, submission_id, reviewer_id, score, remark, finished_at)\n"
		"VALUES ($1::bigint, $2::bigint, $3::bigint, $4::bigint, $5::double precision, $6::text, $7::bigint)\n"
		"ON CONFLICT (event_id, submission_id, reviewer_id) DO UPDATE\n"
		"SET score = excluded.score, remark = coalesce(excluded.remark, review.remark),\n"
		"finished_at = excluded.finished_at\n"
		"RETURNING id",
	.n_params = 7,
	.n_columns = 1,
	.index = 22,
	.writes = true,
};

static void read_tricky_upsert(const struct row *r, struct arena *a, void *out)
{
	struct q_tricky_upsert *row = out;
	row->id = row_int(r, 0);
	(void)a;
}

enum rc q_tricky_upsert(struct tx *tx, struct arena *a,
	const struct q_tricky_upsert_in *in, struct q_tricky_upsert *out,
	struct err *err)
{
	const struct value params[] = {
		INT(in->event_id),
		INT(in->id),
		INT(in->submission_id),
		INT(in->reviewer_id),
		REAL(in->score),
		TEXT(in->remark),
		INT_OR_NULL(in->finished_at),
	};
	memset(out, 0, sizeof *out);
	return run_single(tx_db(tx), a, &s_tricky_upsert, params, read_tricky_upsert, out, NULL, err);
}

static const struct statement s_tricky_update_from = {
	.name = "tricky_update_from",
	.sqlite = "UPDATE review SET score = review.score + ?1, remark = sent.title\n"
		"FROM (SELECT id, title FROM submission WHERE event_id = ?2 AND state = 'submitted') AS sent\n"
		"WHERE review.event_id = ?2 AND sent.id = review.submission_id",
	.postgres = "UPDATE review SET score = review.score + $1::double precision, remark = sent.title\n"
		"FROM (SELECT id, title FROM submission WHERE event_id = $2::bigint AND state = 'submitted') AS sent\n"
		"WHERE review.event_id = $2::bigint AND sent.id = review.submission_id",
	.n_params = 2,
	.n_columns = 0,
	.index = 23,
	.writes = true,
};

enum rc q_tricky_update_from(struct tx *tx, const struct q_tricky_update_from_in *in,
	int64_t *n_changed, struct err *err)
{
	const struct value params[] = {
		REAL(in->step),
		INT(in->event_id),
	};
	return statement_run(tx_db(tx), &s_tricky_update_from, params, NULL, NULL, n_changed, err);
}

static const struct statement s_tricky_global = {
	.name = "tricky_global",
	.sqlite = "UPDATE job SET event_id = ?1 WHERE lane = ?2 AND id = ?3",
	.postgres = "UPDATE job SET event_id = $1::bigint WHERE lane = $2::bigint AND id = $3::bigint",
	.n_params = 3,
	.n_columns = 0,
	.index = 24,
	.writes = true,
};

enum rc q_tricky_global(struct tx *tx, const struct q_tricky_global_in *in,
	int64_t *n_changed, struct err *err)
{
	const struct value params[] = {
		INT_OR_NULL(in->event_id),
		INT(in->lane),
		INT(in->id),
	};
	return statement_run(tx_db(tx), &s_tricky_global, params, NULL, NULL, n_changed, err);
}

static const struct statement s_tricky_directory = {
	.name = "tricky_directory",
	.sqlite = "SELECT account.email, job.kind, job.event_id\n"
		"FROM job JOIN account ON account.id = job.id\n"
		"WHERE job.lane = ?1 AND job.kind <> 'SELECT * LIKE ''iif(1)'' -- \"'\n"
		"ORDER BY job.run_at",
	.postgres = "SELECT account.email, job.kind, job.event_id\n"
		"FROM job JOIN account ON account.id = job.id\n"
		"WHERE job.lane = $1::bigint AND job.kind <> 'SELECT * LIKE ''iif(1)'' -- \"'\n"
		"ORDER BY job.run_at",
	.n_params = 1,
	.n_columns = 3,
	.index = 25,
	.writes = false,
};

static void read_tricky_directory(const struct row *r, struct arena *a, void *out)
{
	struct q_tricky_directory *row = out;
	row->email = row_text(r, 0, a);
	row->kind = row_text(r, 1, a);
	row->event_id = row_int(r, 2);
}

enum rc q_tricky_directory(struct db *db, struct arena *a,
	const struct q_tricky_directory_in *in, struct q_tricky_directory **rows,
	size_t *n_rows, struct err *err)
{
	const struct value params[] = {
		INT(in->lane),
	};
	struct gathered g = {.read = read_tricky_directory, .a = a, .row_bytes = sizeof **rows};
	*rows = NULL;
	*n_rows = 0;
	TRY(statement_run(db, &s_tricky_directory, params, gather, &g, NULL, err));
	*rows = rows_of(&g);
	*n_rows = g.n;
	return OK;
}

static const struct statement s_finished_of_owner = {
	.name = "finished_of_owner",
	.sqlite = "SELECT submission.title, review.score\n"
		"FROM submission\n"
		"JOIN review ON review.event_id = submission.event_id AND review.submission_id = submission.id\n"
		"WHERE submission.event_id = ?1 AND (submission.owner_id = ?2 OR submission.state = 'submitted') AND (review.score >= ?3 OR review.finished_at IS NOT NULL)\n"
		"ORDER BY review.id",
	.postgres = "SELECT submission.title, review.score\n"
		"FROM submission\n"
		"JOIN review ON review.event_id = submission.event_id AND review.submission_id = submission.id\n"
		"WHERE submission.event_id = $1::bigint AND (submission.owner_id = $2::bigint OR submission.state = 'submitted') AND (review.score >= $3::double precision OR review.finished_at IS NOT NULL)\n"
		"ORDER BY review.id",
	.n_params = 3,
	.n_columns = 2,
	.index = 26,
	.writes = false,
};

static void read_finished_of_owner(const struct row *r, struct arena *a, void *out)
{
	struct q_finished_of_owner *row = out;
	row->title = row_text(r, 0, a);
	row->score = row_real(r, 1);
}

enum rc q_finished_of_owner(struct db *db, struct arena *a,
	const struct q_finished_of_owner_in *in, struct q_finished_of_owner **rows,
	size_t *n_rows, struct err *err)
{
	const struct value params[] = {
		INT(in->event_id),
		INT(in->viewer_id),
		REAL(in->least),
	};
	struct gathered g = {.read = read_finished_of_owner, .a = a, .row_bytes = sizeof **rows};
	*rows = NULL;
	*n_rows = 0;
	TRY(statement_run(db, &s_finished_of_owner, params, gather, &g, NULL, err));
	*rows = rows_of(&g);
	*n_rows = g.n;
	return OK;
}

const struct statement *const statement_table[] = {
	&s_job_claim,
	&s_job_lock,
	&s_job_count,
	&s_account_seen,
	&s_job_add,
	&s_submission_by_code,
	&s_submission_find_owner,
	&s_submission_list,
	&s_submission_reviews,
	&s_submission_add,
	&s_submission_submit,
	&s_submission_copy,
	&s_submission_delete,
	&s_review_visible,
	&s_submission_titled,
	&s_person_add,
	&s_review_add,
	&s_tricky_with,
	&s_tricky_aggregates,
	&s_tricky_least,
	&s_tricky_page,
	&s_tricky_outer,
	&s_tricky_upsert,
	&s_tricky_update_from,
	&s_tricky_global,
	&s_tricky_directory,
	&s_finished_of_owner,
};
const int n_statements = 27;
