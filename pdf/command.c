/* `symposiarch print`: a document from a file, without server or database. */
#include "pdf/print.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { EXIT_DONE, EXIT_MODEL, EXIT_USAGE };

#define NOT_WRITTEN "The output could not be written: %s"

static int usage(void)
{
	fputs("Usage: symposiarch print KIND [SHEETS] < model.json > document.pdf\n"
	      "       symposiarch print KIND --svg < model.json > first-pages.svg\n"
	      "       symposiarch print KIND --example > model.json\n"
	      "       symposiarch print KIND --schema > model.schema.json\n"
	      "       symposiarch print --list\n"
	      "SHEETS: --booklet [--creep MM], two pages a side, to be folded and stapled; creep "
	      "is\n"
	      "        from 0 to 1 millimetre a sheet, in tenths;\n"
	      "        --2-up or --4-up, so many pages side by side.\n"
	      "        Pages keep their size, on larger sheets: two pages of A4 (and a booklet of\n"
	      "        them) take A3, four take A2. The printer may fit sheets to smaller paper.\n",
		stderr);
	return EXIT_USAGE;
}

/* ---- the kind ------------------------------------------------------------------------------ */

/* How many letters must be put in, taken out or changed to make the one of the other. */
static size_t distance(const char *a, const char *b)
{
	enum { MOST_LETTERS = 31 };
	size_t n = strlen(b), row[MOST_LETTERS + 1];
	if (strlen(a) > MOST_LETTERS || n > MOST_LETTERS)
		return MOST_LETTERS;
	for (size_t k = 0; k <= n; k++)
		row[k] = k;
	for (size_t i = 1; a[i - 1]; i++) {
		size_t corner = row[0];
		row[0] = i;
		for (size_t k = 1; k <= n; k++) {
			size_t changed = corner + (a[i - 1] != b[k - 1]);
			corner = row[k];
			size_t moved = (row[k - 1] < row[k] ? row[k - 1] : row[k]) + 1;
			row[k] = changed < moved ? changed : moved;
		}
	}
	return row[n];
}

/* A kind with nearly that name, or one that begins with it; NULL: none. */
static const char *kind_like(const char *name)
{
	const char *nearest = NULL;
	size_t least = 3; /* more are another word */
	for (const char *const *kind = print_kinds(); *kind; kind++) {
		bool begins = strlen(name) > 2 && strncmp(name, *kind, strlen(name)) == 0;
		size_t d = begins ? 0 : distance(name, *kind);
		if (d < least) {
			nearest = *kind;
			least = d;
		}
	}
	return nearest;
}

static int unknown_kind(const char *name)
{
	const char *like = kind_like(name);
	fprintf(stderr, "error: There is no kind of document \"%s\"; ", name);
	if (like)
		fprintf(stderr, "perhaps you mean %s, and ", like);
	fputs("symposiarch print --list names them all\n", stderr);
	return EXIT_USAGE;
}

/* ---- the model ----------------------------------------------------------------------------- */

static enum rc read_model(struct arena *a, cJSON **model, struct err *err)
{
	char piece[4096];
	size_t n;
	struct buf in = buf_on_heap(PRINT_MAX_MODEL);
	while ((n = fread(piece, 1, sizeof piece, stdin)) > 0 && !in.failed)
		buf_add(&in, piece, n);
	enum rc rc = in.failed ? err_set(err, INVALID, "The model is longer than %d bytes",
					 PRINT_MAX_MODEL)
			       : json_parse_up_to(a, buf_view(&in), PRINT_MAX_MODEL, model, err);
	buf_free(&in);
	return rc;
}

static void tell(const struct print_warnings *warnings, const struct err *err)
{
	for (const struct print_warning *w = warnings->first; w; w = w->next)
		fprintf(stderr, *w->where ? "warning: %s, in \"%s\"\n" : "warning: %s\n",
			w->message, w->where);
	if (err->message)
		fprintf(stderr, "error: %s\n", err->message);
	for (const struct field_error *f = err->fields; f; f = f->next)
		fprintf(stderr, "  %s: %s\n", f->field, f->message);
}

/* ---- the document -------------------------------------------------------------------------- */

/* Why nothing more can be written; 0 while it can. */
struct output {
	int fault;
};

/* What cannot be written is dropped: to say so is not the part of those who make the document. */
static bool write_to_stdout(void *context, const void *bytes, size_t n)
{
	struct output *out = context;
	errno = 0;
	if (!out->fault && fwrite(bytes, 1, n, stdout) != n)
		out->fault = errno ? errno : EIO;
	return true;
}

