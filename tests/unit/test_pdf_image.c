/* Pictures in print: what comes out of the file again, sample by sample. */
#include "picture_fixture.h"

/* Of the first picture, whose mask it is. */
static struct shown shown_mask(void)
{
	struct shown all[4];
	assert_true(shown_in_file(all, 4) >= 2);
	all[0].samples = unpack(&all[0]);
	assert_int_equal(all[0].channels, 1);
	return all[0];
}

/* Is the text in one of the file's objects that are packed into streams? */
static bool has_object(const char *text)
{
	static const char begin[] = "/Type/ObjStm", stream[] = "stream\n";
	const char *at = file.p, *end = file.p + file.n;
	unsigned char *unpacked = arena_alloc(arena, 1 << 20);
	bool found = false;
	while (!found && (at = memmem(at, (size_t)(end - at), begin, sizeof begin - 1)) != NULL) {
		at = (const char *)memmem(at, (size_t)(end - at), stream, sizeof stream - 1) +
		     sizeof stream - 1;
		z_stream z = {.next_in = (Bytef *)(uintptr_t)at,
			.avail_in = (uInt)(end - at),
			.next_out = unpacked,
			.avail_out = 1 << 20};
		assert_int_equal(inflateInit(&z), Z_OK);
		assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
		found = contains((struct str){(char *)unpacked, z.total_out}, text);
		inflateEnd(&z);
	}
	return found;
}

/* ---- PNG ----------------------------------------------------------------------------------- */

static int to_eight_bits(unsigned sample)
{
	unsigned last = (1u << depth) - 1;
	return (int)((sample * 255 + last / 2) / last);
}

static int expected_colour(int colour_type, const uint16_t *samples, int i)
{
	if (colour_type == PNG_COLOR_TYPE_PALETTE)
		return i == 0 ? samples[0] * 7 & 255 : i == 1 ? 255 - samples[0] : samples[0];
	return to_eight_bits(samples[colour_type & PNG_COLOR_MASK_COLOR ? i : 0]);
}

static int expected_alpha(const struct png_wish *w, const uint16_t *s)
{
	if (w->colour_type == PNG_COLOR_TYPE_PALETTE)
		return s[0] == 1 ? 64 : 255;
	if (w->colour_type & PNG_COLOR_MASK_ALPHA)
		return to_eight_bits(s[w->colour_type & PNG_COLOR_MASK_COLOR ? 3 : 1]);
	bool is_grey = !(w->colour_type & PNG_COLOR_MASK_COLOR);
	return s[0] == 1 && (is_grey || (s[1] == 1 && s[2] == 1)) ? 0 : 255;
}

static void check_png(struct png_wish w)
{
	struct shown mask = {0};
	again();
	depth = w.depth;
	load(make_png(arena, w));
	struct shown s = shown_last();
	bool has_alpha = w.has_transparency || (w.colour_type & PNG_COLOR_MASK_ALPHA);
	assert_int_equal(s.width, w.width);
	assert_int_equal(s.height, w.height);
	if (has_alpha && s.has_mask)
		mask = shown_mask();
	for (int y = 0; y < w.height; y++) {
		for (int x = 0; x < w.width; x++) {
			uint16_t samples[4];
			int at = y * w.width + x;
			paint_count(x, y, samples);
			int alpha = has_alpha ? expected_alpha(&w, samples) : 255;
			assert_int_equal(mask.samples ? mask.samples[at] : 255, alpha);
			for (int i = 0; i < s.channels; i++)
				assert_int_equal(s.samples[at * s.channels + i],
					alpha ? expected_colour(w.colour_type, samples, i) : 255);
		}
	}
}

static void shows_png_of_every_colour_type_and_depth(void **state)
{
	(void)state;
	static const struct {
		int colour_type, depths[6];
	} types[] = {{PNG_COLOR_TYPE_GRAY, {1, 2, 4, 8, 16}}, {PNG_COLOR_TYPE_RGB, {8, 16}},
		{PNG_COLOR_TYPE_PALETTE, {1, 2, 4, 8}}, {PNG_COLOR_TYPE_GRAY_ALPHA, {8, 16}},
		{PNG_COLOR_TYPE_RGB_ALPHA, {8, 16}}};
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
		for (const int *bits = types[i].depths; *bits; bits++) {
			for (int variant = 0; variant < 8; variant++) {
				bool is_clear = variant & 1;
				if (is_clear && (types[i].colour_type & PNG_COLOR_MASK_ALPHA))
					continue;
				check_png((struct png_wish){7, 6, types[i].colour_type, *bits,
					variant & 2, is_clear, variant & 4, paint_count});
			}
		}
	}
}

static void paint_opaque(int x, int y, uint16_t *samples)
{
	samples[0] = (uint16_t)(x * 20);
	samples[1] = (uint16_t)(y * 20);
	samples[2] = 9;
	samples[3] = 255;
}

