/* Picks a face for every piece, so that no word changes its face half-way where one face has it
 * all. */
#include "pdf/text/itemise.h"
#include "pdf/text/shaper.h"
#include "pdf/text/utf16.h"

#include "base/str.h"

#include <assert.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>

enum { CHAIN_SLOTS = 256, KEPT_PASSING = 2 << 20 };

/* Chains of faces met so far; a document has few combinations of style, script and language. */
struct chain {
	struct font_want want;
	struct font_pick picks[FONT_MAX_CHAIN];
	size_t n;
	struct chain *next; /* in its slot */
};

struct typesetter {
	struct arena *arena, *passing; /* of shapes; of what is drawn and forgotten */
	const char *about;
	struct item_tools tools;
	struct shaper *shaper;
	const char *lang;
	struct print_warnings *warnings;
	struct chain *chains[CHAIN_SLOTS]; /* by hash of what is wanted */
	struct language *languages;
};

/* A language tag as one address for all who name it. */
struct language {
	const char *tag;
	struct language *next;
};

/* Text that one face is to draw, if one can. */
struct wish {
	int start, end;
	const struct chain *chain; /* NULL: it is dropped */
	struct shape_request request;
	uint64_t hash;
};

/* A paragraph while its pieces are being made. */
struct builder {
	struct typesetter *t;
	struct items items;
	const struct text_span *spans;
	const char **languages; /* of the spans */
	struct wish *wishes;
	size_t n_wishes;
	struct paragraph *paragraph;
	size_t room; /* for pieces */
};

struct typesetter *typesetter_new(
	struct arena *a, const char *lang, struct print_warnings *warnings)
{
	UErrorCode status = U_ZERO_ERROR;
	struct typesetter *t = ARENA_NEW(a, struct typesetter);
	t->arena = a;
	t->passing = arena_new();
	arena_keep(t->passing, KEPT_PASSING);
	t->tools.scratch = arena_new();
	t->tools.bidi = ubidi_open();
	t->tools.lines = ubrk_open(UBRK_LINE, lang, NULL, 0, &status);
	t->shaper = shaper_new();
	t->lang = lang;
	t->warnings = warnings;
	return t;
}

void typesetter_free(struct typesetter *t)
{
	ubrk_close(t->tools.lines);
	ubidi_close(t->tools.bidi);
	arena_free(t->tools.scratch);
	shaper_free(t->shaper);
	arena_free(t->passing);
}

struct arena *typesetter_arena(const struct typesetter *t)
{
	return t->passing;
}

void typesetter_forget(struct typesetter *t)
{
	arena_reset(t->passing);
	shaper_trim(t->shaper);
}

void typesetter_about(struct typesetter *t, const char *what)
{
	t->about = arena_strdup(t->arena, what);
}

void typesetter_warn(
	struct typesetter *t, const char *text, uint32_t code_point, const char *message)
{
	print_warning_add(t->warnings, t->about ? t->about : text, code_point, message);
}

static void warn_of_missing(struct typesetter *t, const char *text, UChar32 c)
{
	typesetter_warn(t, text, (uint32_t)c,
		arena_printf(t->arena, "No font draws the character U+%04X", (unsigned)c));
}

/* The one that was asked for last stands first, as texts seldom change it. */
static const char *language_of(struct typesetter *t, const struct text_span *span)
{
	const char *tag = span->lang ? span->lang : t->lang;
	struct language **at = &t->languages;
	while (*at && strcmp((*at)->tag, tag) != 0)
		at = &(*at)->next;
	struct language *l = *at;
	if (l) {
		*at = l->next;
	} else {
		l = ARENA_NEW(t->arena, struct language);
		l->tag = arena_strdup(t->arena, tag);
	}
	l->next = t->languages;
	t->languages = l;
	return l->tag;
}

static bool wants_equal(const struct font_want *a, const struct font_want *b)
{
	return a->family == b->family && a->bold == b->bold && a->italic == b->italic &&
	       a->script == b->script && a->lang == b->lang;
}

