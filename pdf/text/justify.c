/*
 * The optimum-fit algorithm of Knuth and Plass with TeX's measures: a line's badness is a hundred
 * times the cube of its ratio, demerits are the square of one more than that, and neighbours of
 * very different looks are fined. Attempts: without dividing words; with; and with lines ever more
 * loose, as they must be.
 */
#include "pdf/text/wrap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

/* A place where a line may end. Sums are over the pieces from the start of the paragraph. */
struct stop {
	size_t piece;                  /* the last one on the line, or the one that is divided */
	int cut;                       /* code units of it in front of the hyphen; 0: all of it */
	double width, stretch, shrink; /* up to here, without the blank that vanishes */
	double next_width, next_stretch, next_shrink; /* where the next line begins */
	double fine;
	bool is_hyphen, is_forced;
};

enum fitness { TIGHT, DECENT, LOOSE, VERY_LOOSE };

/* The best way found to end a line at a stop with a given look. */
struct node {
	struct stop stop;
	const struct node *before; /* NULL: the start of the paragraph */
	double demerits;
	enum fitness fitness;
	int n_hyphens; /* lines in a row that end in one */
	double need;   /* what reach_of() a stop has where the next line may end, at the least */
	struct node *next; /* among the active ones */
};

struct breaker {
	struct typesetter *t;
	struct arena *arena;
	const struct paragraph *p;
	const struct piece *pieces;
	size_t n_pieces;
	double width;
	double tolerance; /* the largest ratio of this attempt */
	struct node *active;
	double least_need; /* of the active ones */
};

enum { MAX_HYPHENS_IN_A_ROW = 2 };

/* The ratio that no line passes while there is a way around it, and the one that none passes. */
enum { LOOSEST = 2, TORN = 4 };

static const double line_fine = 10, hyphen_fine = 50, dash_fine = 30, adjacency_fine = 10000,
		    double_hyphen_fine = 10000, last_hyphen_fine = 5000;

/* ---- stops --------------------------------------------------------------------------------- */

static bool ends_in_dash(const struct piece *p)
{
	const struct shape_request *r = &p->shape->request;
	return u_charType(r->text[r->n_text - 1]) == U_DASH_PUNCTUATION;
}

/* The width of the first n code units, by the glyphs that stand for them. */
static double width_until(const struct piece *p, int n)
{
	const struct shape *s = p->shape;
	int width = 0;
	for (int i = 0; i < s->n_glyphs; i++) {
		struct shape_cluster c = shape_cluster(s, i);
		if (c.n_text && c.at >= n)
			break;
		width += s->glyphs[i].advance;
	}
	return width * p->style->size / s->request.face->units_per_em;
}

/* The stop behind a piece, with the sums in front of it. */
static struct stop stop_behind(const struct breaker *b, size_t i, const struct stop *sums)
{
	const struct piece *p = &b->pieces[i];
	struct stop stop = *sums;
	stop.piece = i;
	stop.next_width += p->width;
	stop.next_stretch += piece_stretch(p);
	stop.next_shrink += piece_shrink(p);
	if (!p->is_blank)
		stop.width = stop.next_width;
	stop.is_forced = p->after == BREAK_MUST || i + 1 == b->n_pieces;
	if (!p->is_blank && !stop.is_forced && p->after == BREAK_MAY && ends_in_dash(p)) {
		stop.is_hyphen = true;
		stop.fine = dash_fine;
	}
	return stop;
}

/* Past a stop, what its piece adds counts for the lines that go on behind it. */
static struct stop sums_past(const struct stop *stop)
{
	return (struct stop){
		.width = stop->next_width,
		.stretch = stop->next_stretch,
		.shrink = stop->next_shrink,
		.next_width = stop->next_width,
		.next_stretch = stop->next_stretch,
		.next_shrink = stop->next_shrink,
	};
}

/* ---- the best way --------------------------------------------------------------------------- */

static const double unstretchable = 1e3;

/* Of a line between two stops: above 0 stretched, below shrunk, -2 when it cannot be. */
static double ratio_of(const struct breaker *b, const struct node *from, const struct stop *to)
{
	const double does_not_fit = -2;
	double left = b->width - (to->width - from->stop.next_width),
	       stretch = to->stretch - from->stop.next_stretch,
	       shrink = to->shrink - from->stop.next_shrink;
	if (left >= 0 && to->is_forced)
		return 0;
	if (left >= 0)
		return stretch > 0 ? left / stretch : left > 0.01 ? unstretchable : 0;
	return shrink > 0 && -left <= shrink ? left / shrink : left > -0.01 ? 0 : does_not_fit;
}