static void writes_no_mask_where_nothing_is_transparent(void **state)
{
	(void)state;
	load(make_png(arena,
		(struct png_wish){5, 5, PNG_COLOR_TYPE_RGB_ALPHA, 8, .paint = paint_opaque}));
	struct shown s = shown_last();
	assert_false(s.has_mask);
	assert_int_equal(s.channels, 3);
	assert_int_equal(s.samples[3 * 4 + 0], 80);
}

static void writes_no_colour_where_there_is_none(void **state)
{
	(void)state;
	load(make_png(arena, (struct png_wish){5, 5, PNG_COLOR_TYPE_RGB, 8, .paint = paint_grey}));
	struct shown s = shown_last();
	assert_int_equal(s.channels, 1);
	assert_int_equal(s.samples[5 + 3], 31);
}

/* ---- JPEG ---------------------------------------------------------------------------------- */

static void assert_near(int a, int b, int most)
{
	if (abs(a - b) > most)
		fail_msg("%d is not near %d", a, b);
}

static const unsigned char *pixel(const struct shown *s, int x, int y)
{
	return s->samples + (y * s->width + x) * s->channels;
}

static void assert_fields(const struct shown *s)
{
	for (int y = 4; y < s->height; y += 8) {
		for (int x = 4; x < s->width; x += 8) {
			uint16_t samples[4];
			paint_fields(x, y, samples);
			for (int i = 0; i < 3; i++)
				assert_near(pixel(s, x, y)[i], samples[i], 3);
		}
	}
}

static void hands_on_a_plain_jpeg_as_it_is_without_metadata(void **state)
{
	(void)state;
	for (int progressive = 0; progressive <= 1; progressive++) {
		again();
		struct str jpeg =
			make_jpeg(arena, (struct jpeg_wish){24, 16, JCS_RGB, JCS_YCbCr,
						 .is_progressive = progressive, .orientation = 1,
						 .paint = paint_fields});
		assert_true(contains(jpeg, "Exif"));
		load(jpeg);
		struct shown s = shown_last();
		assert_true(s.is_jpeg);
		assert_false(contains(buf_view(&file), "Exif"));
		assert_false(contains(buf_view(&file), "JFIF"));
		/* From the first table on, all the same bytes. */
		const char *table = memmem(jpeg.p, jpeg.n, "\xff\xdb", 2);
		size_t n = (size_t)(jpeg.p + jpeg.n - table);
		assert_memory_equal(s.packed.p + 2, table, n);
		assert_fields(&s);
	}
}

static void packs_other_jpegs_anew(void **state)
{
	(void)state;
	static const struct jpeg_wish wishes[] = {
		{24, 16, JCS_RGB, JCS_YCbCr, .is_arithmetic = true, .paint = paint_fields},
		{24, 16, JCS_RGB, JCS_RGB, .paint = paint_fields},
		{24, 16, JCS_RGB, JCS_YCbCr, .orientation = 5, .paint = paint_fields},
	};
	for (size_t i = 0; i < sizeof wishes / sizeof wishes[0]; i++) {
		again();
		load(make_jpeg(arena, wishes[i]));
		struct shown s = shown_last();
		assert_true(s.is_jpeg);
		assert_true(contains(s.packed, "\xff\xc0")); /* baseline */
		assert_false(contains(buf_view(&file), "Exif"));
		if (!wishes[i].orientation)
			assert_fields(&s);
	}
}

static void shows_grey_jpegs(void **state)
{
	(void)state;
	load(make_jpeg(arena,
		(struct jpeg_wish){16, 16, JCS_GRAYSCALE, JCS_GRAYSCALE, .paint = paint_grey}));
	struct shown s = shown_last();
	assert_int_equal(s.channels, 1);
	assert_near(pixel(&s, 9, 5)[0], 95, 3);
}

/* Cyan half, no magenta, full yellow, a fifth of black. */
static void paint_ink(int x, int y, uint16_t *samples)
{
	(void)x;
	(void)y;
	samples[0] = 128;
	samples[2] = 255;
	samples[3] = 51;
}

static void turns_ink_into_light(void **state)
{
	(void)state;
	static const J_COLOR_SPACE spaces[] = {JCS_CMYK, JCS_YCCK};
	for (int i = 0; i < 3; i++) {
		again();
		bool is_inverted = i > 0;
		load(make_jpeg(arena, (struct jpeg_wish){16, 16, JCS_CMYK, spaces[i == 2],
					      .is_inverted = is_inverted, .paint = paint_ink}));
		struct shown s = shown_last();
		assert_int_equal(s.channels, 3);
		assert_near(pixel(&s, 8, 8)[0], 127 * 204 / 255, 3);
		assert_near(pixel(&s, 8, 8)[1], 204, 3);
		assert_near(pixel(&s, 8, 8)[2], 0, 3);
	}
}

