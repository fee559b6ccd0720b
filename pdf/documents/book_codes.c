/*
 * Codes of abstracts: "O-01", or ten and more letters. They stand in columns that are as wide as
 * the widest of them, and what is too long for a column of sense stands in a line of its own.
 */
#include "pdf/documents/book.h"

/* The style in which codes are measured; contents set them in the same family, smaller, lighter. */
static const struct text_style measured_style = {
	.family = FONT_SANS, .bold = true, .tabular = true, .size = 9.5, .colour = COLOUR_INK};

/* Of the width of the text. */
static const double most_beside = 0.18, most_in_contents = 0.22;
static const double least_room = MM(17), gap = 8;

/* Smaller than this nobody reads them. */
static const double least_size = 7;

static double width_of(const struct paragraph *p)
{
	double width = 0;
	for (size_t i = 0; i < p->n_pieces; i++)
		width += p->pieces[i].width;
	return width;
}

static double smaller_of(double a, double b)
{
	return a < b ? a : b;
}

/* The room for a code of the given width, made smaller if it must be; 0: it does not fit. */
static double room_for(double width, double size, double most)
{
	double least = width * smaller_of(least_size / size, 1);
	return least + gap > most ? 0 : smaller_of(width + gap, most);
}

/* Whether the codes are equally wide, because they differ in figures alone. */
static bool is_as_wide(const char *a, const char *b)
{
	for (; *a && *b; a++, b++) {
		bool are_figures = *a >= '0' && *a <= '9' && *b >= '0' && *b <= '9';
		if (*a != *b && !are_figures)
			return false;
	}
	return *a == *b;
}

/* The widths of the columns so far, and what they may come to. */
struct rooms {
	double beside, contents;
	double most_beside, most_contents;
};

static void make_room(struct rooms *r, double width)
{
	const double contents_size = 8.5;
	double beside = room_for(width, measured_style.size, r->most_beside),
	       contents = room_for(width * contents_size / measured_style.size, contents_size,
		       r->most_contents);
	if (beside > r->beside)
		r->beside = beside;
	if (contents > r->contents)
		r->contents = contents;
}

void book_measure_codes(struct book *b)
{
	struct book_measures *m = &b->measures;
	double whole = m->width - m->left - m->right;
	struct rooms r = {m->hang, least_room, whole * most_beside, whole * most_in_contents};
	const char *before = "";
	for (size_t i = 0; i < b->n_sessions; i++) {
		const struct book_entry *s = &b->sessions[i];
		for (size_t k = 0; k < s->n_abstracts; k++) {
			const char *code = json_text(s->abstracts[k].model, "code");
			if (!code || is_as_wide(code, before))
				continue;
			before = code;
			make_room(&r,
				width_of(paragraph_of(b->doc->type, &measured_style, code, NULL)));
		}
	}
	m->hang = m->hang > 0 ? r.beside : 0;
	m->contents_hang = r.contents;
	typesetter_forget(b->doc->type);
}

void book_bind_code(struct paragraph *p, const struct tag *code)
{
	for (size_t i = 0; i + 1 < p->n_pieces; i++)
		if (p->pieces[i].tag == code && p->pieces[i + 1].tag == code)
			p->pieces[i].after = BREAK_NEVER;
}

struct paragraph *book_code(
	const struct book *b, const struct text_style *style, const char *code, double room)
{
	struct typesetter *type = b->doc->type;
	struct paragraph *p = paragraph_of(type, style, code, NULL);
	double width = width_of(p), factor = (room - gap) / width;
	if (factor < 1 && style->size * factor < least_size - 0.01)
		return NULL;
	if (factor < 1) {
		struct text_style *smaller = ARENA_NEW(typesetter_arena(type), struct text_style);
		*smaller = *style;
		smaller->size *= factor;
		p = paragraph_of(type, smaller, code, NULL);
	}
	book_bind_code(p, NULL);
	return p;
}
