/*
 * What every part needs: errors that name a place, memory that stays, files.
 */
#include "mkquery.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

static struct names reports;

static char *format_all(const char *format, va_list args)
{
	char *text = NULL;
	if (vasprintf(&text, format, args) < 0)
		abort();
	return text;
}

/* A predicate used by many statements would otherwise repeat its faults for each of them. */
void report(const char *file, int line, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *message = format_all(format, args);
	va_end(args);
	char *whole = text_format("%s:%d: %s", file, line, message);
	free(message);
	if (names_have(&reports, whole))
		return;
	PUSH(reports, whole);
	fprintf(stderr, "%s\n", whole);
}

int n_reports(void)
{
	return reports.n;
}

void die(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fputs("mkquery: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	exit(1);
}

void *grow(void *items, int n, size_t size)
{
	bool is_full = n == 0 || (n >= 8 && (n & (n - 1)) == 0);
	if (!is_full)
		return items;
	items = realloc(items, (n == 0 ? 8 : 2 * (size_t)n) * size);
	if (items == NULL)
		die("out of memory");
	return items;
}

char *text_copy(const char *p, size_t n)
{
	char *copy = malloc(n + 1);
	if (copy == NULL)
		die("out of memory");
	if (n > 0)
		memcpy(copy, p, n);
	copy[n] = '\0';
	return copy;
}

char *text_format(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *text = format_all(format, args);
	va_end(args);
	return text;
}

bool word_is(const char *a, const char *b)
{
	return strcasecmp(a, b) == 0;
}

bool word_in(const char *word, const char *const *list)
{
	for (; *list != NULL; list++) {
		if (word_is(word, *list))
			return true;
	}
	return false;
}

bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), n_end = strlen(end);
	return n >= n_end && strcmp(s + n - n_end, end) == 0;
}

bool starts_with(const char *s, const char *start)
{
	return strncmp(s, start, strlen(start)) == 0;
}

bool is_name(const char *s)
{
	if (!islower((unsigned char)*s))
		return false;
	for (; *s != '\0'; s++) {
		if (!islower((unsigned char)*s) && !isdigit((unsigned char)*s) && *s != '_')
			return false;
	}
	return true;
}

bool names_have(const struct names *names, const char *name)
{
	for (int i = 0; i < names->n; i++) {
		if (strcmp(names->v[i], name) == 0)
			return true;
	}
	return false;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct names sql_files(const char *folder)
{
	struct names names = {0};
	DIR *dir = opendir(folder);
	if (dir == NULL) {
		if (errno == ENOENT)
			return names;
		die("%s: %s", folder, strerror(errno));
	}
	for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
		if (entry->d_name[0] != '.' && ends_with(entry->d_name, ".sql"))
			PUSH(names, text_copy(entry->d_name, strlen(entry->d_name)));
	}
	closedir(dir);
	if (names.n > 1)
		qsort(names.v, (size_t)names.n, sizeof *names.v, compare_names);
	return names;
}

char *file_read(const char *path, size_t *n_bytes)
{
	FILE *f = fopen(path, "rb");
	struct stat info;
	if (f == NULL || fstat(fileno(f), &info) != 0)
		die("%s: %s", path, strerror(errno));
	size_t n = (size_t)info.st_size;
	char *text = malloc(n + 1);
	if (text == NULL || fread(text, 1, n, f) != n)
		die("%s: cannot be read", path);
	text[n] = '\0';
	fclose(f);
	if (strlen(text) != n)
		die("%s: holds a NUL byte", path);
	*n_bytes = n;
	return text;
}

void write_file(const char *folder, const char *name, const char *text, size_t n)
{
	char *path = text_format("%s/%s", folder, name);
	char *fresh = text_format("%s.new", path);
	FILE *f = fopen(fresh, "wb");
	if (f == NULL)
		die("%s: %s", fresh, strerror(errno));
	bool is_written = fwrite(text, 1, n, f) == n;
	if (fclose(f) != 0 || !is_written || rename(fresh, path) != 0)
		die("%s: %s", path, strerror(errno));
	free(fresh);
	free(path);
}