static const struct chain *chain_for(struct typesetter *t, const struct font_want *want)
{
	size_t hash = (size_t)want->script * 31 + (size_t)want->family * 7 + want->bold * 3 +
		      want->italic + (uintptr_t)want->lang / 16;
	struct chain **slot = &t->chains[hash % CHAIN_SLOTS];
	for (struct chain *c = *slot; c; c = c->next)
		if (wants_equal(&c->want, want))
			return c;
	struct chain *c = ARENA_NEW(t->arena, struct chain);
	c->want = *want;
	c->n = font_chain(want, c->picks);
	c->next = *slot;
	*slot = c;
	return c;
}

static bool is_invisible(UChar32 c)
{
	return u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

static bool covers(const struct font_face *face, const UChar *text, int start, int end)
{
	while (start < end) {
		UChar32 c;
		U16_NEXT(text, start, end, c);
		if (!font_covers(face, c) && !is_invisible(c))
			return false;
	}
	return true;
}

/* The end of the letter at start: it, its marks, and what a joiner ties to it. */
static int cluster_end(const UChar *text, int start, int end)
{
	bool is_tied = false;
	UChar32 c;
	U16_FWD_1(text, start, end);
	while (start < end) {
		int next = start;
		U16_NEXT(text, next, end, c);
		bool is_mark = U_GET_GC_MASK(c) & U_GC_M_MASK;
		if (!is_mark && !is_invisible(c) && !is_tied)
			break;
		is_tied = c == 0x200D;
		start = next;
	}
	return start;
}

static struct piece *next_piece(struct builder *b)
{
	struct paragraph *p = b->paragraph;
	if (p->n_pieces == b->room) {
		struct piece *pieces =
			ARENA_RAW_ARRAY(b->t->passing, b->room * 2 + 4, struct piece);
		if (p->n_pieces)
			memcpy(pieces, p->pieces, p->n_pieces * sizeof *pieces);
		p->pieces = pieces;
		b->room = b->room * 2 + 4;
	}
	return &p->pieces[p->n_pieces++];
}

/* A lone bracket at an odd level whose inner side borders on text at an even one. */
static bool reads_mirrored(const struct items *it, int start, int end)
{
	int inner = -1;
	if (!(it->units[start].level & 1) || end - start != 1)
		return false;
	if (u_charType(it->text[start]) == U_START_PUNCTUATION)
		inner = end;
	else if (u_charType(it->text[start]) == U_END_PUNCTUATION)
		inner = start - 1;
	return inner >= 0 && inner < it->n && !(it->units[inner].level & 1);
}

static struct shape_request request_for(
	struct builder *b, const struct font_pick *pick, int start, int end)
{
	const struct item_unit *u = &b->items.units[start];
	return (struct shape_request){
		.face = pick->face,
		.script = (UScriptCode)u->script,
		.lang = b->languages[u->span],
		.is_rtl = u->level & 1,
		.reads_mirrored = reads_mirrored(&b->items, start, end),
		.tabular = b->spans[u->span].style->tabular,
		.text = b->items.text + start,
		.n_text = end - start,
	};
}

static void add_piece(
	struct builder *b, const struct font_pick *pick, struct shape *shape, int start, int end)
{
	const struct item_unit *u = &b->items.units[start];
	const struct text_span *span = &b->spans[u->span];
	*next_piece(b) = (struct piece){.shape = shape,
		.style = span->style,
		.tag = span->tag,
		.width = shape->width * span->style->size / pick->face->units_per_em,
		.embolden = pick->embolden,
		.is_blank = item_is_blank(b->items.text[start]),
		.level = u->level,
		.after = (enum break_kind)b->items.units[end - 1].after};
}

static struct shape *shape_for(struct typesetter *t, const struct shape_request *request)
{
	return shaper_shape(t->shaper, request, shaper_hash(request));
}

static void shape_piece(struct builder *b, const struct font_pick *pick, int start, int end)
{
	struct shape_request request = request_for(b, pick, start, end);
	add_piece(b, pick, shape_for(b->t, &request), start, end);
}

/* The best face for one letter; the first of the chain, with a warning, when none has it. */
static const struct font_pick *pick_cluster(
	struct builder *b, const struct chain *c, int start, int end)
{
	int base_end = start;
	UChar32 base;
	for (size_t i = 0; i < c->n; i++)
		if (covers(c->picks[i].face, b->items.text, start, end))
			return &c->picks[i];
	U16_NEXT(b->items.text, base_end, end, base);
	const struct font_pick *best = &c->picks[0];
	for (size_t i = c->n; i-- > 0;)
		if (font_covers(c->picks[i].face, base))
			best = &c->picks[i];
	while (start < end) {
		UChar32 cp;
		U16_NEXT(b->items.text, start, end, cp);
		if (!font_covers(best->face, cp) && !is_invisible(cp))
			warn_of_missing(b->t, b->spans[b->items.units[start - 1].span].text, cp);
	}
	return best;
}

/*
 * Whether the face has all letters of a word that runs right to left and lacks but a stop or a
 * bracket: faces of Hebrew have none, and another face for the whole word would show.
 */
static bool lacks_signs_alone(
	const struct builder *b, const struct font_face *face, int start, int end)
{
	bool has_letters = false;
	if (!(b->items.units[start].level & 1))
		return false;
	while (start < end) {
		UChar32 cp;
		U16_NEXT(b->items.text, start, end, cp);
		has_letters = has_letters || u_isalpha(cp);
		if (!font_covers(face, cp) && !u_ispunct(cp))
			return false;
	}
	return has_letters;
}

/* The first face that has it all. Nearly always it is the first of the chain, and HarfBuzz tells.
 */
static bool add_whole_piece(struct builder *b, const struct wish *w)
{
	struct shape_request request = w->request;
	struct shape *shape = shaper_shape(b->t->shaper, &request, w->hash);
	if (shape->is_covered) {
		add_piece(b, &w->chain->picks[0], shape, w->start, w->end);
		return true;
	}
	if (lacks_signs_alone(b, request.face, w->start, w->end))
		return false;
	for (size_t i = 1; i < w->chain->n; i++) {
		request.face = w->chain->picks[i].face;
		if (!covers(request.face, b->items.text, w->start, w->end))
			continue;
		add_piece(b, &w->chain->picks[i], shape_for(b->t, &request), w->start, w->end);
		return true;
	}
	return false;
}

/* One face for the whole piece if there is one, else one a letter. */
static void add_pieces(struct builder *b, const struct wish *w)
{
	if (add_whole_piece(b, w))
		return;
	int run = w->start;
	const struct font_pick *current = NULL;
	for (int at = w->start, next; at < w->end; at = next) {
		next = cluster_end(b->items.text, at, w->end);
		const struct font_pick *pick = pick_cluster(b, w->chain, at, next);
		if (current && pick != current) {
			shape_piece(b, current, run, at);
			run = at;
		}
		current = pick;
	}
	shape_piece(b, current, run, w->end);
}

static struct wish wish_for(struct builder *b, int start, int end)
{
	const struct item_unit *u = &b->items.units[start];
	const struct text_span *span = &b->spans[u->span];
	struct font_want want = {span->style->family, span->style->bold, span->style->italic,
		(UScriptCode)u->script, b->languages[u->span]};
	struct wish w = {.start = start, .end = end, .chain = chain_for(b->t, &want)};
	w.request = request_for(b, &w.chain->picks[0], start, end);
	w.hash = shaper_hash(&w.request);
	return w;
}

/* All that the paragraph is made of, told to the shaper before the first is wanted. */
static void make_wishes(struct builder *b)
{
	const struct items *it = &b->items;
	b->room = it->n_pieces;
	b->wishes = ARENA_RAW_ARRAY(b->t->tools.scratch, b->room, struct wish);
	for (int start = 0, end; start < it->n; start = end) {
		for (end = start + 1; end < it->n && !it->units[end].starts_piece;)
			end++;
		struct wish *w = &b->wishes[b->n_wishes++];
		if (it->units[start].is_dropped) {
			*w = (struct wish){.start = start};
			continue;
		}
		*w = wish_for(b, start, end);
		shaper_announce(b->t->shaper, w->hash);
	}
	for (size_t i = 0; i < b->n_wishes; i++)
		if (b->wishes[i].chain)
			shaper_approach(b->t->shaper, b->wishes[i].hash);
}

static void fulfil_wishes(struct builder *b)
{
	struct paragraph *p = b->paragraph;
	p->pieces = ARENA_RAW_ARRAY(b->t->passing, b->room, struct piece);
	for (size_t i = 0; i < b->n_wishes; i++) {
		const struct wish *w = &b->wishes[i];
		const struct item_unit *u = &b->items.units[w->start];
		if (w->chain)
			add_pieces(b, w);
		else if (p->n_pieces && u->after > p->pieces[p->n_pieces - 1].after)
			p->pieces[p->n_pieces - 1].after = (enum break_kind)u->after;
	}
}

struct paragraph *paragraph_new(struct typesetter *t, const struct text_span *spans, size_t n,
	enum paragraph_direction direction)
{
	struct paragraph *p = ARENA_NEW(t->passing, struct paragraph);
	struct builder b = {.t = t,
		.items = itemise(&t->tools, spans, n, direction),
		.spans = spans,
		.paragraph = p};
	b.languages = ARENA_ARRAY(t->tools.scratch, n, const char *);
	for (size_t i = 0; i < n; i++)
		b.languages[i] = language_of(t, &spans[i]);
	p->is_rtl = b.items.is_rtl;
	p->is_mixed = b.items.is_mixed;
	for (size_t i = 0; i < n; i++)
		p->size = spans[i].style->size > p->size ? spans[i].style->size : p->size;
	make_wishes(&b);
	fulfil_wishes(&b);
	arena_reset(t->tools.scratch);
	return p;
}

struct paragraph *paragraph_of(
	struct typesetter *t, const struct text_style *style, const char *text, const char *lang)
{
	struct text_span span = {.style = style, .text = text, .lang = lang};
	return paragraph_new(t, &span, 1, DIRECTION_AUTO);
}

struct piece piece_part(struct typesetter *t, const struct piece *whole, int start, int end)
{
	struct shape_request request = whole->shape->request;
	request.text += start;
	request.n_text = end - start;
	struct piece part = *whole;
	part.shape = shape_for(t, &request);
	part.width = part.shape->width * part.style->size / request.face->units_per_em;
	part.after = BREAK_MAY;
	return part;
}

double typesetter_hyphenate(struct typesetter *t, const struct piece *p)
{
	const struct font_face *face = p->shape->request.face;
	hb_codepoint_t glyph = 0;
	shaper_hyphenate(t->shaper, p->shape);
	if (!p->shape->n_hyphens)
		return 0;
	hb_font_get_nominal_glyph(face->font, '-', &glyph);
	return hb_font_get_glyph_h_advance(face->font, glyph) * p->style->size / face->units_per_em;
}

struct piece piece_hyphenated(struct typesetter *t, const struct piece *whole, int start, int end)
{
	struct shape_request request = whole->shape->request;
	UChar text[UINT8_MAX + 1];
	assert(end - start < UINT8_MAX);
	u_memcpy(text, request.text + start, end - start);
	text[end - start] = '-';
	request.text = text;
	request.n_text = end - start + 1;
	request.is_hyphenated = true;
	struct piece part = *whole;
	part.shape = shape_for(t, &request);
	part.width = part.shape->width * part.style->size / request.face->units_per_em;
	part.after = BREAK_MAY;
	return part;
}
