/* Where the executable of print is. */
#include "pdf/worker.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

/* The kernel knows the file; the name a program was started by may be a link from elsewhere. */
const char *print_program(struct arena *a)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self);
	while (n > 0 && self[--n] != '/')
		continue;
	return arena_printf(a, "%.*s/symposiarch-print", n > 0 ? (int)n : 0, self);
}

enum rc print_program_check(const char *program, struct err *err)
{
	if (access(program, X_OK) == 0)
		return OK;
	return err_set(err, INVALID,
		"Nothing can be printed without %s: %s; it is built with symposiarch and belongs "
		"beside it",
		program, strerror(errno));
}
