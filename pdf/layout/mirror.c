/*
 * Left and right change places; the centre does not move, nor do lines that fill their width or
 * begin where their own text begins to read.
 */
#include "pdf/layout/mirror.h"

#include <unicode/uloc.h>

struct mirror mirror_for(const char *lang, double width)
{
	return (struct mirror){uloc_isRightToLeft(lang), width};
}

double mirror_x(const struct mirror *m, double x, double width)
{
	return m->is_on ? m->width - x - width : x;
}

enum align mirror_align(const struct mirror *m, enum align align)
{
	if (m->is_on && align == ALIGN_LEFT)
		return ALIGN_RIGHT;
	return m->is_on && align == ALIGN_RIGHT ? ALIGN_LEFT : align;
}

enum align mirror_heading(const struct mirror *m)
{
	return m->is_on ? ALIGN_LEFT : ALIGN_START;
}

struct block_text mirror_text(const struct mirror *m, const struct block_text *text)
{
	struct block_text t = *text;
	t.x = mirror_x(m, t.x, t.width);
	t.align = mirror_align(m, t.align);
	return t;
}

struct slot mirror_slot(const struct mirror *m, const struct slot *slot)
{
	struct slot s = *slot;
	s.x = mirror_x(m, s.x, s.width);
	s.align = mirror_align(m, s.align);
	return s;
}

struct paragraph *mirror_phrase(
	const struct mirror *m, struct doc *d, const struct text_style *style, const char *text)
{
	const struct text_span span = {.style = style, .text = text};
	return paragraph_new(d->type, &span, 1, m->is_on ? DIRECTION_RTL : DIRECTION_LTR);
}

struct paragraph *mirror_parts(const struct mirror *m, struct doc *d,
	const struct text_style *style, const char *const *texts, size_t n, const char *between)
{
	struct text_span *spans = ARENA_ARRAY(typesetter_arena(d->type), 2 * n, struct text_span);
	size_t n_spans = 0;
	for (size_t i = 0; i < n; i++) {
		if (!texts[i])
			continue;
		if (n_spans)
			spans[n_spans++] = (struct text_span){.style = style, .text = between};
		spans[n_spans++] =
			(struct text_span){.style = style, .text = texts[i], .isolate = true};
	}
	return paragraph_new(d->type, spans, n_spans, m->is_on ? DIRECTION_RTL : DIRECTION_LTR);
}

struct paragraph *mirror_line(const struct mirror *m, struct doc *d, const struct text_style *style,
	const char *const *texts, size_t n, const char *between)
{
	struct arena *a = typesetter_arena(d->type);
	const char *all = NULL;
	if (m->is_on)
		return mirror_parts(m, d, style, texts, n, between);
	for (size_t i = 0; i < n; i++)
		if (texts[i])
			all = all ? arena_printf(a, "%s%s%s", all, between, texts[i]) : texts[i];
	return paragraph_of(d->type, style, all ? all : "", NULL);
}