/* A red, b green, c blue, d yellow in the quarters of a picture of 32 by 16. */
static void paint_quarters(int x, int y, uint16_t *samples)
{
	paint_fields(x < 16 ? 0 : 8, y < 8 ? 0 : 8, samples);
}

static int quarter(const struct shown *s, int column, int row)
{
	const unsigned char *p =
		pixel(s, s->width * (1 + 2 * column) / 4, s->height * (1 + 2 * row) / 4);
	return p[2] > 150 ? 'c' : p[0] < 120 ? 'b' : p[1] < 120 ? 'a' : 'd';
}

static void sets_pictures_upright_as_the_camera_was_held(void **state)
{
	(void)state;
	/* Stored a b / c d; seen in reading order for EXIF's 1 to 8. */
	static const char seen[8][5] = {
		"abcd", "badc", "dcba", "cdab", "acbd", "cadb", "dbca", "bdac"};
	for (int i = 0; i < 16; i++) {
		again();
		load(make_jpeg(arena,
			(struct jpeg_wish){32, 16, JCS_RGB, JCS_YCbCr, .orientation = i % 8 + 1,
				.is_big_endian = i >= 8, .paint = paint_quarters}));
		struct shown s = shown_last();
		char found[5] = {(char)quarter(&s, 0, 0), (char)quarter(&s, 1, 0),
			(char)quarter(&s, 0, 1), (char)quarter(&s, 1, 1)};
		assert_string_equal(found, seen[i % 8]);
		assert_int_equal(s.width, i % 8 < 4 ? 32 : 16);
	}
}

/* ---- sizes --------------------------------------------------------------------------------- */

/* Stripes of one pixel, black and white. */
static void paint_stripes(int x, int y, uint16_t *samples)
{
	(void)y;
	samples[0] = x % 2 ? 255 : 0;
}

static void makes_pictures_no_finer_than_print(void **state)
{
	(void)state;
	struct image *image;
	struct str png = make_png(arena,
		(struct png_wish){1200, 600, PNG_COLOR_TYPE_GRAY, 8, .paint = paint_stripes});
	/* 2 inches wide, and more than high enough: 600 by 300. */
	assert_int_equal(load_in(png, 144, 144, &image), OK);
	struct shown s = shown_last();
	assert_int_equal(s.width, 600);
	assert_int_equal(s.height, 300);
	for (int i = 0; i < 600 * 300; i++)
		assert_int_equal(s.samples[i], 128);
}

/* The first half black, the second grey, the border in the middle of a pixel of the result. */
static void paint_halves(int x, int y, uint16_t *samples)
{
	samples[0] = x + y < 2 ? 0 : 200;
}

static void weighs_pixels_by_the_area_they_cover(void **state)
{
	(void)state;
	for (int is_tall = 0; is_tall <= 1; is_tall++) {
		struct image *image;
		again();
		struct str png =
			make_png(arena, (struct png_wish){is_tall ? 1 : 4, is_tall ? 4 : 1,
						PNG_COLOR_TYPE_GRAY, 8, .paint = paint_halves});
		/* 3 pixels at 300 dpi: a third each; the middle one is half of either. */
		assert_int_equal(
			load_in(png, is_tall ? 100 : 0.72, is_tall ? 0.72 : 100, &image), OK);
		struct shown s = shown_last();
		assert_int_equal(s.width * s.height, 3);
		assert_int_equal(s.width, is_tall ? 1 : 3);
		assert_int_equal(s.samples[0], 0);
		assert_int_equal(s.samples[1], 100);
		assert_int_equal(s.samples[2], 200);
	}
}

/* Red that is seen beside green that is not. */
static void paint_hidden_green(int x, int y, uint16_t *samples)
{
	(void)y;
	samples[x % 2] = 250;
	samples[3] = x % 2 ? 0 : 200;
}

static void lets_no_hidden_colour_bleed_in(void **state)
{
	(void)state;
	struct image *image;
	struct str png = make_png(arena, (struct png_wish){600, 600, PNG_COLOR_TYPE_RGB_ALPHA, 8,
						 .paint = paint_hidden_green});
	assert_int_equal(load_in(png, 72, 72, &image), OK);
	struct shown s = shown_last(), mask = shown_mask();
	assert_int_equal(s.width, 300);
	assert_int_equal(pixel(&s, 7, 7)[0], 250);
	assert_int_equal(pixel(&s, 7, 7)[1], 0);
	assert_int_equal(pixel(&mask, 7, 7)[0], 100);
}

