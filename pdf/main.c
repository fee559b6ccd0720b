/*
 * The executable of print, symposiarch-print: documents from the command line, and the workers of
 * the server. It is linked with what printing needs and nothing else, so that a process that reads
 * strangers' pictures and fonts has no network library or database to be misled into, and does not
 * spend time and memory on loading them.
 */
#include "pdf/print.h"
#include "pdf/worker.h"

#include <signal.h>
#include <string.h>

int main(int argc, char **argv)
{
	signal(SIGPIPE, SIG_IGN);
	if (argc == 2 && strcmp(argv[1], WORKER_ARGUMENT) == 0)
		return print_worker();
	return print_command(argc - 1, argv + 1);
}
