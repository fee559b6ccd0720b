/* Greedy breaking. Widths are summed from pieces, so a second try at another width costs little. */
#include "pdf/text/wrap.h"

#include <math.h>
#include <string.h>
#include <unicode/uchar.h>

/* A growing list of pieces, for words that are cut. */
struct list {
	struct arena *arena;
	struct piece *pieces;
	size_t n, room;
};

static void list_add(struct list *l, struct piece piece)
{
	if (l->n == l->room) {
		size_t room = l->room ? l->room * 2 : 16;
		struct piece *pieces = ARENA_ARRAY(l->arena, room, struct piece);
		if (l->n)
			memcpy(pieces, l->pieces, l->n * sizeof *pieces);
		l->pieces = pieces;
		l->room = room;
	}
	l->pieces[l->n++] = piece;
}

/* The end of the longest part of the piece from start that fits; one letter at least. */
static int part_end(struct typesetter *t, const struct piece *p, int start, double width)
{
	const UChar *text = p->shape->request.text;
	int n = p->shape->request.n_text, end = start;
	while (end < n) {
		int next = end;
		UChar32 c;
		U16_FWD_1(text, next, n);
		for (int mark = next; mark < n; next = mark) {
			U16_NEXT(text, mark, n, c);
			if (!(U_GET_GC_MASK(c) & U_GC_M_MASK) && c != 0x200D)
				break;
		}
		if (end > start && piece_part(t, p, start, next).width > width)
			break;
		end = next;
	}
	return end;
}

static bool takes_hyphens(const struct piece *p)
{
	enum { MOST_LETTERS = 200 };
	UScriptCode script = p->shape->request.script;
	bool has_hyphens = script == USCRIPT_LATIN || script == USCRIPT_GREEK ||
			   script == USCRIPT_CYRILLIC || script == USCRIPT_ARMENIAN;
	return has_hyphens && p->shape->request.n_text < MOST_LETTERS;
}

/* The end of a syllable near `end`, or that itself. */
static int syllable_end(
	struct typesetter *t, const struct piece *p, int start, int end, double width)
{
	enum { MOST_AWAY = 4 };
	int best = end, least = MOST_AWAY;
	typesetter_hyphenate(t, p);
	for (int k = 0; k < p->shape->n_hyphens; k++) {
		int at = p->shape->hyphens[k], away = at < end ? end - at : at - end;
		if (at > start + 1 && away < least && piece_part(t, p, start, at).width <= width) {
			best = at;
			least = away;
		}
	}
	return best;
}

/* Even parts with a hyphen behind each but the last: no line has one letter of a name. */
static void part_name(struct typesetter *t, struct list *l, const struct piece *p, double width)
{
	int n = p->shape->request.n_text, start = 0;
	double hyphen = piece_hyphenated(t, p, 0, 1).width - piece_part(t, p, 0, 1).width;
	struct piece rest = piece_part(t, p, 0, n);
	while (rest.width > width) {
		double room = width - hyphen, share = rest.width / ceil(rest.width / room);
		double letter = rest.width / (n - start) / 2;
		double target = share + letter < room ? share + letter : room;
		int end = syllable_end(t, p, start, part_end(t, p, start, target), room);
		if (end >= n)
			break;
		list_add(l, piece_hyphenated(t, p, start, end));
		start = end;
		rest = piece_part(t, p, start, n);
	}
	rest.after = p->after == BREAK_MUST ? BREAK_MUST : BREAK_MAY;
	list_add(l, rest);
}

static void cut_piece(struct typesetter *t, struct list *l, const struct piece *p, double width)
{
	int n = p->shape->request.n_text;
	for (int start = 0, end; start < n; start = end) {
		end = part_end(t, p, start, width);
		struct piece part = piece_part(t, p, start, end);
		if (end == n && p->after == BREAK_MUST)
			part.after = BREAK_MUST;
		list_add(l, part);
	}
}

/*
 * The end of the word at piece i: all that no line may part, fixed blanks too, and the blank behind
 * it. The width is without that blank, which vanishes at the end of a line.
 */
static size_t word_end(const struct paragraph *p, size_t i, enum wrap_at at, double *width)
{
	*width = 0;
	for (; i < p->n_pieces; i++) {
		bool ends = wrap_may_end(&p->pieces[i], at);
		if (!ends || !p->pieces[i].is_blank)
			*width += p->pieces[i].width;
		if (ends)
			return i + 1;
	}
	return i;
}

