/*
 * Log lines. One write(2) a line, at most PIPE_BUF bytes, so that lines of several threads (and of
 * print workers that share the descriptor) never mix, without a lock.
 */
#include "base/log.h"

#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <errno.h>
#include "base/clock.h"
#include "base/str.h"

enum { MAX_VALUE_BYTES = 200 };

static _Atomic int lowest_level = LOG_INFO;

void log_set_level(enum log_level lowest)
{
	atomic_store(&lowest_level, (int)lowest);
}

static const char *level_name(enum log_level level)
{
	switch (level) {
	case LOG_DEBUG:
		return "debug";
	case LOG_INFO:
		return "info";
	case LOG_WARN:
		return "warn";
	case LOG_ERROR:
		break;
	}
	return "error";
}

static void write_line(const char *line, size_t n)
{
	ssize_t written;
	do
		written = write(STDERR_FILENO, line, n);
	while (written < 0 && errno == EINTR);
}

void log_event(enum log_level level, const char *event, const char *fields_format, ...)
{
	va_list args;
	if ((int)level < atomic_load_explicit(&lowest_level, memory_order_relaxed))
		return;
	int saved = errno;
	struct arena *a = arena_new();
	int64_t now = clock_now_ms();
	int millisecond = (int)((now % SECOND_MS + SECOND_MS) % SECOND_MS);
	const char *stamp = clock_rfc3339(a, now - millisecond);
	va_start(args, fields_format);
	char *fields = arena_vprintf(a, fields_format, args);
	va_end(args);
	for (char *c = fields; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = ' ';
	/* The stamp always has milliseconds here, so that columns line up. */
	char *line = arena_printf(a, "t=%.19s.%03dZ lvl=%s evt=%s%s%s", stamp, millisecond,
		level_name(level), event, *fields ? " " : "", fields);
	size_t n = strlen(line);
	if (n > PIPE_BUF - 1)
		n = PIPE_BUF - 1;
	line[n] = '\n';
	write_line(line, n + 1);
	arena_free(a);
	errno = saved;
}

static bool is_plain(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		if (c <= ' ' || c == '"' || c == '=' || c == '\\' || c >= 0x7f)
			return false;
	}
	return n > 0;
}

const char *log_value(struct arena *a, const char *s)
{
	static const char hex[] = "0123456789abcdef";
	if (!s)
		return "\"\"";
	size_t n = strnlen(s, MAX_VALUE_BYTES + 1);
	bool cut = n > MAX_VALUE_BYTES;
	if (cut) {
		n = MAX_VALUE_BYTES;
		while (n > 0 && ((unsigned char)s[n] & 0xc0) == 0x80)
			n--; /* never half a character */
	}
	if (!cut && is_plain(s, n))
		return arena_strndup(a, s, n);
	struct buf b = buf_in(a, MAX_VALUE_BYTES * 4 + 8);
	buf_char(&b, '"');
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		if (c == '"' || c == '\\') {
			buf_char(&b, '\\');
			buf_char(&b, (char)c);
		} else if (c == '\n') {
			buf_text(&b, "\\n");
		} else if (c == '\r') {
			buf_text(&b, "\\r");
		} else if (c < ' ' || c == 0x7f) {
			char escaped[4] = {'\\', 'x', hex[c >> 4], hex[c & 15]};
			buf_add(&b, escaped, sizeof escaped);
		} else {
			buf_char(&b, (char)c);
		}
	}
	buf_text(&b, cut ? "…\"" : "\"");
	return buf_cstr(&b);
}
