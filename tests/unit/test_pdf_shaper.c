/* What the shaper remembers when it forgets: words that are wanted again move on, whole. */
#include "pdf/text/shaper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum { GLYPHS = 32, MORE_THAN_A_GENERATION = 60000 };

/* What one may look at after the shape itself has gone. */
struct seen {
	int n_glyphs, width, n_hyphens;
	struct shape_glyph glyphs[GLYPHS];
	UChar texts[GLYPHS];
	unsigned char hyphens[GLYPHS];
};

static struct shape_request request_of(const UChar *text, int n)
{
	struct font_want want = {.family = FONT_SERIF, .script = USCRIPT_LATIN, .lang = "en"};
	struct font_pick chain[FONT_MAX_CHAIN];
	assert_true(font_chain(&want, chain) > 0);
	return (struct shape_request){.face = chain[0].face,
		.lang = "en",
		.script = USCRIPT_LATIN,
		.text = text,
		.n_text = n};
}

static struct shape *shape_of(struct shaper *s, const UChar *text, int n)
{
	struct shape_request r = request_of(text, n);
	return shaper_shape(s, &r, shaper_hash(&r));
}

static struct seen look_at(const struct shape *s)
{
	struct seen seen = {s->n_glyphs, s->width, s->n_hyphens, {{0}}, {0}, {0}};
	assert_true(s->n_glyphs > 0 && s->n_glyphs <= GLYPHS && s->n_hyphens <= GLYPHS);
	for (int i = 0; i < s->n_glyphs; i++) {
		seen.glyphs[i] = s->glyphs[i];
		seen.texts[i] = *shape_text(s, i);
	}
	if (s->n_hyphens > 0)
		memcpy(seen.hyphens, s->hyphens, (size_t)s->n_hyphens);
	return seen;
}

/* Words that nobody wants twice, until the young generation is full and becomes the old one. */
static void fill(struct shaper *s, int seed)
{
	for (int i = 0; i < MORE_THAN_A_GENERATION; i++) {
		UChar word[6];
		for (int k = 0, rest = i; k < 6; k++, rest /= 16)
			word[k] = (UChar)('a' + (rest + seed) % 16);
		shape_of(s, word, 6);
	}
	shaper_trim(s);
}

static void words_that_are_wanted_again_move_on(void **state)
{
	static const UChar plain[] = u"consolidated", marked[] = u"o\u0323\u0301ba";
	struct shaper *s = shaper_new();
	(void)state;
	struct shape *before = shape_of(s, plain, 12);
	shaper_hyphenate(s, before);
	before->glyphs[3].code = 77;
	before->is_embedded = true;
	assert_null(before->clusters);
	assert_true(before->n_hyphens > 0);
	struct seen of_plain = look_at(before), of_marked = look_at(shape_of(s, marked, 5));
	for (int round = 0; round < 3; round++) {
		fill(s, round);
		struct shape *after = shape_of(s, plain, 12);
		assert_true(after->is_embedded); /* it was not made anew */
		struct seen again = look_at(after),
			    of_marked_again = look_at(shape_of(s, marked, 5));
		assert_memory_equal(&again, &of_plain, sizeof again);
		assert_memory_equal(&of_marked_again, &of_marked, sizeof again);
		assert_ptr_equal(shape_of(s, plain, 12), after);
	}
	shaper_free(s);
}

static void words_that_nobody_wants_are_forgotten(void **state)
{
	static const UChar plain[] = u"consolidated";
	struct shaper *s = shaper_new();
	(void)state;
	shape_of(s, plain, 12)->is_embedded = true;
	fill(s, 0);
	fill(s, 1);
	assert_false(shape_of(s, plain, 12)->is_embedded);
	shaper_free(s);
}

static void nothing_goes_before_there_is_much(void **state)
{
	static const UChar plain[] = u"consolidated";
	struct shaper *s = shaper_new();
	(void)state;
	struct shape *kept = shape_of(s, plain, 12);
	shaper_trim(s);
	shaper_trim(s);
	assert_ptr_equal(shape_of(s, plain, 12), kept);
	shaper_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_that_are_wanted_again_move_on),
		cmocka_unit_test(words_that_nobody_wants_are_forgotten),
		cmocka_unit_test(nothing_goes_before_there_is_much),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
