/*
 * Lines of equal width: of all ways with the fewest lines the one of least squared slack. Every
 * first part of such a way has the fewest lines too, or the whole would have fewer; so it is enough
 * to keep the best way to each place where a line may end.
 */
#include "pdf/text/wrap.h"

#include <unicode/uchar.h>

/* Nobody sees whether the lines of longer text are even, and all pairs of places take time. */
enum { MAX_STOPS = 400 };

/*
 * What an end of a line costs, in squares of the width: nothing behind a comma or a colon, where
 * the sense pauses; two lines may differ by two fifths of it before a compound is parted.
 */
static const double word_fine = 0.05, letters_fine = 0.1, initial_fine = 0.1, hyphen_fine = 0.13,
		    lone_word_fine = 0.06;

/* A place where a line may end, and the best way there. Widths are from the paragraph's start. */
struct stop {
	size_t piece;      /* the first behind it */
	double width;      /* up to here, without the blank that vanishes */
	double next_width; /* where the next line begins */
	double fine;
	bool is_forced;
	const struct stop *before; /* where the line that ends here begins; NULL: it cannot */
	size_t n_lines;
	double cost;
};

struct balance {
	const struct paragraph *p;
	enum wrap_at at;
	double width;
	struct stop *stops; /* the first one is the paragraph's start */
	size_t n;
};

static bool may_end(const struct balance *b, size_t i)
{
	return i + 1 == b->p->n_pieces || wrap_may_end(&b->p->pieces[i], b->at);
}

static size_t count_stops(const struct balance *b)
{
	size_t n = 1;
	for (size_t i = 0; i < b->p->n_pieces; i++)
		n += may_end(b, i);
	return n;
}

/* As most headings are. */
static bool is_one_line(const struct paragraph *p, double width)
{
	for (size_t i = 0; i < p->n_pieces; i++) {
		width -= p->pieces[i].width;
		if (width < 0 || (p->pieces[i].after == BREAK_MUST && i + 1 < p->n_pieces))
			return false;
	}
	return true;
}

static bool is_initial(const struct shape_request *r)
{
	return r->n_text == 2 && u_isUUppercase(r->text[0]) && r->text[1] == '.';
}

/* Of a line that ends in piece i. */
static double fine_of(const struct balance *b, size_t i)
{
	bool is_blank = b->p->pieces[i].is_blank;
	const struct shape_request *r = &b->p->pieces[is_blank && i ? i - 1 : i].shape->request;
	UChar c = r->text[r->n_text - 1];
	if (c != '.' && u_hasBinaryProperty(c, UCHAR_TERMINAL_PUNCTUATION))
		return 0;
	if (is_initial(r))
		return initial_fine;
	if (is_blank)
		return u_charType(c) == U_DASH_PUNCTUATION ? 0 : word_fine;
	return c == '/' || u_charType(c) == U_DASH_PUNCTUATION ? hyphen_fine : letters_fine;
}

static void find_stops(struct balance *b)
{
	double width = 0, seen = 0;
	b->stops[b->n++] = (struct stop){.is_forced = true};
	for (size_t i = 0; i < b->p->n_pieces; i++) {
		const struct piece *p = &b->p->pieces[i];
		width += p->width;
		if (!p->is_blank)
			seen = width;
		if (!may_end(b, i))
			continue;
		bool is_forced = p->after == BREAK_MUST || i + 1 == b->p->n_pieces;
		b->stops[b->n++] = (struct stop){.piece = i + 1,
			.width = seen,
			.next_width = width,
			.fine = is_forced ? 0 : fine_of(b, i),
			.is_forced = is_forced};
	}
}

/* Whether the line from the stop begins with another face, as hours do behind a title. */
static bool begins_part(const struct balance *b, const struct stop *from)
{
	const struct piece *pieces = b->p->pieces;
	size_t before = from->piece;
	while (before && pieces[before - 1].is_blank)
		before--;
	return before && pieces[before - 1].style->family != pieces[from->piece].style->family;
}

/* Of the line between the stops, `width` wide. */
static double cost_of(
	const struct balance *b, const struct stop *from, const struct stop *to, double width)
{
	double slack = 1 - (width > 0 ? width : 0) / b->width, cost = slack * slack + to->fine;
	bool is_lone = to->is_forced && !from->is_forced && from + 1 == to;
	if (is_lone && b->at != WRAP_BLANKS && !begins_part(b, from))
		return cost + lone_word_fine;
	return cost;
}

/* Tries the lines that end at the stop, shortest first. */
static void find_way_to(const struct balance *b, struct stop *to)
{
	const double slack = 1e-6 * b->width;
	for (const struct stop *from = to; from-- > b->stops;) {
		double width = to->width - from->next_width;
		if (width > b->width + slack)
			return;
		double cost = from->cost + cost_of(b, from, to, width);
		bool is_reached = from->before || from == b->stops;
		bool is_fewer = !to->before || from->n_lines + 1 < to->n_lines;
		bool is_as_few = from->n_lines + 1 == to->n_lines;
		if (is_reached && (is_fewer || (is_as_few && cost < to->cost))) {
			to->before = from;
			to->n_lines = from->n_lines + 1;
			to->cost = cost;
		}
		if (from->is_forced)
			return;
	}
}

static struct lines make_lines(struct arena *a, const struct balance *b)
{
	const struct stop *to = &b->stops[b->n - 1];
	struct lines out = {.n_lines = to->n_lines};
	out.lines = ARENA_ARRAY(a, out.n_lines, struct line);
	for (size_t i = out.n_lines; i-- > 0; to = to->before) {
		size_t first = to->before->piece;
		struct line *line = &out.lines[i];
		*line = line_new(a, b->p, b->p->pieces + first, to->piece - first, to->is_forced);
		out.width = line->width > out.width ? line->width : out.width;
	}
	return out;
}

struct lines paragraph_balance(
	struct typesetter *t, const struct paragraph *p, double width, enum wrap_at at)
{
	struct arena *a = typesetter_arena(t);
	struct balance b = {.p = p, .at = at, .width = width};
	size_t n_stops = count_stops(&b);
	if (n_stops > MAX_STOPS || is_one_line(p, width))
		return paragraph_wrap(t, p, width, at);
	b.stops = ARENA_ARRAY(a, n_stops, struct stop);
	find_stops(&b);
	for (size_t i = 1; i < b.n; i++)
		find_way_to(&b, &b.stops[i]);
	return b.stops[b.n - 1].before ? make_lines(a, &b) : paragraph_wrap(t, p, width, at);
}