static bool flush(struct output *out)
{
	errno = 0;
	if (!out->fault && fflush(stdout))
		out->fault = errno ? errno : EIO;
	return !out->fault;
}

/* What has gone wrong outside of the program is no fault of the document or of its print. */
static int finish(
	enum rc rc, struct output *out, const struct print_warnings *warnings, struct err *err)
{
	bool is_written = rc != OK || flush(out);
	if (!is_written)
		err->message = arena_printf(err->arena, NOT_WRITTEN, strerror(out->fault));
	tell(warnings, err);
	return rc == OK && is_written ? EXIT_DONE : EXIT_MODEL;
}

static int picture_to_stdout(const char *kind)
{
	struct arena *a = arena_new();
	struct err err = err_in(a);
	struct print_warnings warnings = print_warnings_in(a);
	struct buf svg = buf_on_heap(PRINT_MAX_BYTES);
	struct output out = {0};
	cJSON *model;
	json_setup();
	enum rc rc = read_model(a, &model, &err);
	if (rc == OK)
		rc = print_picture(a, kind, model, &svg, &warnings, &err);
	if (rc == OK)
		write_to_stdout(&out, svg.p, svg.n);
	int status = finish(rc, &out, &warnings, &err);
	buf_free(&svg);
	arena_free(a);
	return status;
}

static int print_to_stdout(const char *kind)
{
	struct arena *a = arena_new();
	struct err err = err_in(a);
	struct print_warnings warnings = print_warnings_in(a);
	struct output out = {0};
	const struct sink sink = {.write = write_to_stdout, .context = &out};
	cJSON *model;
	print_setup();
	enum rc rc = read_model(a, &model, &err);
	if (rc == OK)
		rc = print_document(a, kind, model, &sink, &warnings, &err);
	int status = finish(rc, &out, &warnings, &err);
	arena_free(a);
	return status;
}

static int tell_text(const char *text)
{
	struct output out = {0};
	write_to_stdout(&out, text, strlen(text));
	if (flush(&out))
		return EXIT_DONE;
	fprintf(stderr, "error: " NOT_WRITTEN "\n", strerror(out.fault));
	return EXIT_MODEL;
}

static int list_kinds(void)
{
	struct arena *a = arena_new();
	struct buf list = buf_in(a, 1 << 12);
	for (const char *const *kind = print_kinds(); *kind; kind++)
		buf_printf(&list, "%-16s %s\n", *kind, print_title(*kind));
	int status = tell_text(buf_cstr(&list));
	arena_free(a);
	return status;
}

/* "programme" with "--booklet" as "programme/booklet"; NULL when the options are others. */
static const char *with_sheets(struct arena *a, int argc, char **argv)
{
	struct imposition ignored;
	if (argc == 1)
		return argv[0];
	bool has_creep =
		argc == 4 && strcmp(argv[1], "--booklet") == 0 && strcmp(argv[2], "--creep") == 0;
	if ((argc != 2 && !has_creep) || strncmp(argv[1], "--", 2) != 0)
		return NULL;
	const char *way = argv[1] + 2;
	if (has_creep)
		way = arena_printf(a, "%s/%s", way, argv[3]);
	return impose_parse(way, &ignored) ? arena_printf(a, "%s/%s", argv[0], way) : NULL;
}

static int print_kind(int argc, char **argv)
{
	struct arena *a = arena_new();
	const char *kind = with_sheets(a, argc, argv);
	if (!kind && argc == 4 && strcmp(argv[2], "--creep") == 0)
		fputs("error: The creep is 0, 0.1, 0.2 and so on to 1: millimetres a sheet, of a "
		      "--booklet\n",
			stderr);
	int status = kind ? print_to_stdout(kind) : usage();
	arena_free(a);
	return status;
}

int print_command(int argc, char **argv)
{
	if (argc == 1 && strcmp(argv[0], "--list") == 0)
		return list_kinds();
	if (argc < 1)
		return usage();
	if (!print_schema(argv[0]))
		return argv[0][0] == '-' ? usage() : unknown_kind(argv[0]);
	if (argc == 2 && strcmp(argv[1], "--schema") == 0)
		return tell_text(print_schema(argv[0]));
	if (!print_example(argv[0]))
		return usage();
	if (argc == 2 && strcmp(argv[1], "--example") == 0)
		return tell_text(print_example(argv[0]));
	if (argc == 2 && strcmp(argv[1], "--svg") == 0)
		return picture_to_stdout(argv[0]);
	return print_kind(argc, argv);
}
