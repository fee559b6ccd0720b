/* `symposiarch print`: a document from a file, without server or database. */
#include "pdf/print.h"

#include <stdio.h>
#include <string.h>

enum { EXIT_DONE, EXIT_MODEL, EXIT_USAGE };

static int usage(void)
{
	fputs("Usage: symposiarch print KIND [SHEETS] < model.json > document.pdf\n"
	      "       symposiarch print KIND --svg < model.json > first-pages.svg\n"
	      "       symposiarch print KIND --example > model.json\n"
	      "       symposiarch print KIND --schema > model.schema.json\n"
	      "       symposiarch print --list\n"
	      "SHEETS: --booklet [--creep MM], two pages a side, to be folded and stapled;\n"
	      "        --2-up or --4-up, so many pages side by side.\n"
	      "        Pages keep their size, on larger sheets: two pages of A4 (and a booklet of\n"
	      "        them) take A3, four take A2. The printer may fit sheets to smaller paper.\n",
		stderr);
	return EXIT_USAGE;
}

static int list_kinds(void)
{
	for (const char *const *kind = print_kinds(); *kind; kind++)
		printf("%-16s %s\n", *kind, print_title(*kind));
	return EXIT_DONE;
}

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

static bool write_to_stdout(void *context, const void *bytes, size_t n)
{
	(void)context;
	return fwrite(bytes, 1, n, stdout) == n;
}

static int picture_to_stdout(const char *kind)
{
	struct arena *a = arena_new();
	struct err err = err_in(a);
	struct print_warnings warnings = print_warnings_in(a);
	struct buf svg = buf_on_heap(PRINT_MAX_BYTES);
	cJSON *model;
	json_setup();
	enum rc rc = read_model(a, &model, &err);
	if (rc == OK)
		rc = print_picture(a, kind, model, &svg, &warnings, &err);
	tell(&warnings, &err);
	bool is_written = rc == OK && write_to_stdout(NULL, svg.p, svg.n) && !fflush(stdout);
	buf_free(&svg);
	arena_free(a);
	return is_written ? EXIT_DONE : EXIT_MODEL;
}

static int print_to_stdout(const char *kind)
{
	struct arena *a = arena_new();
	struct err err = err_in(a);
	struct print_warnings warnings = print_warnings_in(a);
	const struct sink sink = {.write = write_to_stdout};
	cJSON *model;
	print_setup();
	enum rc rc = read_model(a, &model, &err);
	if (rc == OK)
		rc = print_document(a, kind, model, &sink, &warnings, &err);
	tell(&warnings, &err);
	bool is_written = rc == OK && !fflush(stdout);
	arena_free(a);
	return is_written ? EXIT_DONE : EXIT_MODEL;
}

static int tell_text(const char *text)
{
	return fputs(text, stdout) < 0 || fflush(stdout) ? EXIT_MODEL : EXIT_DONE;
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
	int status = kind ? print_to_stdout(kind) : usage();
	arena_free(a);
	return status;
}

int print_command(int argc, char **argv)
{
	if (argc == 1 && strcmp(argv[0], "--list") == 0)
		return list_kinds();
	if (argc < 1 || !print_schema(argv[0]))
		return usage();
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
