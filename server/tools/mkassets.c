/*
 * Build tool: mkassets WEB GEN [MADE]
 *
 * Writes GEN/assets.S, which embeds every file below WEB/templates, WEB/static and WEB/locale, and
 * below the same folders of MADE (what the build itself has made), by .incbin, with a table sorted
 * by path that server/view/assets.c reads. A static file gets a name with 8 hex digits of its
 * content (FNV-1a, 64 bits folded to 32: it tells versions apart, nothing rests on it) and, where
 * that is smaller, a gzip twin below GEN. Same input, same output.
 *
 * Paths are written as given, so all of them must be relative to where the assembler will run.
 */
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

struct file {
	const char *root; /* WEB or MADE */
	char *path;       /* "static/a.css", below the root */
	char *hashed;     /* "static/a.0123abcd.css"; NULL unless static */
	char *gzip;       /* path of the twin, or NULL */
};

struct list {
	struct file *at;
	size_t n, cap;
};

static _Noreturn __attribute__((format(printf, 1, 2))) void die(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fputs("mkassets: ", stderr);
	vfprintf(stderr, format, args);
	fputs("\n", stderr);
	va_end(args);
	exit(1);
}

static __attribute__((format(printf, 1, 2))) char *text(const char *format, ...)
{
	char *out;
	va_list args;
	va_start(args, format);
	int n = vasprintf(&out, format, args);
	va_end(args);
	if (n < 0)
		die("out of memory");
	return out;
}

static void *grown(void *p, size_t n)
{
	p = realloc(p, n);
	if (!p)
		die("out of memory");
	return p;
}

/* The name goes into assembler source and into urls: nothing there may need quoting. */
static void check_path(const char *path)
{
	for (const char *c = path; *c; c++)
		if (!(*c >= 'a' && *c <= 'z') && !(*c >= 'A' && *c <= 'Z') &&
			!(*c >= '0' && *c <= '9') && !strchr("._-/", *c))
			die("%s: use only letters, digits, '.', '_' and '-' in file names", path);
}

static void collect(struct list *list, const char *web, const char *below)
{
	char *directory = text("%s/%s", web, below);
	DIR *d = opendir(directory);
	if (!d && errno != ENOENT)
		die("%s: %s", directory, strerror(errno));
	for (struct dirent *e; d && (e = readdir(d));) {
		size_t n = strlen(e->d_name);
		if (e->d_name[0] == '.' || e->d_name[n - 1] == '~')
			continue;
		char *path = text("%s/%s", below, e->d_name), *full = text("%s/%s", web, path);
		struct stat st;
		check_path(path);
		if (stat(full, &st) != 0)
			die("%s: %s", full, strerror(errno));
		if (S_ISDIR(st.st_mode)) {
			collect(list, web, path);
		} else {
			if (list->n == list->cap) {
				list->cap = list->cap ? list->cap * 2 : 64;
				list->at = grown(list->at, list->cap * sizeof *list->at);
			}
			list->at[list->n++] = (struct file){.root = web, .path = text("%s", path)};
		}
		free(path);
		free(full);
	}
	if (d)
		closedir(d);
	free(directory);
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct file *)a)->path, ((const struct file *)b)->path);
}

static unsigned char *read_file(const char *path, size_t *n)
{
	FILE *f = fopen(path, "rb");
	unsigned char *bytes = NULL;
	size_t cap = 0, got = 1;
	if (!f)
		die("%s: %s", path, strerror(errno));
	for (*n = 0; got; *n += got) {
		if (*n == cap)
			bytes = grown(bytes, cap = cap ? cap * 2 : 1 << 16);
		got = fread(bytes + *n, 1, cap - *n, f);
	}
	if (ferror(f))
		die("%s: cannot be read", path);
	fclose(f);
	return bytes;
}

static void make_directories(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(path, 0777) != 0 && errno != EEXIST)
			die("%s: %s", path, strerror(errno));
		*slash = '/';
	}
}

static void write_file(const char *path, const void *bytes, size_t n)
{
	FILE *f = fopen(path, "wb");
	if (!f || fwrite(bytes, 1, n, f) != n || fclose(f) != 0)
		die("%s: %s", path, strerror(errno));
}

