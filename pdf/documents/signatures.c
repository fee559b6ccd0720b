/* A person is one paragraph, so that lines stay level with those beside them. */
#include "pdf/documents/signatures.h"

#include "pdf/documents/date.h"

const struct text_style signatures_style = {
	.family = FONT_SANS, .bold = true, .size = 10, .colour = COLOUR_INK};
static const struct text_style about_style = {
	.family = FONT_SANS, .size = 9, .colour = COLOUR_INK_2};
static const struct text_style signed_style = {
	.family = FONT_SERIF, .italic = true, .size = 10.5, .colour = COLOUR_INK};

static const double line = 0.6, dash = 3, leading = 12.5;

static double column_width(const struct signatures *how)
{
	return (how->width - (how->columns - 1) * how->gap) / how->columns;
}

static double column_x(const struct signatures *how, int column)
{
	double width = column_width(how);
	return mirror_x(how->mirror, column * (width + how->gap), width);
}

struct paragraph *signatures_person(
	struct doc *d, const struct mirror *mirror, const cJSON *person, struct tag *parent)
{
	static const char *const members[] = {"name", "office", "affiliation", "country"};
	enum { N_MEMBERS = sizeof members / sizeof members[0] };
	struct text_span spans[2 * N_MEMBERS];
	size_t n = 0;
	for (int i = 0; i < N_MEMBERS; i++) {
		const char *text = json_text(person, members[i]);
		const char *lang = i == 0 ? json_text(person, "lang") : NULL;
		if (!text)
			continue;
		if (n)
			spans[n++] = (struct text_span){.style = &about_style, .text = "\n"};
		spans[n++] = (struct text_span){.style = i == 0 ? &signatures_style : &about_style,
			.text = text,
			.lang = lang,
			.isolate = true,
			.tag = lang ? tag_words(parent, lang) : NULL};
	}
	return paragraph_new(d->type, spans, n, mirror->is_on ? DIRECTION_RTL : DIRECTION_LTR);
}

/* "Signed 10 September 2027" */
static struct paragraph *day_of(const struct signatures *how, const char *on)
{
	const char *const texts[] = {
		how->signed_word, date_span(how->doc->arena, how->lang, on, on)};
	return mirror_parts(how->mirror, how->doc, &signed_style, texts, 2, " ");
}

static void put(struct block *b, const struct signatures *how, int column, size_t row,
	struct paragraph *paragraph, struct tag *tag)
{
	block_beside(b, row,
		&(struct block_text){.paragraph = paragraph,
			.x = column_x(how, column),
			.width = column_width(how),
			.leading = leading,
			.align = mirror_align(how->mirror, ALIGN_LEFT),
			.tag = tag});
}

static void add_lines(struct block *b, const struct signatures *how, const cJSON *first, int n)
{
	size_t row = block_rows(b);
	double width = column_width(how);
	block_pad(b, line);
	for (int i = 0; i < n; i++, first = first->next) {
		double x = column_x(how, i), end = x + width;
		if (json_text(first, "signed_on"))
			block_tint(b, row, x, width, COLOUR_INK);
		else
			for (; x < end; x += 2 * dash)
				block_tint(
					b, row, x, end - x < dash ? end - x : dash, COLOUR_INK_2);
	}
	block_pad(b, 3);
}

/* Up to as many as there are columns, from `first`. */
static void add_row(struct block *b, const struct signatures *how, const cJSON *first, int n)
{
	const cJSON *person = first;
	size_t start = block_rows(b);
	block_pad(b, how->room - leading);
	size_t days = block_rows(b), names;
	struct tag *tags[SIGNATURES_MAX_COLUMNS];
	for (int i = 0; i < n; i++, person = person->next) {
		const char *on = json_text(person, "signed_on");
		tags[i] = tag_new(how->parent, "P", NULL, NULL);
		if (on)
			put(b, how, i, days, day_of(how, on), tags[i]);
	}
	if (block_rows(b) == days)
		block_pad(b, leading);
	if (how->has_lines)
		add_lines(b, how, first, n);
	names = block_rows(b);
	person = first;
	for (int i = 0; i < n; i++, person = person->next)
		put(b, how, i, names, signatures_person(how->doc, how->mirror, person, tags[i]),
			tags[i]);
	block_keep(b, start, false);
}

const cJSON *signatures_row(struct block *b, const struct signatures *how, const cJSON *first)
{
	const cJSON *next = first;
	int n = 0;
	while (next && n < how->columns) {
		next = next->next;
		n++;
	}
	add_row(b, how, first, n);
	return next;
}

void signatures_add(struct block *b, const struct signatures *how, const cJSON *list)
{
	for (const cJSON *first = list ? list->child : NULL; first;)
		first = signatures_row(b, how, first);
}
