/* The sub-commands that need more than a line. */
#include "commands.h"
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "base/text.h"
#include "demo/demo.h"
#include "domain/account.h"
#include "pages/page.h"
#include "pdf/worker.h"
#include "store/backup.h"
#include "store/migrate.h"

#ifndef VERSION
#define VERSION "0.1"
#endif

int command_fail(const struct err *err)
{
	fprintf(stderr, "symposiarch: %s\n", err->message ? err->message : rc_name(err->rc));
	for (const struct field_error *e = err->fields; e; e = e->next)
		fprintf(stderr, "  %s: %s\n", e->field, e->message);
	return 1;
}

static void log_level_set(const char *word)
{
	static const char *const words[] = {"debug", "info", "warn", "error"};

	for (size_t i = 0; i < 4; i++)
		if (text_equal(words[i], word))
			log_set_level((enum log_level)i);
}

/* On a failure everything that was opened is closed; the arena goes with main. */
int command_open(struct arena *a, int argc, char **argv, struct app *app, int *rest)
{
	struct config *config = ARENA_NEW(a, struct config);
	struct err err = err_in(a);

	if (config_read(a, argc, argv, config, rest, &err) != OK)
		return command_fail(&err);
	log_level_set(config->log_level);
	if (app_open(a, config, app, &err) != OK) {
		int status = command_fail(&err);
		app_close(app);
		return status;
	}
	return 0;
}

/*
 * What ends a server is taken by sigwait alone. Blocked before the first thread starts, which is
 * the store's: one that had them open would end the program at once.
 */
static sigset_t block_ends(void)
{
	sigset_t ends;

	sigemptyset(&ends);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &ends, NULL);
	return ends;
}

int command_run(struct app *app, enum rc (*ready)(struct app *, struct arena *, struct err *))
{
	struct arena *a = arena_new();
	struct err err = err_in(a);
	sigset_t ends = block_ends();
	int caught = 0, status = 0;

	if (app_serve(app, &err) != OK) {
		status = command_fail(&err);
	} else {
		printf("listening on http://%s:%d\n", app->config->address, http_port(app->http));
		fflush(stdout);
		if (ready && ready(app, a, &err) != OK)
			status = command_fail(&err);
		sigwait(&ends, &caught);
		log_event(LOG_INFO, "stop", "signal=%d", caught);
	}
	arena_free(a);
	return status;
}

int command_serve(struct arena *a, int argc, char **argv)
{
	struct app app = {0};
	int rest, status;

	block_ends();
	status = command_open(a, argc, argv, &app, &rest);
	if (status)
		return status;
	status = command_run(&app, NULL);
	app_close(&app);
	return status;
}

int command_check(struct arena *a, int argc, char **argv)
{
	struct app app = {0};
	struct err err = err_in(a);
	struct buf b = buf_in(a, 64 * 1024);
	int rest, status = command_open(a, argc, argv, &app, &rest);

	if (status)
		return status;
	route_table_check(page_routes());
	config_print(app.config, &b);
	fputs(buf_cstr(&b), stdout);
	if (store_check(app.store, &err) != OK ||
		print_program_check(app.print_program, &err) != OK)
		status = command_fail(&err);
	else
		printf("schema %d, templates and statements: sound\n", migrate_version(app.store));
	app_close(&app);
	return status;
}

/* ---- demo ---- */

enum { RUSH_MAX = 10000 };

struct demo_flags {
	enum demo_stage stage;
	int64_t now_ms;
	bool is_served;
	bool is_now_given; /* then the clock goes on from there */
	int64_t n_attendees; /* of a rush to rehearse */
};

static enum rc demo_flags_read(int argc, char **argv, struct demo_flags *out, struct err *err)
{
	for (int i = 0; i < argc; i++) {
		const char *value = i + 1 < argc ? argv[i + 1] : "";
		int64_t seed;

		if (text_equal(argv[i], "--no-serve")) {
			out->is_served = false;
			continue;
		}
		if (text_equal(argv[i], "--stage") && demo_stage_parse(value, &out->stage))
			i++;
		else if (text_equal(argv[i], "--seed") && str_to_i64(str_from(value), &seed)) {
			random_seed((uint64_t)seed);
			i++;
		} else if (text_equal(argv[i], "--now") &&
			clock_parse_rfc3339(str_from(value), &out->now_ms)) {
			out->is_now_given = true;
			i++;
		} else if (text_equal(argv[i], "--attendees") &&
			str_to_i64(str_from(value), &out->n_attendees) &&
			out->n_attendees > 0 && out->n_attendees <= RUSH_MAX)
			i++;
		else
			return err_set(err, INVALID,
				"usage: symposiarch demo [SETTINGS] [--stage call|review|programme|"
				"wishes|live|over] [--seed N] [--now 2027-05-01T10:00:00Z] "
				"[--attendees N] [--no-serve]");
	}
	return OK;
}

/* Makes the demo when the store is empty; an existing one is served as it is. */
static enum rc demo_ensure(struct app *app, struct arena *a, const struct demo_flags *flags,
	struct err *err)
{
	bool is_empty;