static char *hashed_name(const char *path, const unsigned char *bytes, size_t n)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);
	for (size_t i = 0; i < n; i++)
		h = (h ^ bytes[i]) * UINT64_C(0x100000001b3);
	const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
	if (!dot || dot < slash)
		dot = path + strlen(path);
	return text("%.*s.%08x%s", (int)(dot - path), path, (unsigned)(uint32_t)(h ^ h >> 32), dot);
}

/* The path of the twin, or NULL when it would not be smaller. */
static char *gzip_twin(const char *gen, const char *path, unsigned char *bytes, size_t n)
{
	z_stream z = {.next_in = bytes, .avail_in = (uInt)n};
	/* 16 more than the window asks for a gzip header, whose time and name zlib leaves empty. */
	if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
		die("zlib does not start");
	uLong bound = deflateBound(&z, n);
	unsigned char *out = grown(NULL, bound);
	z.next_out = out;
	z.avail_out = (uInt)bound;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		die("%s: zlib does not compress it", path);
	size_t n_out = z.total_out;
	deflateEnd(&z);
	char *twin = NULL;
	if (n_out < n) {
		twin = text("%s/%s.gz", gen, path);
		make_directories(twin);
		write_file(twin, out, n_out);
	}
	free(out);
	return twin;
}

static void prepare(struct file *f, const char *gen)
{
	if (strncmp(f->path, "static/", 7) != 0)
		return;
	char *full = text("%s/%s", f->root, f->path);
	size_t n;
	unsigned char *bytes = read_file(full, &n);
	f->hashed = hashed_name(f->path, bytes, n);
	f->gzip = gzip_twin(gen, f->path, bytes, n);
	free(bytes);
	free(full);
}

static void write_assembler(FILE *out, const struct list *list)
{
	fputs("/* Written by server/tools/mkassets.c. */\n\t.section .rodata\n", out);
	for (size_t i = 0; i < list->n; i++) {
		const struct file *f = &list->at[i];
		fprintf(out, ".Lp%zu:\t.asciz \"%s\"\n", i, f->path);
		if (f->hashed)
			fprintf(out, ".Lh%zu:\t.asciz \"%s\"\n", i, f->hashed);
		fprintf(out, "\t.balign 16\n.Lb%zu:\t.incbin \"%s/%s\"\n.Le%zu:\n", i, f->root,
			f->path, i);
		if (f->gzip)
			fprintf(out, "\t.balign 16\n.Lz%zu:\t.incbin \"%s\"\n.Ly%zu:\n", i, f->gzip,
				i);
	}
	fputs("\t.section .data.rel.ro,\"aw\",%progbits\n\t.balign 8\n"
	      "\t.globl assets_embedded\n\t.globl assets_embedded_end\nassets_embedded:\n",
		out);
	for (size_t i = 0; i < list->n; i++) {
		const struct file *f = &list->at[i];
		fprintf(out, "\t.8byte .Lp%zu, ", i);
		if (f->hashed)
			fprintf(out, ".Lh%zu, .Lb%zu, .Le%zu - .Lb%zu, ", i, i, i, i);
		else
			fprintf(out, "0, .Lb%zu, .Le%zu - .Lb%zu, ", i, i, i);
		if (f->gzip)
			fprintf(out, ".Lz%zu, .Ly%zu - .Lz%zu\n", i, i, i);
		else
			fputs("0, 0\n", out);
	}
	fputs("assets_embedded_end:\n\t.section .note.GNU-stack,\"\",%progbits\n", out);
}

int main(int argc, char **argv)
{
	static const char *const parts[] = {"locale", "static", "templates"};
	struct list list = {0};
	if (argc != 3 && argc != 4)
		die("usage: mkassets WEB GEN [MADE]");
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		collect(&list, argv[1], parts[i]);
		if (argc == 4)
			collect(&list, argv[3], parts[i]);
	}
	if (list.n)
		qsort(list.at, list.n, sizeof *list.at, by_path);
	for (size_t i = 0; i < list.n; i++)
		prepare(&list.at[i], argv[2]);
	char *path = text("%s/assets.S", argv[2]);
	make_directories(path);
	FILE *out = fopen(path, "w");
	if (!out)
		die("%s: %s", path, strerror(errno));
	write_assembler(out, &list);
	if (fclose(out) != 0)
		die("%s: %s", path, strerror(errno));
	for (size_t i = 0; i < list.n; i++) {
		free(list.at[i].path);
		free(list.at[i].hashed);
		free(list.at[i].gzip);
	}
	free(list.at);
	free(path);
	return 0;
}
