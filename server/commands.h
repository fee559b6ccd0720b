/* The sub-commands of main.c. Each gets what follows its name and returns the exit status. */
#ifndef COMMANDS_H
#define COMMANDS_H

#include "app.h"

int command_demo(struct arena *a, int argc, char **argv);
int command_serve(struct arena *a, int argc, char **argv);
int command_check(struct arena *a, int argc, char **argv);
int command_user(struct arena *a, int argc, char **argv);
int command_backup(struct arena *a, int argc, char **argv);
int command_restore(struct arena *a, int argc, char **argv);
int command_print(struct arena *a, int argc, char **argv);
int command_optimise(struct arena *a, int argc, char **argv);
int command_routes(struct arena *a, int argc, char **argv);
int command_version(struct arena *a, int argc, char **argv);

/* Prints an error as a command does: the sentence, then the fields. Returns 1. */
int command_fail(const struct err *err);
/* Reads the settings and opens the store; 0 on success. */
int command_open(struct arena *a, int argc, char **argv, struct app *app, int *rest);
/* Serves until SIGINT or SIGTERM. `ready` (may be NULL) runs once the port is open. */
int command_run(struct app *app, enum rc (*ready)(struct app *, struct arena *, struct err *));

#endif
