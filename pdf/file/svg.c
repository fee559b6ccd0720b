/*
 * A reader of our own operators. Numbers wait on a stack until an operator takes them; a glyph is
 * outlined once and placed by reference.
 */
#include "pdf/file/svg.h"

#include <hb.h>
#include <string.h>

enum { MAX_NUMBERS = 8, MAX_SPACES = 16, MAX_BYTES = 16 << 20, MAX_GLYPHS = 4096 };
static const double page_gap = 14;

struct space {
	double m[6]; /* x' = m0 x + m2 y + m4; y' = m1 x + m3 y + m5 */
	bool is_cut; /* a group with a clip path is open in it */
};

struct drawn_glyph {
	const struct font_face *face;
	unsigned glyph;
};

struct svg {
	struct arena *arena;
	const struct embed *fonts;
	int n_pages, max_pages, n_cuts;
	double width, height; /* so far */
	struct buf shapes, glyphs;
	struct drawn_glyph drawn[MAX_GLYPHS];
	int n_drawn;
};

/* One page while it is read. */
struct reader {
	struct svg *svg;
	const char *p, *end;
	double numbers[MAX_NUMBERS];
	int n_numbers;
	struct space spaces[MAX_SPACES];
	int n_spaces; /* the last is in force */
	double fill[3], line_width;
	struct buf path; /* rectangles since the last filling */
	int font;
	double size, x, y, rise; /* of text */
	bool is_thick;
	double line_x, line_y; /* where the line of text began */
};

static void put_real(struct buf *b, double v)
{
	buf_printf(b, "%.3f ", v);
}

static void put_space(struct buf *b, const struct space *s)
{
	buf_text(b, " transform=\"matrix(");
	for (int i = 0; i < 6; i++)
		put_real(b, s->m[i]);
	buf_text(b, ")\"");
}

static void put_colour(struct buf *b, const double rgb[3])
{
	buf_text(b, " fill=\"#");
	for (int i = 0; i < 3; i++)
		buf_printf(b, "%02x", (unsigned)(rgb[i] * 255 + 0.5));
	buf_char(b, '"');
}

/* The space `inner` as seen from where `outer` is seen. */
static struct space join(const struct space *outer, const double inner[6])
{
	const double *o = outer->m;
	struct space s = {.is_cut = outer->is_cut};
	for (int i = 0; i < 6; i += 2) {
		s.m[i] = o[0] * inner[i] + o[2] * inner[i + 1] + (i == 4 ? o[4] : 0);
		s.m[i + 1] = o[1] * inner[i] + o[3] * inner[i + 1] + (i == 4 ? o[5] : 0);
	}
	return s;
}

static struct space *space_of(struct reader *r)
{
	return &r->spaces[r->n_spaces - 1];
}

/* ---- glyphs -------------------------------------------------------------------------------- */

static void outline_move(
	hb_draw_funcs_t *f, void *to, hb_draw_state_t *state, float x, float y, void *unused)
{
	(void)f;
	(void)state;
	(void)unused;
	buf_printf(to, "M%g %g", (double)x, (double)y);
}

static void outline_line(
	hb_draw_funcs_t *f, void *to, hb_draw_state_t *state, float x, float y, void *unused)
{
	(void)f;
	(void)state;
	(void)unused;
	buf_printf(to, "L%g %g", (double)x, (double)y);
}

static void outline_quadratic(hb_draw_funcs_t *f, void *to, hb_draw_state_t *state, float cx,
	float cy, float x, float y, void *unused)
{
	(void)f;
	(void)state;
	(void)unused;
	buf_printf(to, "Q%g %g %g %g", (double)cx, (double)cy, (double)x, (double)y);
}

static void outline_cubic(hb_draw_funcs_t *f, void *to, hb_draw_state_t *state, float ax, float ay,
	float bx, float by, float x, float y, void *unused)
{
	(void)f;
	(void)state;
	(void)unused;
	buf_printf(to, "C%g %g %g %g %g %g", (double)ax, (double)ay, (double)bx, (double)by,
		(double)x, (double)y);
}

static void outline_close(hb_draw_funcs_t *f, void *to, hb_draw_state_t *state, void *unused)
{
	(void)f;
	(void)state;
	(void)unused;
	buf_char(to, 'Z');
}

static void outline(const struct font_face *face, unsigned glyph, struct buf *to)
{
	hb_draw_funcs_t *f = hb_draw_funcs_create();
	hb_draw_funcs_set_move_to_func(f, outline_move, NULL, NULL);
	hb_draw_funcs_set_line_to_func(f, outline_line, NULL, NULL);
	hb_draw_funcs_set_quadratic_to_func(f, outline_quadratic, NULL, NULL);
	hb_draw_funcs_set_cubic_to_func(f, outline_cubic, NULL, NULL);
	hb_draw_funcs_set_close_path_func(f, outline_close, NULL, NULL);
	hb_font_get_glyph_shape(face->font, glyph, f, to);
	hb_draw_funcs_destroy(f);
}

