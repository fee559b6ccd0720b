/* Pieces are taken while they fit beside the ellipsis, then given back to the end of a word. */
#include "pdf/text/shorten.h"

#include "pdf/text/wrap.h"

#include <string.h>
#include <unicode/uchar.h>

static double width_of(const struct piece *pieces, size_t n)
{
	double width = 0;
	while (n && pieces[n - 1].is_blank)
		n--;
	for (size_t i = 0; i < n; i++)
		width += pieces[i].width;
	return width;
}

static bool is_one_line(const struct paragraph *p, double width)
{
	for (size_t i = 0; i + 1 < p->n_pieces; i++)
		if (p->pieces[i].after == BREAK_MUST)
			return false;
	return width_of(p->pieces, p->n_pieces) <= width * (1 + 1e-6);
}

/* Commas, dashes and dots between facts: what an ellipsis never stands behind. */
static bool is_pause(UChar32 c)
{
	const uint32_t marks = U_GC_PO_MASK | U_GC_PD_MASK | U_GC_PS_MASK | U_GC_PI_MASK;
	bool ends_sentence = c == '?' || c == '!' || c == '%' || c == '"' || c == '\'';
	return (U_GET_GC_MASK(c) & marks) && !ends_sentence;
}

/* The length of the piece's text without the pauses at its end. */
static int spoken_length(const struct piece *p)
{
	const struct shape_request *r = &p->shape->request;
	int n = r->n_text;
	while (n > 0) {
		int start = n;
		UChar32 c;
		U16_PREV(r->text, 0, start, c);
		if (!is_pause(c))
			break;
		n = start;
	}
	return n;
}

/* Whether a word ends with the piece, and not the half of a compound such as "patient-centred". */
static bool ends_word(const struct piece *p)
{
	const struct shape_request *r = &p->shape->request;
	if (p->after == BREAK_NEVER)
		return false;
	return p->is_blank || p->after == BREAK_MUST || !is_pause(r->text[r->n_text - 1]);
}

/* How many pieces stand in front of the ellipsis; 0: not even one word fits. */
static size_t count_kept(const struct piece *pieces, size_t n, double width)
{
	size_t kept = 0;
	for (size_t i = 0; i < n && width_of(pieces, i + 1) <= width; i++) {
		if (ends_word(&pieces[i]))
			kept = i + 1;
		if (pieces[i].after == BREAK_MUST)
			break;
	}
	return kept;
}

/* Takes blanks and pauses from the end of the first n pieces; returns how many remain. */
static size_t trim(struct typesetter *t, struct piece *pieces, size_t n)
{
	for (; n; n--) {
		struct piece *last = &pieces[n - 1];
		int length = last->is_blank ? 0 : spoken_length(last);
		if (!length)
			continue;
		if (length < last->shape->request.n_text)
			*last = piece_part(t, last, 0, length);
		break;
	}
	return n;
}

static struct paragraph *ellipsis_for(struct typesetter *t, const struct paragraph *p)
{
	const struct text_span span = {.style = p->pieces[0].style, .text = "…"};
	return paragraph_new(t, &span, 1, p->is_rtl ? DIRECTION_RTL : DIRECTION_LTR);
}

struct lines paragraph_shorten(
	struct typesetter *t, const struct paragraph *p, double width, bool *is_shortened)
{
	struct arena *a = typesetter_arena(t);
	bool is_short = !is_one_line(p, width);
	struct lines out = {.lines = ARENA_NEW(a, struct line), .n_lines = p->n_pieces ? 1 : 0};
	const struct piece *pieces = p->pieces;
	size_t n = p->n_pieces;
	if (is_shortened)
		*is_shortened = is_short;
	if (is_short) {
		const struct paragraph *ellipsis = ellipsis_for(t, p);
		double room = width - width_of(ellipsis->pieces, ellipsis->n_pieces);
		size_t kept = count_kept(pieces, n, room);
		if (!kept) {
			out.has_cut_word = paragraph_pieces(t, p, room, &pieces, &n);
			kept = count_kept(pieces, n, room);
		}
		struct piece *line = ARENA_ARRAY(a, kept + ellipsis->n_pieces, struct piece);
		if (kept)
			memcpy(line, pieces, kept * sizeof *line);
		n = trim(t, line, kept);
		memcpy(line + n, ellipsis->pieces, ellipsis->n_pieces * sizeof *line);
		n += ellipsis->n_pieces;
		pieces = line;
	}
	if (out.n_lines)
		out.lines[0] = line_new(a, p, pieces, n, true);
	out.width = out.n_lines ? out.lines[0].width : 0;
	return out;
}

struct paragraph *paragraph_beginning(struct typesetter *t, const struct paragraph *p, size_t n)
{
	struct arena *a = typesetter_arena(t);
	struct paragraph *out = ARENA_NEW(a, struct paragraph);
	if (!n || !ends_word(&p->pieces[n - 1]))
		return NULL;
	const struct paragraph *ellipsis = ellipsis_for(t, p);
	*out = *p;
	out->pieces = ARENA_ARRAY(a, n + ellipsis->n_pieces, struct piece);
	memcpy(out->pieces, p->pieces, n * sizeof *out->pieces);
	out->n_pieces = trim(t, out->pieces, n);
	if (!out->n_pieces)
		return NULL;
	out->pieces[out->n_pieces - 1].after = BREAK_NEVER;
	memcpy(out->pieces + out->n_pieces, ellipsis->pieces,
		ellipsis->n_pieces * sizeof *out->pieces);
	out->n_pieces += ellipsis->n_pieces;
	return out;
}