static bool has_wide_word(const struct paragraph *p, double width, enum wrap_at at)
{
	double sum;
	for (size_t i = 0, end; i < p->n_pieces; i = end) {
		end = word_end(p, i, at, &sum);
		if (sum > width)
			return true;
	}
	return false;
}

/* The pieces of the paragraph with every word that is too wide cut up. */
static struct list cut_words(
	struct typesetter *t, const struct paragraph *p, double width, enum wrap_at at)
{
	struct list l = {.arena = typesetter_arena(t)};
	double sum;
	for (size_t i = 0, end; i < p->n_pieces; i = end) {
		end = word_end(p, i, at, &sum);
		for (size_t k = i; k < end; k++) {
			if (sum > width && at == WRAP_BLANKS && takes_hyphens(&p->pieces[k]))
				part_name(t, &l, &p->pieces[k], width);
			else if (sum > width)
				cut_piece(t, &l, &p->pieces[k], width);
			else
				list_add(&l, p->pieces[k]);
		}
	}
	return l;
}

bool paragraph_pieces(struct typesetter *t, const struct paragraph *p, double width,
	const struct piece **pieces, size_t *n)
{
	bool is_cut = has_wide_word(p, width, WRAP_ANY);
	struct list l = {.pieces = p->pieces, .n = p->n_pieces};
	if (is_cut)
		l = cut_words(t, p, width, WRAP_ANY);
	*pieces = l.pieces;
	*n = l.n;
	return is_cut;
}

/* The end of the line that starts at piece `from`: behind the last break that fits. */
static size_t line_end(const struct list *l, size_t from, double width, enum wrap_at at)
{
	double sum = 0, slack = 1e-6 * width;
	size_t best = 0;
	for (size_t i = from; i < l->n; i++) {
		const struct piece *p = &l->pieces[i];
		sum += p->width;
		if (sum > width + slack && !p->is_blank && best)
			return best;
		if (p->after == BREAK_MUST)
			return i + 1;
		if (wrap_may_end(p, at))
			best = i + 1;
	}
	return l->n;
}

static size_t count_lines(const struct list *l, double width, enum wrap_at at)
{
	size_t n = 0;
	for (size_t from = 0; from < l->n; from = line_end(l, from, width, at))
		n++;
	return n;
}

/* How many lines there would be; 0 when a word would have to be cut. Allocates nothing. */
static size_t try_width(const struct paragraph *p, double width, enum wrap_at at)
{
	struct list l = {.pieces = p->pieces, .n = p->n_pieces};
	return has_wide_word(p, width, at) ? 0 : count_lines(&l, width, at);
}

/* Of the line from one piece up to another, without the blank at its end. */
static double width_between(const struct list *l, size_t from, size_t end)
{
	double width = 0;
	while (end > from && l->pieces[end - 1].is_blank)
		end--;
	for (size_t i = from; i < end; i++)
		width += l->pieces[i].width;
	return width;
}

static bool is_short_word(const struct list *l, size_t from, size_t end, double width)
{
	for (size_t i = from; i + 1 < end; i++)
		if (wrap_may_end(&l->pieces[i], WRAP_ANY))
			return false;
	return width_between(l, from, end) < width / 4;
}

/* Whether the line parts nothing that ends in the piece: no compound such as "patient-centred". */
static bool ends_whole_word(const struct piece *p)
{
	const struct shape_request *r = &p->shape->request;
	return p->is_blank || u_isalpha(r->text[r->n_text - 1]);
}

/* Where a last line at `from` had better begin, when the line above it begins at `above`. */
static size_t better_start(
	const struct list *l, size_t above, size_t from, size_t end, double width)
{
	const double fullness = 0.75;
	if (!is_short_word(l, from, end, width))
		return from;
	for (size_t i = from - 1; i > above; i--) {
		const struct piece *p = &l->pieces[i - 1];
		if (wrap_may_end(p, WRAP_ANY) && ends_whole_word(p))
			return width_between(l, above, i) < fullness * width ? from : i;
	}
	return from;
}

static bool ends_paragraph(const struct list *l, size_t end)
{
	return end == l->n || l->pieces[end - 1].after == BREAK_MUST;
}