static enum fitness fitness_of(double ratio)
{
	return ratio < -0.5 ? TIGHT : ratio <= 0.5 ? DECENT : ratio <= 1 ? LOOSE : VERY_LOOSE;
}

static double demerits_of(const struct node *from, const struct stop *to, double ratio)
{
	double badness = 100 * fabs(ratio * ratio * ratio), sum = line_fine + badness;
	sum = sum * sum + to->fine * to->fine;
	if (to->is_hyphen && from->n_hyphens)
		sum += double_hyphen_fine;
	if (to->is_forced && from->n_hyphens)
		sum += last_hyphen_fine;
	if (abs((int)fitness_of(ratio) - (int)from->fitness) > 1)
		sum += adjacency_fine;
	return from->demerits + sum;
}

/* How far a line comes that ends here and is stretched as far as it may be. */
static double reach_of(const struct breaker *b, const struct stop *to)
{
	return to->width + b->tolerance * to->stretch;
}

/* Tries the line from every active node to the stop; keeps the best for each look in best[]. */
static void find_best(struct breaker *b, const struct stop *to, struct node best[])
{
	b->least_need = INFINITY;
	for (struct node **link = &b->active, *from; (from = *link) != NULL;) {
		double ratio = ratio_of(b, from, to);
		bool is_run = to->is_hyphen && from->n_hyphens >= MAX_HYPHENS_IN_A_ROW;
		if (ratio >= -1 && ratio <= b->tolerance && !is_run) {
			enum fitness look = fitness_of(ratio);
			double demerits = demerits_of(from, to, ratio);
			if (!best[look].before || demerits < best[look].demerits)
				best[look] = (struct node){.stop = *to,
					.before = from,
					.demerits = demerits,
					.fitness = look,
					.n_hyphens = to->is_hyphen ? from->n_hyphens + 1 : 0};
		}
		/* A line that is too long already only grows. */
		if (ratio < -1 || to->is_forced) {
			*link = from->next;
			continue;
		}
		b->least_need = fmin(b->least_need, from->need);
		link = &from->next;
	}
}

static void activate(struct breaker *b, const struct node *found)
{
	struct node *node = ARENA_NEW(b->arena, struct node);
	*node = *found;
	node->need = b->width + node->stop.next_width + b->tolerance * node->stop.next_stretch;
	node->next = b->active;
	b->active = node;
	b->least_need = fmin(b->least_need, node->need);
}

/* Most stops are in mid-line for all: no line that ends there can be stretched so far. */
static bool is_out_of_reach(const struct breaker *b, double reach)
{
	const double slack = 1e-6;
	return reach < b->least_need - slack && b->tolerance < unstretchable;
}

static void try_stop(struct breaker *b, const struct stop *to)
{
	struct node best[VERY_LOOSE + 1];
	if (!to->is_forced && is_out_of_reach(b, reach_of(b, to)))
		return;
	for (int look = TIGHT; look <= VERY_LOOSE; look++)
		best[look].before = NULL;
	find_best(b, to, best);
	for (int look = TIGHT; look <= VERY_LOOSE; look++)
		if (best[look].before)
			activate(b, &best[look]);
}

/* Whether a line may end inside the piece at all: most words are far from where lines end. */
static bool may_divide(const struct breaker *b, const struct stop *sums, const struct piece *p)
{
	double widest_hyphen = p->style->size;
	if (is_out_of_reach(b, reach_of(b, sums) + p->width + widest_hyphen))
		return false;
	for (const struct node *from = b->active; from; from = from->next) {
		double left = b->width - (sums->width - from->stop.next_width);
		if (left >= from->stop.next_shrink - sums->shrink)
			return true;
	}
	return false;
}

static void try_hyphens(struct breaker *b, size_t i, const struct stop *sums)
{
	const struct piece *p = &b->pieces[i];
	double hyphen = typesetter_hyphenate(b->t, p);
	for (int k = 0; k < p->shape->n_hyphens; k++) {
		struct stop stop = *sums;
		double part = width_until(p, p->shape->hyphens[k]);
		stop.piece = i;
		stop.cut = p->shape->hyphens[k];
		stop.width += part + hyphen;
		stop.next_width += part;
		stop.fine = hyphen_fine;
		stop.is_hyphen = true;
		try_stop(b, &stop);
	}
}

