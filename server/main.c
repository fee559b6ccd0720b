/* The command line: which sub-command, with which settings. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "app.h"
#include "base/log.h"
#include "commands.h"

struct command {
	const char *name;
	int (*run)(struct arena *a, int argc, char **argv);
	const char *help;
};

static const struct command commands[] = {
	{"demo", command_demo, "a symposium with invented people: demo [--stage STAGE]"},
	{"serve", command_serve, "answer browsers until stopped"},
	{"check", command_check, "settings, templates, database: is everything sound?"},
	{"user", command_user, "user add EMAIL [--name NAME] [--operator]: prints a sign-in link"},
	{"backup", command_backup, "backup DIRECTORY: a verified copy of database and uploads"},
	{"restore", command_restore, "restore DIRECTORY: into an empty data directory"},
	{"print", command_print, "print KIND < model.json > document.pdf; print --list"},
	{"optimise", command_optimise,
		"optimise assign|allocate|timetable|verify INSTANCE: see optimise --help"},
	{"routes", command_routes, "every path with its capability; --json"},
	{"version", command_version, "what this is"},
};

enum { N_COMMANDS = sizeof(commands) / sizeof(commands[0]) };

static void usage(FILE *out)
{
	struct arena *a = arena_new();
	struct buf b = buf_in(a, 64 * 1024);

	fprintf(out, "Symposiarch runs a whole symposium.\n\nusage: symposiarch COMMAND [SETTINGS] "
		     "[ARGUMENTS]\n\n");
	for (size_t i = 0; i < N_COMMANDS; i++)
		fprintf(out, "  %-9s %s\n", commands[i].name, commands[i].help);
	config_help(&b);
	fprintf(out, "\nsettings:\n%s", buf_cstr(&b));
	arena_free(a);
}

int main(int argc, char **argv)
{
	struct arena *a;
	int status;

	signal(SIGPIPE, SIG_IGN);
	if (argc < 2) {
		usage(stderr);
		return 2;
	}
	if (text_equal(argv[1], "help") || text_equal(argv[1], "--help")) {
		usage(stdout);
		return 0;
	}
	for (size_t i = 0; i < N_COMMANDS; i++) {
		if (!text_equal(commands[i].name, argv[1]))
			continue;
		a = arena_new();
		status = commands[i].run(a, argc - 2, argv + 2);
		arena_free(a);
		return status;
	}
	fprintf(stderr, "symposiarch: there is no command \"%s\"\n\n", argv[1]);
	usage(stderr);
	return 2;
}