/* The number of the outline; -1 when there are too many. */
static int glyph_number(struct svg *s, const struct font_face *face, unsigned glyph)
{
	for (int i = 0; i < s->n_drawn; i++)
		if (s->drawn[i].face == face && s->drawn[i].glyph == glyph)
			return i;
	if (s->n_drawn == MAX_GLYPHS)
		return -1;
	s->drawn[s->n_drawn] = (struct drawn_glyph){face, glyph};
	buf_printf(&s->glyphs, "<path id=\"g%d\" d=\"", s->n_drawn);
	outline(face, glyph, &s->glyphs);
	buf_text(&s->glyphs, "\"/>\n");
	return s->n_drawn++;
}

static void draw_glyph(struct reader *r, unsigned code)
{
	struct svg *s = r->svg;
	struct embed_glyph g;
	if (!embed_glyph_of(s->fonts, r->font, code, &g))
		return;
	double scale = r->size / g.face->units_per_em;
	const double place[6] = {scale, 0, 0, scale, r->x, r->y + r->rise};
	struct space in = join(space_of(r), place);
	int number = glyph_number(s, g.face, g.glyph);
	if (number >= 0) {
		buf_printf(&s->shapes, "<use href=\"#g%d\"", number);
		put_space(&s->shapes, &in);
		put_colour(&s->shapes, r->fill);
		if (r->is_thick)
			buf_printf(&s->shapes, " stroke-width=\"%.2f\" stroke=\"#%02x%02x%02x\"",
				r->line_width / scale, (unsigned)(r->fill[0] * 255 + 0.5),
				(unsigned)(r->fill[1] * 255 + 0.5),
				(unsigned)(r->fill[2] * 255 + 0.5));
		buf_text(&s->shapes, "/>\n");
	}
	r->x += g.width * r->size / 1000;
}

/* ---- words --------------------------------------------------------------------------------- */

static bool is_delimiter(char c)
{
	return strchr(" \n[]()<>/", c) != NULL;
}

/* A string of two-byte codes; the bracket was read. */
static void read_string(struct reader *r)
{
	unsigned code = 0;
	bool is_second = false;
	while (r->p < r->end && *r->p != ')') {
		unsigned char byte = (unsigned char)*r->p++;
		if (byte == '\\' && r->p < r->end) {
			byte = (unsigned char)*r->p++;
			byte = byte == 'r' ? '\r' : byte;
		}
		code = code << 8 | byte;
		if (is_second)
			draw_glyph(r, code & 0xFFFF);
		is_second = !is_second;
	}
	r->p += r->p < r->end;
}

/* Strings, and moves to the left in thousandths of the size. */
static void read_array(struct reader *r)
{
	while (r->p < r->end && *r->p != ']') {
		if (*r->p == '(') {
			r->p++;
			read_string(r);
			continue;
		}
		struct str number = {r->p, 0};
		double v;
		while (r->p < r->end && !is_delimiter(*r->p))
			r->p++;
		number.n = (size_t)(r->p - number.p);
		if (number.n && str_to_double(number, &v))
			r->x -= v * r->size / 1000;
		r->p += !number.n;
	}
	r->p += r->p < r->end;
}

/* A dictionary says what screen readers need; nothing in it is drawn. */
static void skip_dictionary(struct reader *r)
{
	int depth = 0;
	for (; r->p < r->end; r->p++) {
		if (*r->p == '<')
			depth++;
		else if (*r->p == '>' && --depth == 0)
			break;
	}
	r->p += r->p < r->end;
}

static double number(const struct reader *r, int i)
{
	return i < r->n_numbers ? r->numbers[i] : 0;
}

static void add_rect(struct reader *r)
{
	double x = number(r, 0), y = number(r, 1), w = number(r, 2), h = number(r, 3);
	buf_printf(&r->path, "M%g %gh%gv%gh%gz", x, y, w, h, -w);
}

static void fill(struct reader *r)
{
	struct buf *b = &r->svg->shapes;
	buf_text(b, "<path d=\"");
	buf_str(b, buf_view(&r->path));
	buf_char(b, '"');
	put_space(b, space_of(r));
	put_colour(b, r->fill);
	buf_text(b, "/>\n");
	buf_reset(&r->path);
}

/* What is drawn in this space from now on is cut off at the path. */
static void cut(struct reader *r)
{
	struct svg *s = r->svg;
	struct space *space = space_of(r);
	if (space->is_cut)
		return;
	space->is_cut = true;
	buf_printf(&s->shapes, "<clipPath id=\"c%d\"><path d=\"", s->n_cuts);
	buf_str(&s->shapes, buf_view(&r->path));
	buf_char(&s->shapes, '"');
	put_space(&s->shapes, space);
	buf_printf(&s->shapes, "/></clipPath>\n<g clip-path=\"url(#c%d)\">\n", s->n_cuts++);
}

static void leave_space(struct reader *r)
{
	if (space_of(r)->is_cut)
		buf_text(&r->svg->shapes, "</g>\n");
	r->n_spaces--;
}

