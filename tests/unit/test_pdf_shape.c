/*
 * Plain words are shaped without the features that place and compose marks, and words with a stop
 * are put together. In none of the faces may that change a glyph or its place.
 */
#include "pdf/text/shaper.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { WORD = 6, N_WORDS = 2000 };

/* Where plain letters begin and end: Latin; Greek and Cyrillic, on both sides of its marks. */
static const UChar ranges[][2] = {{0x21, 0x24F}, {0x386, 0x481}, {0x48A, 0x52F}, {0x2010, 0x2027}};
/* Faces tie these most. */
static const char ties[] = "ffittljk";

static const struct font_face *face_of(enum font_family family, bool bold, bool italic)
{
	struct font_want want = {.family = family,
		.bold = bold,
		.italic = italic,
		.script = USCRIPT_LATIN,
		.lang = "en"};
	struct font_pick chain[FONT_MAX_CHAIN];
	assert_true(font_chain(&want, chain) > 0);
	return chain[0].face;
}

/* The same in every run. */
static unsigned next_number(uint32_t *seed, unsigned n)
{
	*seed = *seed * 1664525 + 1013904223;
	return (*seed >> 8) % n;
}

/* A letter that the face draws; every other one is of those that are tied. */
static UChar next_letter(const struct font_face *face, uint32_t *seed)
{
	if (next_number(seed, 2))
		return (UChar)ties[next_number(seed, sizeof ties - 1)];
	for (;;) {
		const UChar *range = ranges[next_number(seed, 4)];
		UChar c = (UChar)(range[0] + next_number(seed, range[1] - range[0] + 1));
		if (font_covers(face, c))
			return c;
	}
}

/* As HarfBuzz has it when it is left alone. */
static void assert_as_harfbuzz(const struct shape *s)
{
	const struct shape_request *r = &s->request;
	hb_buffer_t *buffer = hb_buffer_create();
	unsigned n;
	hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
	hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
	hb_buffer_add_utf16(buffer, (const uint16_t *)r->text, r->n_text, 0, r->n_text);
	hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
	hb_buffer_set_script(buffer, HB_SCRIPT_LATIN);
	hb_buffer_set_language(buffer, hb_language_from_string(r->lang, -1));
	hb_shape(r->face->font, buffer, NULL, 0);
	const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &n);
	const hb_glyph_position_t *position = hb_buffer_get_glyph_positions(buffer, NULL);
	int width = 0;
	assert_int_equal(s->n_glyphs, n);
	for (unsigned i = 0; i < n; i++) {
		struct shape_cluster c = shape_cluster(s, (int)i);
		assert_int_equal(s->glyphs[i].glyph, info[i].codepoint);
		assert_int_equal(s->glyphs[i].advance, position[i].x_advance);
		assert_int_equal(c.x, position[i].x_offset);
		assert_int_equal(c.y, position[i].y_offset);
		width += position[i].x_advance;
	}
	assert_int_equal(s->width, width);
	hb_buffer_destroy(buffer);
}

static struct shape_request next_word(
	const struct font_face *face, const char *lang, UChar word[WORD], uint32_t *seed)
{
	for (int k = 0; k < WORD; k++)
		word[k] = next_letter(face, seed);
	return (struct shape_request){
		.face = face, .lang = lang, .script = USCRIPT_LATIN, .text = word, .n_text = WORD};
}

static void shape_words(const struct font_face *face, const char *lang)
{
	struct shape_maker *maker = shape_maker_new();
	struct arena *a = arena_new();
	uint32_t seed = 1;
	for (int i = 0; i < N_WORDS; i++) {
		UChar word[WORD];
		struct shape_request r = next_word(face, lang, word, &seed);
		assert_as_harfbuzz(shape_new(maker, a, &r));
		arena_reset(a);
	}
	arena_free(a);
	shape_maker_free(maker);
}

static void shape_words_with_stops(const struct font_face *face, const char *lang)
{
	struct shaper *s = shaper_new();
	uint32_t seed = 2;
	int n_ends = 0;
	for (int i = 0; i < N_WORDS; i++) {
		UChar word[WORD];
		struct shape_request r = next_word(face, lang, word, &seed);
		word[WORD - 1] = (UChar) ".,;:"[i % 4];
		n_ends += shape_ends_in_stop(&r);
		const struct shape *shape = shaper_shape(s, &r, shaper_hash(&r));
		assert_as_harfbuzz(shape);
		assert_true(shape->is_covered);
		assert_ptr_equal(shaper_shape(s, &r, shaper_hash(&r)), shape);
	}
	assert_int_equal(n_ends, N_WORDS);
	shaper_free(s);
}

static void in_every_style(void (*shape)(const struct font_face *face, const char *lang))
{
	static const char *const languages[] = {"en", "vi", "tr"};
	for (int i = 0; i < 8; i++)
		for (int k = 0; k < 3; k++)
			shape(face_of(i & 4 ? FONT_SANS : FONT_SERIF, i & 1, i & 2), languages[k]);
}

static void plain_words_look_as_harfbuzz_has_them(void **state)
{
	(void)state;
	in_every_style(shape_words);
}

static void words_with_stops_look_as_harfbuzz_has_them(void **state)
{
	(void)state;
	in_every_style(shape_words_with_stops);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_words_look_as_harfbuzz_has_them),
		cmocka_unit_test(words_with_stops_look_as_harfbuzz_has_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
