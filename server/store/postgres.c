/*
 * PostgreSQL, the engine for more than one server, and the only file that includes its header.
 *
 * What costs here is the way to the server and back. So a command such as BEGIN or SAVEPOINT is not
 * sent when it is given: it waits and travels in front of the next statement, in one exchange
 * (libpq's pipeline mode). A transaction of two statements takes three trips instead of five.
 *
 * A connection that was lost is made again for its next user. What had not been committed is run
 * again by tx.c; a COMMIT whose answer never came is not repeated, because it may have happened.
 */
#include <libpq-fe.h>

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/log.h"
#include "store/engine.h"

enum { N_WRITERS = 8, MAX_WAITING = 16, NUMBER_BYTES = 32 };

struct connection {
	struct db head;
	PGconn *pg;        /* NULL before the first use */
	bool *is_prepared; /* by statement.index */
	const char *waiting[MAX_WAITING];
	int n_waiting;
	bool is_parting; /* a COMMIT of a reader was sent, its answer not read yet */
	int n_places;    /* parameters there is room for */
	const char **texts;
	char (*numbers)[NUMBER_BYTES];
};

struct postgres_row {
	struct row head;
	const PGresult *result;
	int i;
};

static const char *const command_texts[N_CONTROLS] = {
	[CONTROL_BEGIN_READ] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
	[CONTROL_BEGIN_WRITE] = "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE",
	[CONTROL_BEGIN_HOT] = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
	[CONTROL_COMMIT] = "COMMIT",
	[CONTROL_SAVEPOINT] = "SAVEPOINT job",
	[CONTROL_RELEASE] = "RELEASE job",
	[CONTROL_ROLLBACK_TO] = "ROLLBACK TO job",
};

static struct connection *connection_of(struct db *db)
{
	return (struct connection *)db;
}

static bool is_lost(const struct connection *c)
{
	return PQstatus(c->pg) != CONNECTION_OK;
}

/* The transaction exists on our side only: nothing of it has been sent. */
static bool is_unsent(const struct connection *c)
{
	return c->n_waiting > 0 && strncmp(c->waiting[0], "BEGIN", 5) == 0;
}

/* ---- errors ---- */

/* Never the detail field: it quotes the values of the row. */
static const char *detail_of(const struct connection *c, const PGresult *r)
{
	const char *text = r ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	return text ? text : PQerrorMessage(c->pg);
}

static enum rc fail(struct connection *c, const char *what, const PGresult *r, struct err *err)
{
	const char *sqlstate = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
	const char *code = sqlstate ? sqlstate : "lost";
	bool is_retry = false;
	enum failure failure = FAILURE_OURS;
	if (sqlstate || is_lost(c))
		failure = failure_of_sqlstate(sqlstate, &is_retry);
	if (failure == FAILURE_OURS) {
		err_internal(err, "postgres %s sqlstate=%s %s", what, code, detail_of(c, r));
		return INTERNAL;
	}
	log_event(failure == FAILURE_BUSY ? LOG_INFO : LOG_DEBUG, "postgres",
		"statement=%s sqlstate=%s", log_value(c->head.arena, what), code);
	c->head.is_retry = is_retry;
	return failure_set(err, failure);
}

/* ---- connecting ---- */

static void hear_nothing(void *context, const char *message)
{
	(void)context, (void)message;
}

/* What stands before dbname is a default that the URL may change; what stands after it is not. */
static void *connect_here(void *context)
{
	struct connection *c = context;
	static const char *const names[] = {"connect_timeout", "keepalives_idle",
		"keepalives_interval", "keepalives_count", "tcp_user_timeout",
		"fallback_application_name", "dbname", "client_encoding", NULL};
	const char *values[] = {"5", "30", "10", "3", "20000", "symposiarch",
		c->head.store->database, "UTF8", NULL};
	c->pg = PQconnectdbParams(names, values, 1);
	PQsetNoticeProcessor(c->pg, hear_nothing, NULL);
	return NULL;
}

/* Resolving names and TLS want more stack than a request's thread has. */
static void connect_on_wide_stack(struct connection *c)
{
	pthread_t thread;
	PQfinish(c->pg);
	c->pg = NULL;
	c->is_parting = false;
	memset(c->is_prepared, 0, (size_t)n_statements * sizeof *c->is_prepared);
	if (pthread_create(&thread, NULL, connect_here, c) == 0)
		pthread_join(thread, NULL);
	else
		connect_here(c);
}

