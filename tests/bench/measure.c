/*
 * Runs a command and adds a line to a file: the CPU time of it and of its children, in seconds, and
 * the most memory that one of them held, in MiB. Ends as the command ends.
 *
 *   measure FIGURES COMMAND [ARGUMENT]...
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

int main(int argc, char **argv)
{
	struct rusage used;
	int status;
	pid_t pid;

	if (argc < 3) {
		fputs("usage: measure FIGURES COMMAND [ARGUMENT]...\n", stderr);
		return 2;
	}
	pid = fork();
	if (pid == 0) {
		execvp(argv[2], argv + 2);
		perror(argv[2]);
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &status, 0, &used) != pid) {
		perror("measure");
		return 1;
	}
	FILE *figures = fopen(argv[1], "a");
	if (!figures) {
		perror(argv[1]);
		return 1;
	}
	fprintf(figures, "%.3f %.1f\n", seconds(used.ru_utime) + seconds(used.ru_stime),
		(double)used.ru_maxrss / 1024);
	if (fclose(figures) != 0)
		return 1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
