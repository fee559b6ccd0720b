/* Writing RFC 5545: sections 3.1 (folding), 3.3.11 (TEXT) and 3.6.1 (VEVENT). */
#include "view/ics.h"
#include "base/zone.h"

enum { LINE_MAX_OCTETS = 75 };

/* Counts the octets of the line and begins a continuation where the next character has no room. */
struct line {
	struct buf *b;
	size_t n;
};

static void line_add(struct line *line, const char *bytes, size_t n)
{
	if (line->n + n > LINE_MAX_OCTETS) {
		buf_text(line->b, "\r\n ");
		line->n = 1;
	}
	buf_add(line->b, bytes, n);
	line->n += n;
}

static size_t character_bytes(const char *s)
{
	size_t n = 1;

	while (((unsigned char)s[n] & 0xc0) == 0x80)
		n++;
	return n;
}

static void line_add_plain(struct line *line, const char *s)
{
	while (*s) {
		size_t n = character_bytes(s);
		line_add(line, s, n);
		s += n;
	}
}

/* An escape is two octets and is not parted. */
static void line_add_text(struct line *line, const char *s)
{
	while (*s) {
		size_t n = character_bytes(s);
		if (*s == '\\')
			line_add(line, "\\\\", 2);
		else if (*s == ';')
			line_add(line, "\\;", 2);
		else if (*s == ',')
			line_add(line, "\\,", 2);
		else if (*s == '\n')
			line_add(line, "\\n", 2);
		else if ((unsigned char)*s >= ' ' || *s == '\t')
			line_add(line, s, n);
		s += n;
	}
}

void ics_text(struct buf *b, const char *name, const char *value)
{
	struct line line = {.b = b};

	line_add_plain(&line, name);
	line_add(&line, ":", 1);
	line_add_text(&line, value);
	buf_text(b, "\r\n");
}

/* A value that is no TEXT: an address is not escaped. */
static void add_plain(struct buf *b, const char *name, const char *value)
{
	struct line line = {.b = b};

	line_add_plain(&line, name);
	line_add(&line, ":", 1);
	line_add_plain(&line, value);
	buf_text(b, "\r\n");
}

static void add_time(struct buf *b, const char *name, int64_t at_ms)
{
	struct civil c = zone_civil(zone_utc(), at_ms);

	buf_printf(b, "%s:%04d%02d%02dT%02d%02d%02dZ\r\n", name, c.year, c.month, c.day, c.hour,
		c.minute, c.second);
}

void ics_begin(struct buf *b, const char *name)
{
	buf_text(b, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Symposiarch//Programme//EN\r\n"
		    "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n");
	ics_text(b, "X-WR-CALNAME", name);
}

void ics_add(struct buf *b, const struct ics_event *event)
{
	buf_text(b, "BEGIN:VEVENT\r\n");
	add_plain(b, "UID", event->uid);
	add_time(b, "DTSTAMP", event->stamp_at);
	add_time(b, "DTSTART", event->starts_at);
	add_time(b, "DTEND", event->ends_at);
	buf_printf(b, "SEQUENCE:%lld\r\n", (long long)event->sequence);
	ics_text(b, "SUMMARY", event->summary);
	if (!text_is_empty(event->description))
		ics_text(b, "DESCRIPTION", event->description);
	if (!text_is_empty(event->location))
		ics_text(b, "LOCATION", event->location);
	if (!text_is_empty(event->url))
		add_plain(b, "URL", event->url);
	buf_text(b, "END:VEVENT\r\n");
}

void ics_end(struct buf *b)
{
	buf_text(b, "END:VCALENDAR\r\n");
}