#define SETTINGS                                                                                   \
	"SET statement_timeout = '30s'; SET lock_timeout = '5s';"                                  \
	"SET idle_in_transaction_session_timeout = '30s'"
static const char writer_settings[] = SETTINGS;
static const char reader_settings[] = SETTINGS "; SET default_transaction_read_only = on";

static enum rc connect_again(struct connection *c, struct err *err)
{
	connect_on_wide_stack(c);
	if (is_lost(c)) {
		log_event(LOG_WARN, "postgres-unreachable", "detail=%s",
			log_value(c->head.arena, PQerrorMessage(c->pg)));
		c->head.is_retry = true;
		return failure_set(err, FAILURE_UNREACHABLE);
	}
	const char *encoding = PQparameterStatus(c->pg, "server_encoding");
	if (!encoding || strcmp(encoding, "UTF8") != 0)
		return err_set(err, INVALID,
			"The PostgreSQL database must have the encoding UTF8; create a new one");
	bool is_reader = c->head.access == ACCESS_READ;
	PGresult *r = PQexec(c->pg, is_reader ? reader_settings : writer_settings);
	enum rc rc = PQresultStatus(r) == PGRES_COMMAND_OK ? OK : fail(c, "settings", r, err);
	PQclear(r);
	return rc;
}

static enum rc postgres_ready(struct db *db, struct err *err)
{
	struct connection *c = connection_of(db);
	c->n_waiting = 0;
	if (c->is_parting) {
		PGresult *r;
		while ((r = PQgetResult(c->pg)) != NULL)
			PQclear(r);
		c->is_parting = false;
	}
	bool is_fit = c->pg && !is_lost(c) && PQpipelineStatus(c->pg) == PQ_PIPELINE_OFF &&
		      PQtransactionStatus(c->pg) == PQTRANS_IDLE;
	return is_fit ? OK : connect_again(c, err);
}

static enum rc postgres_open(struct store *s, enum access access, struct db **out, struct err *err)
{
	(void)err;
	struct connection *c = heap_alloc(sizeof *c);
	c->head.store = s;
	c->head.access = access;
	c->is_prepared = heap_alloc((size_t)n_statements * sizeof *c->is_prepared);
	*out = &c->head;
	return OK;
}

static void postgres_close(struct db *db)
{
	struct connection *c = connection_of(db);
	PQfinish(c->pg);
	heap_free(c->is_prepared);
	heap_free(c->texts);
	heap_free(c->numbers);
	heap_free(c);
}

/* ---- one exchange ---- */

/* The parameters as libpq wants them: texts, in places that belong to the connection. */
static const char *const *write_texts(
	struct connection *c, const struct statement *st, const struct value *params)
{
	if (st->n_params > c->n_places) {
		c->n_places = st->n_params;
		c->texts = heap_resize(c->texts, (size_t)c->n_places * sizeof *c->texts);
		c->numbers = heap_resize(c->numbers, (size_t)c->n_places * sizeof *c->numbers);
	}
	for (int i = 0; i < st->n_params; i++) {
		const struct value *v = &params[i];
		char *number = c->numbers[i];
		c->texts[i] = number;
		if (v->kind == VALUE_TEXT)
			c->texts[i] = v->text;
		else if (v->kind == VALUE_REAL)
			snprintf(number, NUMBER_BYTES, "%.17g", v->real);
		else if (v->is_null_when_zero && v->i == 0)
			c->texts[i] = NULL;
		else
			snprintf(number, NUMBER_BYTES, "%lld", (long long)v->i);
	}
	return c->texts;
}

struct exchange {
	const struct statement *st; /* or NULL */
	const struct value *params;
	const char *text; /* a last command, or NULL */
	int n_sent;
	int n_prepare; /* which of them prepares st; -1: none */
};

static bool send_text(struct connection *c, const char *text, struct exchange *x)
{
	x->n_sent++;
	return PQsendQueryParams(c->pg, text, 0, NULL, NULL, NULL, NULL, 0) == 1;
}

static bool send_statement(struct connection *c, struct exchange *x)
{
	const struct statement *st = x->st;
	const char *const *texts = write_texts(c, st, x->params);
	bool sent = true;
	if (st->index < 0) {
		x->n_sent++;
		return PQsendQueryParams(
			       c->pg, st->postgres, st->n_params, NULL, texts, NULL, NULL, 0) == 1;
	}
	if (!c->is_prepared[st->index]) {
		x->n_prepare = x->n_sent++;
		sent = PQsendPrepare(c->pg, st->name, st->postgres, 0, NULL) == 1;
	}
	x->n_sent++;
	return sent &&
	       PQsendQueryPrepared(c->pg, st->name, st->n_params, texts, NULL, NULL, 0) == 1;
}