/* The last node of the best way through all stops; NULL when there is none within the tolerance. */
static const struct node *find_way(struct breaker *b, bool hyphenates)
{
	const struct node *best_end = NULL;
	struct stop sums = {0};
	b->active = NULL;
	b->least_need = INFINITY;
	activate(b, &(struct node){.fitness = DECENT});
	for (size_t i = 0; i < b->n_pieces && b->active; i++) {
		const struct piece *p = &b->pieces[i];
		if (hyphenates && !p->is_blank && may_divide(b, &sums, p))
			try_hyphens(b, i, &sums);
		struct stop stop = stop_behind(b, i, &sums);
		if (stop.is_forced || p->after == BREAK_MAY)
			try_stop(b, &stop);
		sums = sums_past(&stop);
	}
	for (const struct node *n = b->active; n; n = n->next)
		if (!best_end || n->demerits < best_end->demerits)
			best_end = n;
	return best_end;
}

/* ---- lines ---------------------------------------------------------------------------------- */

/* The piece a line begins with, when the line before ended inside it. */
static struct piece rest_of(struct breaker *b, const struct stop *from, const struct stop *to)
{
	const struct piece *p = &b->pieces[from->piece];
	if (to->piece == from->piece && to->cut)
		return piece_hyphenated(b->t, p, from->cut, to->cut);
	struct piece rest = piece_part(b->t, p, from->cut, p->shape->request.n_text);
	rest.after = p->after;
	return rest;
}

/* from NULL: the first line. */
static struct line make_line(struct breaker *b, const struct stop *from, const struct stop *to)
{
	size_t first = !from ? 0 : from->cut ? from->piece : from->piece + 1;
	size_t n = to->piece + 1 - first;
	const struct piece *pieces = b->pieces + first;
	if ((from && from->cut) || to->cut) {
		struct piece *own = ARENA_ARRAY(b->arena, n, struct piece);
		memcpy(own, pieces, n * sizeof *own);
		if (to->cut)
			own[n - 1] = piece_hyphenated(b->t, &pieces[n - 1], 0, to->cut);
		if (from && from->cut)
			own[0] = rest_of(b, from, to);
		pieces = own;
	}
	return line_new(b->arena, b->p, pieces, n, to->is_forced);
}

static struct lines make_lines(struct breaker *b, const struct node *end)
{
	struct lines out = {0};
	for (const struct node *n = end; n->before; n = n->before)
		out.n_lines++;
	out.lines = ARENA_ARRAY(b->arena, out.n_lines, struct line);
	size_t i = out.n_lines;
	for (const struct node *n = end; n->before; n = n->before)
		out.lines[--i] =
			make_line(b, n->before->before ? &n->before->stop : NULL, &n->stop);
	for (i = 0; i < out.n_lines; i++)
		out.width = out.lines[i].width > out.width ? out.lines[i].width : out.width;
	return out;
}

static bool is_ragged(const struct paragraph *p)
{
	size_t n = 0;
	for (size_t i = 0; i < p->n_pieces; i++) {
		UScriptCode s = p->pieces[i].shape->request.script;
		n += s == USCRIPT_THAI || s == USCRIPT_LAO || s == USCRIPT_KHMER ||
		     s == USCRIPT_MYANMAR;
	}
	return n * 2 > p->n_pieces;
}

static struct lines set_ragged(struct typesetter *t, const struct paragraph *p, double width)
{
	struct lines lines = paragraph_ragged(t, p, width);
	for (size_t i = 0; i < lines.n_lines; i++)
		lines.lines[i].is_ragged = true;
	return lines;
}

/*
 * Where there was no good way: says so, and leaves those lines ragged that only huge gaps would
 * fill, such as the one in front of a long address.
 */
static void force(struct lines *lines, double width)
{
	for (size_t i = 0; i < lines->n_lines; i++) {
		struct line *line = &lines->lines[i];
		line->is_forced = true;
		line->is_ragged = !line->is_last && width - line->width > TORN * line->stretch;
	}
}

struct lines paragraph_justify(struct typesetter *t, const struct paragraph *p, double width)
{
	static const struct attempt {
		bool hyphenates;
		double tolerance;
	} attempts[] = {{false, 1}, {true, LOOSEST}, {true, TORN}, {true, 1e4}};
	struct breaker b = {.t = t, .arena = typesetter_arena(t), .p = p, .width = width};
	if (is_ragged(p))
		return set_ragged(t, p, width);
	bool has_cut_word = paragraph_pieces(t, p, width, &b.pieces, &b.n_pieces);
	for (size_t i = 0; i < sizeof attempts / sizeof attempts[0]; i++) {
		b.tolerance = attempts[i].tolerance;
		const struct node *end = find_way(&b, attempts[i].hyphenates);
		if (!end)
			continue;
		struct lines lines = make_lines(&b, end);
		if (attempts[i].tolerance > LOOSEST)
			force(&lines, width);
		lines.has_cut_word = has_cut_word;
		return lines;
	}
	struct lines lines = paragraph_wrap(t, p, width, WRAP_ANY);
	force(&lines, width);
	return lines;
}