	TRY(demo_is_wanted(app, &is_empty, err));
	if (is_empty)
		TRY(demo_make(app, a, flags->stage, flags->now_ms, err));
	if (flags->is_now_given)
		clock_set(flags->now_ms, false);
	return is_empty && flags->n_attendees ?
		demo_make_rush(app, a, (size_t)flags->n_attendees, err) :
		OK;
}

int command_demo(struct arena *a, int argc, char **argv)
{
	struct app app = {0};
	struct err err = err_in(a);
	struct demo_flags flags = {DEMO_CALL, clock_now_ms(), true, false, 0};
	struct config *config;
	int rest, status;

	block_ends();
	status = command_open(a, argc, argv, &app, &rest);
	if (status)
		return status;
	config = arena_alloc(a, sizeof(*config));
	*config = *app.config;
	config->demo = true;
	app.config = config;
	if (demo_flags_read(argc - rest, argv + rest, &flags, &err) != OK ||
		demo_ensure(&app, a, &flags, &err) != OK)
		status = command_fail(&err);
	else if (flags.is_served)
		status = command_run(&app, demo_print_links);
	else if (demo_print_links(&app, a, &err) != OK)
		status = command_fail(&err);
	app_close(&app);
	return status;
}

/* ---- user add ---- */

struct user_add {
	const char *email, *name, *token;
	bool is_operator;
};

static enum rc user_create(struct tx *tx, void *arg, struct err *err)
{
	const struct user_add *u = arg;
	int64_t account_id;

	TRY(account_ensure(tx, u->email, u->name, u->is_operator, &account_id, err));
	return signin_link_create(tx,
		&(struct signin_link_new){
			.email = u->email,
			.name = u->name,
			.next_path = u->is_operator ? "/events/new" : "/",
			.token = u->token,
			.lifetime_s = 24 * 3600,
		},
		err);
}

int command_user(struct arena *a, int argc, char **argv)
{
	struct app app = {0};
	struct err err = err_in(a);
	struct user_add u = {.name = "", .token = token_new(a)};
	int rest, status = command_open(a, argc, argv, &app, &rest);

	if (status)
		return status;
	if (rest + 1 < argc && text_equal(argv[rest], "add"))
		u.email = email_clean(a, str_from(argv[rest + 1]));
	for (int i = rest + 2; i < argc; i++) {
		if (text_equal(argv[i], "--operator"))
			u.is_operator = true;
		else if (text_equal(argv[i], "--name") && i + 1 < argc)
			u.name = text_clean(a, str_from(argv[++i]), TEXT_LINE);
	}
	if (!u.email || !u.name)
		err_set(&err, INVALID, "usage: symposiarch user add EMAIL [--name NAME] [--operator]");
	else if (tx_run(app.store, TX_NORMAL, 0, user_create, &u, &err) == OK)
		printf("%s/signin/%s\n", app_url(&app, a), u.token);
	status = err.rc == OK ? 0 : command_fail(&err);
	app_close(&app);
	return status;
}

/* ---- backup ---- */

int command_backup(struct arena *a, int argc, char **argv)
{
	struct app app = {0};
	struct err err = err_in(a);
	int rest, status = command_open(a, argc, argv, &app, &rest);

	if (status)
		return status;
	if (rest >= argc)
		err_set(&err, INVALID, "usage: symposiarch backup DIRECTORY");
	else if (backup_write(app.store, app.blobs, argv[rest], &err) == OK)
		printf("backup verified in %s\n", argv[rest]);
	status = err.rc == OK ? 0 : command_fail(&err);
	app_close(&app);
	return status;
}

int command_restore(struct arena *a, int argc, char **argv)
{
	struct config config;
	struct err err = err_in(a);
	int rest;

	if (config_read(a, argc, argv, &config, &rest, &err) == OK) {
		if (rest >= argc)
			err_set(&err, INVALID, "usage: symposiarch restore DIRECTORY");
		else if (backup_restore(argv[rest], config.data, &err) == OK)
			printf("restored into %s\n", config.data);
	}
	return err.rc == OK ? 0 : command_fail(&err);
}

/* ---- the rest ---- */

/* Print is a program of its own (pdf/main.c): this one becomes it. */
int command_print(struct arena *a, int argc, char **argv)
{
	struct err err = err_in(a);
	const char *program = print_program(a);
	char **arguments = ARENA_ARRAY(a, (size_t)argc + 2, char *);

	arguments[0] = arena_strdup(a, program);
	for (int i = 0; i < argc; i++)
		arguments[i + 1] = argv[i];
	if (print_program_check(program, &err) == OK) {
		execv(program, arguments);
		err_set(&err, INVALID, "Cannot start %s: %s", program, strerror(errno));
	}
	return command_fail(&err);
}

int command_routes(struct arena *a, int argc, char **argv)
{
	struct buf b = buf_in(a, 4 << 20);

	route_table_check(page_routes());
	route_table_print(page_routes(), argc && text_equal(argv[0], "--json"), &b);
	fputs(buf_cstr(&b), stdout);
	return 0;
}

int command_version(struct arena *a, int argc, char **argv)
{
	(void)a;
	(void)argc;
	(void)argv;
	printf("Symposiarch " VERSION "\n");
	return 0;
}
