/* symposiarch optimise: instances from files, progress on a terminal, one line of JSON. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#include "commands.h"
#include "optimise/spot.h"
#include "optimise_kinds.h"

enum { MAX_SECONDS = 86400, DEFAULT_SECONDS = 60, SOLUTION_MAX_BYTES = 64 << 20 };

static const struct {
	const char *name;
	optimise_fn solve;
	const char *beside; /* the ending of a second file, instead of .json */
	const char *value;  /* what the value is, for people */
} kinds[] = {
	{"assign", optimise_assign, ".csv", "total"},
	{"allocate", optimise_allocate, NULL, "points"},
	{"timetable", optimise_timetable, NULL, "penalty"},
	{"verify", optimise_verify, NULL, "points"},
};

enum { N_KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static const char help[] =
	"usage: symposiarch optimise KIND INSTANCE [OPTIONS]\n\n"
	"  assign      reviewers to submissions: review-1, NAME.json with NAME.csv beside it\n"
	"  allocate    seats in masterclasses by ranked wishes: allocation-1\n"
	"  timetable   sessions into rooms and slots: timetable-1\n"
	"  verify      a published result of an allocation: allocation-result-1\n\n"
	"  --seconds N   the clock may run so long (60); 0: as long as the work takes\n"
	"  --seed N      the lots; the same seed gives the same result (1)\n"
	"  --out FILE    writes the solution there\n"
	"  --result FILE allocate: writes there what can be published, and verified by anybody\n"
	"  --strict      timetable: nobody and no track in two places at once, one room a track\n"
	"  --fair        assign: the submission served worst as well as can be, at the least loss\n"
	"  --fairest     assign: also the next worst, and so on, whatever that costs\n"
	"  --draft       allocate: by lot, in turns\n\n"
	"Prints one line of JSON: value, bound, gap, certificate (true: proved by a checker of its\n"
	"own), what the kind adds, seconds, peak_mib, seed.\n";

struct wish {
	size_t kind;
	const char *path, *out, *result;
	struct optimise_question question;
	struct effort effort;
};

/* ---- what was typed ---- */

static enum rc read_number(const char *option, const char *value, int64_t min, int64_t max,
	int64_t *out, struct err *err)
{
	if (value && str_to_i64(str_from(value), out) && *out >= min && *out <= max)
		return OK;
	return err_set(err, INVALID, "%s wants a whole number from %lld to %lld", option,
		(long long)min, (long long)max);
}

/* *n_used: how many words the option takes. */
static enum rc read_option(
	struct wish *w, const char *option, const char *value, int *n_used, struct err *err)
{
	int64_t number;

	*n_used = 1;
	if (text_equal(option, "--strict"))
		w->question.is_strict = true;
	else if (text_equal(option, "--fair"))
		w->question.fairness = OPTIMISE_FAIR;
	else if (text_equal(option, "--fairest"))
		w->question.fairness = OPTIMISE_FAIREST;
	else if (text_equal(option, "--draft"))
		w->question.is_draft = true;
	else
		*n_used = 2;
	if (*n_used == 1)
		return OK;
	if (text_equal(option, "--seconds")) {
		TRY(read_number(option, value, 0, MAX_SECONDS, &number, err));
		w->effort.seconds = (double)number;
	} else if (text_equal(option, "--seed")) {
		TRY(read_number(option, value, 0, INT64_MAX, &number, err));
		w->effort.seed = (uint64_t)number;
	} else if (text_equal(option, "--out") || text_equal(option, "--result")) {
		if (!value)
			return err_set(err, INVALID, "%s wants the name of a file", option);
		*(text_equal(option, "--out") ? &w->out : &w->result) = value;
	} else {
		return err_set(err, INVALID, "There is no option \"%s\"", option);
	}
	return OK;
}

static enum rc read_words(struct wish *w, int argc, char **argv, struct err *err)
{
	int n_used;

	if (!argc)
		return err_set(err, INVALID, "Say what to solve: assign, allocate, timetable");
	while (w->kind < N_KINDS && !text_equal(kinds[w->kind].name, argv[0]))
		w->kind++;
	if (w->kind == N_KINDS)
		return err_set(err, INVALID, "There is nothing called \"%s\" to solve", argv[0]);
	for (int i = 1; i < argc; i += n_used) {
		n_used = 1;
		if (argv[i][0] == '-')
			TRY(read_option(w, argv[i], i + 1 < argc ? argv[i + 1] : NULL, &n_used,
				err));
		else if (w->path)
			return err_set(err, INVALID, "One instance at a time: \"%s\" is a second",
				argv[i]);
		else
			w->path = argv[i];
	}
	return w->path ? OK : err_set(err, INVALID, "Name the file of the instance");
}

/* ---- files ---- */

static enum rc open_file(const char *path, FILE **out, struct err *err)
{
	*out = fopen(path, "rb");
	return *out ? OK
		    : err_set(err, INVALID, "%s cannot be opened: %s", path, strerror(errno));
}

static enum rc read_file(const char *path, struct buf *b, struct err *err)
{
	char part[1 << 14];
	FILE *f;
	size_t n;

