/*
 * The window holds at most one delimiter more than what has been handed on; every search starts
 * over in it, and its size bounds a part's header, so pieces of any size cost linear time.
 */
#include <string.h>
#include <strings.h>

#include "http/multipart.h"

enum { WINDOW_BYTES = 16 << 10 };

enum state { AT_DELIMITER, IN_HEADER, IN_DATA, AT_END };

struct multipart {
	struct arena *arena;
	struct multipart_events events;
	enum state state;
	bool is_first;         /* the first delimiter stands at the very start */
	const char *delimiter; /* CRLF "--" boundary */
	size_t delimiter_n;
	size_t epilogue_n;
	char *window;
	size_t n;
};

static bool is_boundary_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c != '\0' && strchr("'()+_,-./:=?", c) != NULL);
}

bool multipart_boundary(struct str content_type, struct str *boundary)
{
	struct str rest = content_type;
	str_cut(&rest, ';');
	bool found = false;
	while (rest.p != NULL) {
		struct str value = str_trim(str_cut(&rest, ';'));
		struct str name = str_cut(&value, '=');
		if (name.n != 8 || strncasecmp(name.p, "boundary", 8) != 0)
			continue;
		if (found || value.p == NULL)
			return false;
		found = true;
		if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
			value = (struct str){value.p + 1, value.n - 2};
		*boundary = value;
	}
	if (!found || boundary->n == 0 || boundary->n > MULTIPART_MAX_BOUNDARY)
		return false;
	for (size_t i = 0; i < boundary->n; i++)
		if (!is_boundary_char(boundary->p[i]))
			return false;
	return true;
}

struct multipart *multipart_new(
	struct arena *a, struct str boundary, const struct multipart_events *events)
{
	struct multipart *m = ARENA_NEW(a, struct multipart);
	m->arena = a;
	m->events = *events;
	m->state = AT_DELIMITER;
	m->is_first = true;
	m->delimiter = arena_printf(a, "\r\n--%.*s", (int)boundary.n, boundary.p);
	m->delimiter_n = boundary.n + 4;
	m->window = arena_alloc(a, WINDOW_BYTES);
	/* The first delimiter has no line break before it: lend it one. */
	memcpy(m->window, "\r\n", 2);
	m->n = 2;
	return m;
}

static void drop(struct multipart *m, size_t n)
{
	m->n -= n;
	memmove(m->window, m->window + n, m->n);
}

static enum rc broken(struct err *err, const char *what)
{
	return err_set(err, INVALID, "The upload is not well-formed: %s", what);
}

/*
 * One parameter of Content-Disposition: name="value". Browsers write a quote in a name as %22 and
 * old ones as \"; a backslash before anything else is part of a file's path.
 */
static bool take_parameter(struct arena *a, struct str *rest, struct str *name, char **value)
{
	*rest = str_trim(*rest);
	size_t i = 0;
	while (i < rest->n && rest->p[i] != '=')
		i++;
	if (i == 0 || i + 1 >= rest->n || rest->p[i + 1] != '"')
		return false;
	*name = (struct str){rest->p, i};
	*value = arena_alloc(a, rest->n);
	size_t used = 0, at = i + 2;
	for (; at < rest->n && rest->p[at] != '"'; at++) {
		if (rest->p[at] == '\\' && at + 1 < rest->n && rest->p[at + 1] == '"')
			at++;
		(*value)[used++] = rest->p[at];
	}
	if (at >= rest->n || memchr(*value, '\0', used) != NULL)
		return false;
	(*value)[used] = '\0';
	*rest = str_trim((struct str){rest->p + at + 1, rest->n - at - 1});
	if (rest->n == 0)
		rest->p = NULL;
	else if (rest->p[0] == ';')
		*rest = (struct str){rest->p + 1, rest->n - 1};
	else
		return false;
	return true;
}

struct part {
	char *name, *file_name;
	bool has_disposition;
};

static enum rc read_disposition(
	struct multipart *m, struct str value, struct part *part, struct err *err)
{
	if (part->has_disposition)
		return broken(err, "a part is described twice");
	part->has_disposition = true;
	struct str rest = value;
	struct str kind = str_trim(str_cut(&rest, ';'));
	if (kind.n != 9 || strncasecmp(kind.p, "form-data", 9) != 0)
		return broken(err, "a part is not a field of a form");
	while (rest.p != NULL) {
		struct str name;
		char *text;
		if (!take_parameter(m->arena, &rest, &name, &text))
			return broken(err, "a part's description cannot be read");
		char **into = str_is(name, "name")       ? &part->name
			      : str_is(name, "filename") ? &part->file_name
							 : NULL;
		if (into == NULL || *into != NULL)
			return broken(err, "a part's description cannot be read");
		*into = text;
	}
	return OK;
}