static void makes_large_photographs_small_files(void **state)
{
	(void)state;
	struct image *image;
	struct str jpeg = make_jpeg(
		arena, (struct jpeg_wish){4000, 3000, JCS_RGB, JCS_YCbCr, .paint = paint_fields});
	assert_int_equal(load_in(jpeg, 72, 72, &image), OK);
	struct shown s = shown_last();
	assert_true(s.is_jpeg);
	assert_int_equal(s.width, 300);
	assert_int_equal(s.height, 225);
	assert_true(file.n < 100000);
}

static void tells_how_fine_a_picture_will_be(void **state)
{
	(void)state;
	double height;
	struct image *image = load(make_png(
		arena, (struct png_wish){120, 60, PNG_COLOR_TYPE_GRAY, 8, .paint = paint_stripes}));
	assert_true(image_dpi(image, 144, 720) == 60);
	assert_true(image_dpi(image, 720, 36) == 120);
	assert_true(image_fit(image, 144, 720, &height) == 144);
	assert_true(height == 72);
	assert_true(image_fit(image, 720, 36, &height) == 72);
}

static void keeps_equal_pictures_once(void **state)
{
	(void)state;
	struct str png = make_png(
		arena, (struct png_wish){300, 300, PNG_COLOR_TYPE_GRAY, 8, .paint = paint_halves});
	const char *data = base64_encode(arena, png);
	struct image *first, *second;
	struct shown all[4];
	assert_int_equal(image_load(images, model_of(data, "One"), "a", 72, 72, &first, &err), OK);
	assert_int_equal(image_load(images, model_of(arena_strdup(arena, data), "Two"), "b", 30, 30,
				 &second, &err),
		OK);
	assert_string_equal(image_alt(first), "One");
	assert_string_equal(image_alt(second), "Two");
	end_document();
	assert_int_equal(shown_in_file(all, 4), 1);
	assert_true(has_object("/XObject<</I0 "));
	assert_false(has_object("/I1 "));
}

static void makes_a_finer_one_when_it_is_printed_larger(void **state)
{
	(void)state;
	struct str png = make_png(
		arena, (struct png_wish){300, 300, PNG_COLOR_TYPE_GRAY, 8, .paint = paint_halves});
	struct image *image;
	struct shown all[4];
	assert_int_equal(load_in(png, 24, 24, &image), OK);
	assert_int_equal(load_in(png, 72, 72, &image), OK);
	end_document();
	assert_int_equal(shown_in_file(all, 4), 2);
	assert_int_equal(all[0].width, 100);
	assert_int_equal(all[1].width, 300);
}

static void gives_the_same_bytes_for_the_same_pictures(void **state)
{
	(void)state;
	struct str jpeg = make_jpeg(
		arena, (struct jpeg_wish){400, 300, JCS_RGB, JCS_YCbCr, .paint = paint_fields});
	struct image *image;
	assert_int_equal(load_in(jpeg, 36, 36, &image), OK);
	end_document();
	struct buf first = file;
	again();
	assert_int_equal(load_in(jpeg, 36, 36, &image), OK);
	end_document();
	assert_int_equal(first.n, file.n);
	assert_memory_equal(first.p, file.p, file.n);
}

static void draws_it_whole_in_the_middle_of_the_box(void **state)
{
	(void)state;
	struct image *image = load(make_png(
		arena, (struct png_wish){20, 10, PNG_COLOR_TYPE_GRAY, 8, .paint = paint_stripes}));
	struct tag_tree *tags = tag_tree_new(arena, core);
	struct page *page = page_new(arena, core, 200, 300);
	image_draw(page, image, 50, 100, 40, 40, image_tag(image, tag_root(tags)));
	assert_string_equal(buf_cstr(page_operators(page)),
		"/Figure<</MCID 0>>BDC\nq 40 0 0 20 50 170 cm /I0 Do Q\n");
	page_close(page);
	tag_tree_finish(tags);
	end_document();
	assert_true(has_object("/S/Figure/P"));
	assert_true(has_object("/Alt(A picture)"));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(shows_png_of_every_colour_type_and_depth),
		TEST(writes_no_mask_where_nothing_is_transparent),
		TEST(writes_no_colour_where_there_is_none),
		TEST(hands_on_a_plain_jpeg_as_it_is_without_metadata),
		TEST(packs_other_jpegs_anew),
		TEST(shows_grey_jpegs),
		TEST(turns_ink_into_light),
		TEST(sets_pictures_upright_as_the_camera_was_held),
		TEST(makes_pictures_no_finer_than_print),
		TEST(weighs_pixels_by_the_area_they_cover),
		TEST(lets_no_hidden_colour_bleed_in),
		TEST(makes_large_photographs_small_files),
		TEST(tells_how_fine_a_picture_will_be),
		TEST(keeps_equal_pictures_once),
		TEST(makes_a_finer_one_when_it_is_printed_larger),
		TEST(gives_the_same_bytes_for_the_same_pictures),
		TEST(draws_it_whole_in_the_middle_of_the_box),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