	TRY(open_file(path, &f, err));
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		buf_add(b, part, n);
	if (ferror(f))
		err_set(err, INVALID, "%s cannot be read: %s", path, strerror(errno));
	else if (b->failed)
		err_set(err, INVALID, "%s has more than %d bytes", path, INSTANCE_MAX_BYTES);
	fclose(f);
	return err->rc;
}

/* "sym11.json" -> "sym11.csv" */
static const char *path_beside(struct arena *a, const char *path, const char *ending)
{
	struct str stem = str_from(path);

	if (str_ends_with(stem, STR(".json")))
		stem.n -= STR(".json").n;
	return arena_printf(a, "%.*s%s", (int)stem.n, stem.p, ending);
}

static enum rc write_file(const char *path, struct str bytes, struct err *err)
{
	FILE *f = fopen(path, "wb");
	bool is_written;

	if (!f)
		return err_set(err, INVALID, "%s cannot be written: %s", path, strerror(errno));
	is_written = fwrite(bytes.p, 1, bytes.n, f) == bytes.n;
	is_written = fclose(f) == 0 && is_written;
	return is_written ? OK
			  : err_set(err, INVALID, "%s cannot be written: %s", path, strerror(errno));
}

/* ---- the terminal ---- */

static bool tell(void *arg, const struct effort_state *state)
{
	const struct wish *w = arg;

	fprintf(stderr, "\r\033[K%3.0f %%  %s", 100 * state->done,
		state->doing ? state->doing : "");
	if (!isnan(state->value))
		fprintf(stderr, "  %s %.6g", kinds[w->kind].value, state->value);
	if (!isnan(state->bound))
		fprintf(stderr, "  bound %.6g", state->bound);
	fflush(stderr);
	return true;
}

static void print_answer(const struct wish *w, const struct optimise_answer *x)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	printf("{\"value\":%s,\"bound\":%s,\"gap\":%s,\"certificate\":%s%s,\"seconds\":%.3f,"
	       "\"peak_mib\":%.1f,\"seed\":%llu}\n",
		x->value, x->bound, x->gap, x->is_certified ? "true" : "false", x->more,
		effort_elapsed_s(&w->effort), (double)usage.ru_maxrss / 1024,
		(unsigned long long)w->effort.seed);
}

/* ---- the whole ---- */

static enum rc solve(struct arena *a, struct wish *w, struct optimise_answer *answer,
	struct err *err)
{
	const char *ending = kinds[w->kind].beside;
	struct buf text = buf_on_heap(INSTANCE_MAX_BYTES);
	enum rc rc = read_file(w->path, &text, err);

	w->question.text = buf_view(&text);
	if (rc == OK && ending)
		rc = open_file(path_beside(a, w->path, ending), &w->question.beside, err);
	if (rc == OK)
		rc = kinds[w->kind].solve(a, &w->question, answer, err);
	if (w->question.beside)
		fclose(w->question.beside);
	buf_free(&text);
	return rc;
}

static enum rc solve_and_tell(struct arena *a, struct wish *w, struct err *err)
{
	struct optimise_answer answer = {.more = "", 
		.solution = buf_on_heap(SOLUTION_MAX_BYTES),
		.result = buf_on_heap(SOLUTION_MAX_BYTES)};
	enum rc rc;

	w->question.effort = &w->effort;
	effort_begin(&w->effort);
	rc = solve(a, w, &answer, err);
	if (w->effort.tell)
		fprintf(stderr, "\r\033[K");
	if (rc == OK && w->out)
		rc = write_file(w->out, buf_view(&answer.solution), err);
	if (rc == OK && w->result)
		rc = write_file(w->result, buf_view(&answer.result), err);
	if (rc == OK)
		print_answer(w, &answer);
	buf_free(&answer.solution);
	buf_free(&answer.result);
	return rc;
}

int command_optimise(struct arena *a, int argc, char **argv)
{
	struct wish w = {.effort = {.seconds = DEFAULT_SECONDS, .seed = 1}};
	struct err err = err_in(a);

	if (argc && (text_equal(argv[0], "--help") || text_equal(argv[0], "help"))) {
		fputs(help, stdout);
		return 0;
	}
	if (read_words(&w, argc, argv, &err) != OK) {
		command_fail(&err);
		fputs(help, stderr);
		return 2;
	}
	if (isatty(STDERR_FILENO)) {
		w.effort.tell = tell;
		w.effort.arg = &w;
	}
	return solve_and_tell(a, &w, &err) == OK ? 0 : command_fail(&err);
}