/* The place of a picture is the unit square of its space. */
static void stand_in(struct reader *r)
{
	struct buf *b = &r->svg->shapes;
	buf_text(b, "<path d=\"M0 0h1v1h-1z\"");
	put_space(b, space_of(r));
	buf_text(b, " fill=\"#b8aea0\"/>\n");
}

static void run_graphics(struct reader *r, struct str word)
{
	if (str_is(word, "q") && r->n_spaces < MAX_SPACES) {
		r->spaces[r->n_spaces] = *space_of(r);
		r->spaces[r->n_spaces++].is_cut = false;
	} else if (str_is(word, "Q") && r->n_spaces > 1) {
		leave_space(r);
	} else if (str_is(word, "W")) {
		cut(r);
	} else if (str_is(word, "cm")) {
		*space_of(r) = join(space_of(r), r->numbers);
	} else if (str_is(word, "re")) {
		add_rect(r);
	} else if (str_is(word, "f")) {
		fill(r);
	} else if (str_is(word, "Do")) {
		stand_in(r);
	} else if (str_is(word, "n")) {
		buf_reset(&r->path);
	} else if (str_is(word, "rg")) {
		memcpy(r->fill, r->numbers, sizeof r->fill);
	} else if (str_is(word, "w")) {
		r->line_width = number(r, 0);
	}
}

static void run_text(struct reader *r, struct str word)
{
	if (str_is(word, "Tf")) {
		r->size = number(r, 0);
	} else if (str_is(word, "BT")) {
		r->line_x = r->line_y = 0;
	} else if (str_is(word, "Td")) {
		r->x = r->line_x += number(r, 0);
		r->y = r->line_y += number(r, 1);
	} else if (str_is(word, "Ts")) {
		r->rise = number(r, 0);
	} else if (str_is(word, "Tr")) {
		r->is_thick = number(r, 0) > 0;
	}
}

static void read_word(struct reader *r)
{
	struct str word = {r->p, 0};
	double v;
	int64_t font;
	while (r->p < r->end && !is_delimiter(*r->p))
		r->p++;
	word.n = (size_t)(r->p - word.p);
	if (str_to_double(word, &v)) {
		if (r->n_numbers < MAX_NUMBERS)
			r->numbers[r->n_numbers++] = v;
		return;
	}
	/* "/F3" is the font of the next Tf; other names belong to marks. */
	if (word.n > 1 && word.p[0] == 'F' &&
		str_to_i64((struct str){word.p + 1, word.n - 1}, &font)) {
		r->font = (int)font;
		return;
	}
	run_graphics(r, word);
	run_text(r, word);
	r->n_numbers = 0;
}

static void read_operators(struct reader *r)
{
	while (r->p < r->end) {
		char c = *r->p;
		if (c == '<') {
			skip_dictionary(r);
		} else if (c == '[') {
			r->p++;
			read_array(r);
			r->n_numbers = 0;
		} else if (is_delimiter(c)) {
			r->p++;
		} else {
			read_word(r);
		}
	}
}

/* ---- pages --------------------------------------------------------------------------------- */

static void draw_page(void *context, double width, double height, struct str operators)
{
	struct svg *s = context;
	if (s->n_pages == s->max_pages)
		return;
	double left = s->n_pages++ ? s->width + page_gap : 0;
	struct reader r = {.svg = s,
		.p = operators.p,
		.end = operators.p + operators.n,
		.spaces = {{{1, 0, 0, -1, left, height}}},
		.n_spaces = 1,
		.path = buf_in(s->arena, MAX_BYTES)};
	buf_printf(&s->shapes,
		"<clipPath id=\"p%d\"><rect x=\"%g\" y=\"0\" width=\"%g\" height=\"%g\"/>"
		"</clipPath>\n<g clip-path=\"url(#p%d)\"><rect x=\"%g\" y=\"0\" width=\"%g\" "
		"height=\"%g\" fill=\"#ffffff\"/>\n",
		s->n_pages, left, width, height, s->n_pages, left, width, height);
	read_operators(&r);
	buf_text(&s->shapes, "</g>\n");
	s->width = left + width;
	s->height = height > s->height ? height : s->height;
}

struct svg *svg_new(struct arena *a, struct core *c, const struct embed *fonts, int max_pages)
{
	struct svg *s = ARENA_NEW(a, struct svg);
	s->arena = a;
	s->fonts = fonts;
	s->max_pages = max_pages;
	s->shapes = buf_in(a, MAX_BYTES);
	s->glyphs = buf_in(a, MAX_BYTES);
	core_on_page(c, draw_page, s);
	return s;
}

void svg_finish(struct svg *s, struct buf *out)
{
	buf_printf(out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.2f\" height=\"%.2f\" "
		"viewBox=\"0 0 %.2f %.2f\">\n<defs>\n",
		s->width, s->height, s->width, s->height);
	buf_str(out, buf_view(&s->glyphs));
	buf_text(out, "</defs>\n");
	buf_str(out, buf_view(&s->shapes));
	buf_text(out, "</svg>\n");
	out->failed |= s->glyphs.failed || s->shapes.failed;
}