/* The places where lines begin, and the end; returns how many lines there are. */
static size_t fill_lines(
	const struct list *l, double width, enum wrap_at at, bool is_ragged, size_t starts[])
{
	size_t n = 0;
	for (size_t from = 0, end; from < l->n; from = end) {
		end = line_end(l, from, width, at);
		bool has_above = from && !ends_paragraph(l, from);
		if (is_ragged && has_above && ends_paragraph(l, end))
			from = better_start(l, starts[n - 1], from, end, width);
		starts[n++] = from;
	}
	starts[n] = l->n;
	return n;
}

static struct lines make_lines(struct typesetter *t, const struct paragraph *p, double width,
	enum wrap_at at, bool is_ragged)
{
	struct arena *a = typesetter_arena(t);
	struct lines out = {.has_cut_word = has_wide_word(p, width, at)};
	struct list l = {.pieces = p->pieces, .n = p->n_pieces};
	if (out.has_cut_word) {
		l = cut_words(t, p, width, at);
		at = WRAP_ANY; /* between the parts */
	}
	size_t n_lines = count_lines(&l, width, at);
	size_t *starts = ARENA_ARRAY(a, n_lines + 1, size_t);
	out.lines = ARENA_ARRAY(a, n_lines, struct line);
	out.n_lines = fill_lines(&l, width, at, is_ragged, starts);
	for (size_t i = 0; i < n_lines; i++) {
		size_t from = starts[i], end = starts[i + 1];
		struct line line =
			line_new(a, p, l.pieces + from, end - from, ends_paragraph(&l, end));
		out.width = line.width > out.width ? line.width : out.width;
		out.lines[i] = line;
	}
	return out;
}

struct lines paragraph_wrap(
	struct typesetter *t, const struct paragraph *p, double width, enum wrap_at at)
{
	return make_lines(t, p, width, at, false);
}

struct lines paragraph_ragged(struct typesetter *t, const struct paragraph *p, double width)
{
	return make_lines(t, p, width, WRAP_ANY, true);
}

/* Halves the interval between the last factor that fits and the last that does not. */
static double find_factor(const struct paragraph *p, const struct fit_box *box, enum wrap_at at)
{
	enum { STEPS = 8 };
	double low = box->least, high = 1, factor = 1;
	for (int step = 0; step < STEPS && low < 1; step++) {
		size_t n = try_width(p, box->width / factor, at);
		double tall = (double)n * box->leading * p->size * factor;
		bool is_long = box->max_lines && n > (size_t)box->max_lines;
		if (tall > box->height || is_long || (n == 0 && p->n_pieces))
			high = factor;
		else
			low = factor;
		factor = (low + high) / 2;
	}
	return low;
}

/* What follows the piece is parted from it by meaning alone: Thai, Lao, Khmer, Burmese. */
static bool is_unspaced(const struct piece *p)
{
	const struct shape_request *r = &p->shape->request;
	UChar32 c;
	U16_GET(r->text, 0, r->n_text - 1, r->n_text, c);
	return !p->is_blank && u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT;
}

/* The same, with lines that do not end between words that are written without blanks. */
static struct paragraph with_whole_phrases(struct arena *a, const struct paragraph *p)
{
	struct paragraph whole = *p;
	whole.pieces = ARENA_ARRAY(a, p->n_pieces + 1, struct piece);
	for (size_t i = 0; i < p->n_pieces; i++) {
		whole.pieces[i] = p->pieces[i];
		if (p->pieces[i].after == BREAK_MAY && is_unspaced(&p->pieces[i]))
			whole.pieces[i].after = BREAK_NEVER;
	}
	return whole;
}

double paragraph_fit(struct typesetter *t, const struct paragraph *p, const struct fit_box *box,
	struct lines *lines)
{
	enum wrap_at at = box->at;
	struct paragraph whole;
	double factor = find_factor(p, box, at);
	if (at == WRAP_BLANKS && factor < 1) {
		whole = with_whole_phrases(typesetter_arena(t), p);
		double phrases = find_factor(&whole, box, WRAP_ANY),
		       freely = find_factor(p, box, WRAP_ANY);
		bool goes_free = freely > factor * 2 && freely > phrases;
		if (goes_free || phrases * 3 > factor * 4) {
			factor = goes_free ? freely : phrases;
			p = goes_free ? p : &whole;
			at = WRAP_ANY;
		}
	}
	*lines = paragraph_balance(t, p, box->width / factor, at);
	return factor;
}