static bool send_all(struct connection *c, struct exchange *x)
{
	bool sent = PQenterPipelineMode(c->pg) == 1;
	for (int i = 0; sent && i < c->n_waiting; i++)
		sent = send_text(c, c->waiting[i], x);
	if (sent && x->st)
		sent = send_statement(c, x);
	if (sent && x->text)
		sent = send_text(c, x->text, x);
	return sent && PQpipelineSync(c->pg) == 1;
}

static bool is_good(const PGresult *r)
{
	ExecStatusType status = PQresultStatus(r);
	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* The answers, each followed by NULL, up to the one of the sync; keeps the first bad or the last.
 */
static PGresult *receive_all(struct connection *c, const struct exchange *x)
{
	PGresult *kept = NULL;
	for (int i = 0; i <= x->n_sent;) {
		PGresult *r = PQgetResult(c->pg);
		if (!r) {
			if (is_lost(c))
				break;
			i++;
			continue;
		}
		if (PQresultStatus(r) == PGRES_PIPELINE_SYNC) {
			PQclear(r);
			break;
		}
		if (i == x->n_prepare && is_good(r))
			c->is_prepared[x->st->index] = true;
		if (kept && !is_good(kept)) {
			PQclear(r);
		} else {
			PQclear(kept);
			kept = r;
		}
	}
	return kept;
}

/*
 * Sends what waits and the statement or command of x, and reads all answers. The result is the
 * answer to the last command, or the first bad one, or NULL; PQclear is due.
 */
static PGresult *exchange_all(struct connection *c, struct exchange x)
{
	x.n_sent = 0;
	x.n_prepare = -1;
	PGresult *r = NULL;
	if (!is_lost(c) && send_all(c, &x))
		r = receive_all(c, &x);
	PQexitPipelineMode(c->pg);
	return r;
}

/*
 * As exchange_all; a connection that turns out to be dead before anything of the transaction was
 * sent is made again once, so that a restart of the server goes unnoticed.
 */
static PGresult *exchange_fresh(struct connection *c, struct exchange x, struct err *err)
{
	bool is_start = is_unsent(c);
	PGresult *r = exchange_all(c, x);
	if (is_start && is_lost(c) && (!r || !is_good(r))) {
		struct err unheard = err_in(err->arena);
		PQclear(r);
		r = connect_again(c, &unheard) == OK ? exchange_all(c, x) : NULL;
	}
	c->n_waiting = 0;
	return r;
}

/* ---- transactions ---- */

static enum rc send_waiting(struct connection *c, struct err *err)
{
	PGresult *r = exchange_fresh(c, (struct exchange){0}, err);
	enum rc rc = r && is_good(r) ? OK : fail(c, "waiting commands", r, err);
	PQclear(r);
	return rc;
}

static enum rc let_wait(struct connection *c, const char *text, struct err *err)
{
	if (c->n_waiting == MAX_WAITING)
		TRY(send_waiting(c, err));
	c->waiting[c->n_waiting++] = text;
	return OK;
}

static enum rc commit_read(struct connection *c)
{
	/* Nothing depends on the answer, so the next user of the connection reads it. */
	c->n_waiting = 0;
	c->is_parting = PQsendQuery(c->pg, command_texts[CONTROL_COMMIT]) == 1;
	return OK;
}

static enum rc commit_write(struct connection *c, struct err *err)
{
	const char *text = command_texts[CONTROL_COMMIT];
	if (is_lost(c)) /* before it was sent, so there is no doubt */
		return fail(c, text, NULL, err);
	PGresult *r = exchange_all(c, (struct exchange){.text = text});
	c->n_waiting = 0;
	const char *sqlstate = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
	const char *code = sqlstate ? sqlstate : "lost";
	bool is_refused = strcmp(code, "40001") == 0 || strcmp(code, "40P01") == 0 ||
			  strncmp(code, "23", 2) == 0;
	bool is_done = r && is_good(r) && strcmp(PQcmdStatus(r), text) == 0;
	enum rc rc = is_done ? OK : INTERNAL;
	if (is_refused)
		rc = fail(c, text, r, err);
	else if (!is_done) /* it may have happened: neither BUSY nor a re-run would be right */
		err_internal(err, "postgres COMMIT sqlstate=%s %s", code, detail_of(c, r));
	PQclear(r);
	return rc;
}

static enum rc roll_back(struct connection *c, struct err *err)
{
	c->n_waiting = 0;
	PGTransactionStatusType status = PQtransactionStatus(c->pg);
	if (status != PQTRANS_INTRANS && status != PQTRANS_INERROR)
		return OK;
	PGresult *r = exchange_all(c, (struct exchange){.text = "ROLLBACK"});
	/* A connection that was lost has rolled back, too. */
	enum rc rc = is_lost(c) || (r && is_good(r)) ? OK : fail(c, "ROLLBACK", r, err);
	PQclear(r);
	return rc;
}

static enum rc postgres_control(struct db *db, enum control what, struct err *err)
{
	struct connection *c = connection_of(db);
	switch (what) {
	case CONTROL_COMMIT:
		if (is_unsent(c)) {
			c->n_waiting = 0;
			return OK;
		}
		return db->access == ACCESS_READ ? commit_read(c) : commit_write(c, err);
	case CONTROL_ROLLBACK:
		return roll_back(c, err);
	case CONTROL_BEGIN_READ:
	case CONTROL_BEGIN_WRITE:
	case CONTROL_BEGIN_HOT:
	case CONTROL_SAVEPOINT:
	case CONTROL_RELEASE:
	case CONTROL_ROLLBACK_TO:
	case N_CONTROLS:
		break;
	}
	return let_wait(c, command_texts[what], err);
}

static bool postgres_is_in_transaction(const struct db *db)
{
	const struct connection *c = (const struct connection *)db;
	PGTransactionStatusType status = PQtransactionStatus(c->pg);
	return is_unsent(c) || status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

/* ---- statements ---- */

static enum rc postgres_run(struct db *db, const struct statement *st, const struct value *params,
	void (*on_row)(void *context, const struct row *r), void *context, int64_t *n_changed,
	struct err *err)
{
	struct connection *c = connection_of(db);
	assert(st->index < n_statements);
	PGresult *r = exchange_fresh(c, (struct exchange){.st = st, .params = params}, err);
	if (!r || !is_good(r)) {
		enum rc rc = fail(c, st->name, r, err);
		PQclear(r);
		return rc;
	}
	assert(PQnfields(r) == st->n_columns);
	struct postgres_row row = {.head.ops = &postgres_ops, .result = r};
	for (int n_rows = PQntuples(r); on_row && row.i < n_rows; row.i++)
		on_row(context, &row.head);
	if (st->writes && !str_to_i64(str_from(PQcmdTuples(r)), n_changed))
		*n_changed = 0;
	PQclear(r);
	return OK;
}

static enum rc postgres_script(struct db *db, const char *sql, struct err *err)
{
	struct connection *c = connection_of(db);
	/* A migration may take its time. */
	TRY(let_wait(c, "SET LOCAL statement_timeout = 0", err));
	TRY(send_waiting(c, err));
	PGresult *r = PQexec(c->pg, sql);
	enum rc rc = is_good(r) ? OK : fail(c, "script", r, err);
	PQclear(r);
	return rc;
}

/* NULL for NULL. */
static const char *value_at(const struct row *r, int column)
{
	const struct postgres_row *row = (const struct postgres_row *)r;
	if (PQgetisnull(row->result, row->i, column))
		return NULL;
	return PQgetvalue(row->result, row->i, column);
}

static double postgres_row_real(const struct row *r, int column)
{
	const char *text = value_at(r, column);
	return text ? strtod(text, NULL) : 0;
}

static int64_t postgres_row_int(const struct row *r, int column)
{
	int64_t n = 0;
	const char *text = value_at(r, column);
	if (!text || str_to_i64(str_from(text), &n))
		return n;
	/* What SQLite makes of these: a truth is 1, a fraction is cut. */
	return text[0] == 't' ? 1 : (int64_t)postgres_row_real(r, column);
}

static const char *postgres_row_text(const struct row *r, int column, struct arena *a)
{
	return arena_strdup(a, value_at(r, column));
}

const struct engine_ops postgres_ops = {
	.kind = ENGINE_POSTGRES,
	.n_writers = N_WRITERS,
	.open = postgres_open,
	.close = postgres_close,
	.ready = postgres_ready,
	.control = postgres_control,
	.is_in_transaction = postgres_is_in_transaction,
	.run = postgres_run,
	.script = postgres_script,
	.row_int = postgres_row_int,
	.row_real = postgres_row_real,
	.row_text = postgres_row_text,
};