static enum rc read_header_line(
	struct multipart *m, struct str line, struct part *part, struct err *err)
{
	struct str value = line;
	struct str name = str_cut(&value, ':');
	if (value.p == NULL || name.n == 0 || name.p[0] == ' ' || name.p[0] == '\t' ||
		name.p[name.n - 1] == ' ')
		return broken(err, "a part's header cannot be read");
	value = str_trim(value);
	if (name.n == 19 && strncasecmp(name.p, "Content-Disposition", 19) == 0)
		return read_disposition(m, value, part, err);
	if (name.n == 25 && strncasecmp(name.p, "Content-Transfer-Encoding", 25) == 0 &&
		!str_is(value, "8bit") && !str_is(value, "7bit") && !str_is(value, "binary"))
		return broken(err, "a part is encoded");
	return OK;
}

static enum rc read_header(struct multipart *m, struct str header, struct err *err)
{
	struct part part = {0};
	struct str rest = header;
	while (rest.p != NULL) {
		struct str line = str_cut(&rest, '\n');
		if (line.n == 0 || line.p[line.n - 1] != '\r')
			return broken(err, "a part's header cannot be read");
		line.n--;
		if (memchr(line.p, '\r', line.n) != NULL || memchr(line.p, '\0', line.n) != NULL)
			return broken(err, "a part's header cannot be read");
		TRY(read_header_line(m, line, &part, err));
		if (rest.n == 0)
			break;
	}
	if (part.name == NULL)
		return broken(err, "a part has no name");
	return m->events.begin(m->events.context, part.name, part.file_name);
}

/* *again: the state has moved on and the window may hold more. */
static enum rc step_delimiter(struct multipart *m, bool *again, struct err *err)
{
	size_t known = m->n < m->delimiter_n ? m->n : m->delimiter_n;
	if (m->is_first && memcmp(m->window, m->delimiter, known) != 0)
		return broken(err, "it does not begin with its boundary");
	if (m->n < m->delimiter_n + 2)
		return OK;
	m->is_first = false;
	const char *after = m->window + m->delimiter_n;
	if (memcmp(after, "\r\n", 2) == 0)
		m->state = IN_HEADER;
	else if (memcmp(after, "--", 2) == 0)
		m->state = AT_END;
	else
		return broken(err, "a boundary is followed by something else");
	drop(m, m->delimiter_n + 2);
	*again = true;
	return OK;
}

static enum rc step_header(struct multipart *m, bool *again, struct err *err)
{
	const char *end = memmem(m->window, m->n, "\r\n\r\n", 4);
	size_t header_n = end != NULL ? (size_t)(end - m->window) + 2 : m->n;
	if (header_n > MULTIPART_MAX_HEADER_BYTES)
		return broken(err, "a part's header is too long");
	if (end == NULL)
		return OK;
	TRY(read_header(m, (struct str){m->window, header_n}, err));
	drop(m, header_n + 2);
	m->state = IN_DATA;
	*again = true;
	return OK;
}

static enum rc step_data(struct multipart *m, bool *again)
{
	const char *end = memmem(m->window, m->n, m->delimiter, m->delimiter_n);
	size_t sure = 0;
	if (end != NULL)
		sure = (size_t)(end - m->window);
	else if (m->n >= m->delimiter_n)
		sure = m->n - m->delimiter_n + 1;
	if (sure > 0) {
		TRY(m->events.data(m->events.context, (struct str){m->window, sure}));
		drop(m, sure);
	}
	if (end == NULL)
		return OK;
	TRY(m->events.end(m->events.context));
	m->state = AT_DELIMITER;
	*again = true;
	return OK;
}

/* A line break may follow the last delimiter, nothing else. */
static enum rc step_end(struct multipart *m, struct err *err)
{
	static const char allowed[] = "\r\n";
	for (size_t i = 0; i < m->n; i++, m->epilogue_n++)
		if (m->epilogue_n >= 2 || m->window[i] != allowed[m->epilogue_n])
			return broken(err, "something follows its end");
	m->n = 0;
	return OK;
}

static enum rc run(struct multipart *m, struct err *err)
{
	bool again = true;
	while (again) {
		again = false;
		switch (m->state) {
		case AT_DELIMITER:
			TRY(step_delimiter(m, &again, err));
			break;
		case IN_HEADER:
			TRY(step_header(m, &again, err));
			break;
		case IN_DATA:
			TRY(step_data(m, &again));
			break;
		case AT_END:
			TRY(step_end(m, err));
			break;
		}
	}
	return OK;
}

enum rc multipart_feed(struct multipart *m, struct str piece, struct err *err)
{
	while (piece.n > 0) {
		size_t room = WINDOW_BYTES - m->n;
		size_t n = piece.n < room ? piece.n : room;
		memcpy(m->window + m->n, piece.p, n);
		m->n += n;
		piece = (struct str){piece.p + n, piece.n - n};
		TRY(run(m, err));
	}
	return OK;
}

enum rc multipart_end(struct multipart *m, struct err *err)
{
	return m->state == AT_END ? OK : broken(err, "its end is missing");
}
