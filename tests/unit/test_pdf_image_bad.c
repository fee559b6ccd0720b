/* Pictures that are none: spoilt ones are refused, or shown within the limits, and no more happens.
 */
#include "pdf/worker.h"

#include "picture_fixture.h"

/* ---- what is no picture -------------------------------------------------------------------- */

static void assert_refused(struct str bytes, const char *part)
{
	struct image *image;
	err_clear(&err);
	assert_int_equal(load_in(bytes, 2000, 2000, &image), INVALID);
	assert_non_null(err.message);
	const char *message = err_of_field(&err, "event.logos.0.data");
	assert_non_null(message);
	if (!strstr(message, part))
		fail_msg("\"%s\" does not say \"%s\"", message, part);
}

static struct str small_png(void)
{
	depth = 8;
	return make_png(arena, (struct png_wish){9, 9, PNG_COLOR_TYPE_RGB, 8, .has_extras = true,
				       .paint = paint_count});
}

static char *copy_of(struct str s)
{
	char *copy = arena_alloc(arena, s.n);
	memcpy(copy, s.p, s.n);
	return copy;
}

static void put_number(char *at, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		at[i] = (char)(v >> (24 - 8 * i));
}

static uint32_t number_at(const char *p)
{
	uint32_t v = 0;
	for (int i = 0; i < 4; i++)
		v = v << 8 | (unsigned char)p[i];
	return v;
}

/* The checksums of all chunks that are still whole. */
static void mend_checksums(char *png, size_t n)
{
	for (size_t at = 8; at + 12 <= n;) {
		size_t length = number_at(png + at);
		if (length > n - at - 12)
			return;
		put_number(png + at + 8 + length,
			(uint32_t)crc32(0, (const Bytef *)png + at + 4, (uInt)length + 4));
		at += 12 + length;
	}
}

static void refuses_what_is_no_picture(void **state)
{
	(void)state;
	struct image *image;
	assert_refused(STR(""), "neither a JPEG nor a PNG");
	assert_refused(STR("GIF89a\1\0\1\0\0\0\0;"), "neither a JPEG nor a PNG");
	assert_refused(STR("<svg xmlns='http://www.w3.org/2000/svg'/>"), "neither");
	assert_refused(STR("\x89PNG\r\n\x1a\n"), "damaged");
	assert_refused(STR("\xff\xd8\xff"), "damaged");
	assert_refused(STR("\xff\xd8\xff\xd9"), "damaged");
	static const char *const texts[] = {
		"iVBORw0", "iVBO Rw0K", "iVBORw0=aGVs", "*", "iVBORw0L="};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		err_clear(&err);
		assert_int_equal(
			image_load(images, model_of(texts[i], "x"), "events.0", 9, 9, &image, &err),
			INVALID);
		assert_non_null(strstr(err_of_field(&err, "events.0.data"), "base64"));
	}
}

static void refuses_more_bytes_than_it_takes(void **state)
{
	(void)state;
	struct str png = small_png();
	char *large = arena_alloc(arena, IMAGE_MAX_BYTES + 1);
	memcpy(large, png.p, png.n);
	assert_refused((struct str){large, IMAGE_MAX_BYTES + 1}, "6 million");
}

static void refuses_what_is_cut_short_at_any_byte(void **state)
{
	(void)state;
	struct str files[] = {small_png(),
		make_jpeg(arena,
			(struct jpeg_wish){16, 16, JCS_RGB, JCS_YCbCr, .paint = paint_fields}),
		make_jpeg(arena, (struct jpeg_wish){16, 16, JCS_RGB, JCS_YCbCr,
					 .is_progressive = true, .paint = paint_fields})};
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		for (size_t n = 8; n < files[i].n; n++)
			assert_refused((struct str){files[i].p, n}, "damaged");
}

static void refuses_wrong_checksums_in_any_chunk(void **state)
{
	(void)state;
	struct str png = small_png();
	for (size_t at = 8; at + 12 <= png.n; at += 12 + number_at(png.p + at)) {
		char *spoilt = copy_of(png);
		spoilt[at + 8 + number_at(png.p + at)] ^= 1;
		assert_refused((struct str){spoilt, png.n}, "damaged");
	}
}

static void refuses_sizes_beyond_the_limits(void **state)
{
	(void)state;
	static const struct {
		uint32_t width, height;
		const char *says;
	} sizes[] = {{8001, 1, "8,000"}, {1, 8001, "8,000"}, {8000, 5001, "40 million"},
		{0x7FFFFFFF, 0x7FFFFFFF, "8,000"}, {0, 9, "damaged"}, {0xFFFFFFFF, 9, "8,000"},
		{8000, 5000, "damaged"}};
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		struct str png = small_png();
		char *lying = copy_of(png);
		put_number(lying + 16, sizes[i].width);
		put_number(lying + 20, sizes[i].height);
		mend_checksums(lying, png.n);
		assert_refused((struct str){lying, png.n}, sizes[i].says);
	}
	struct str jpeg = make_jpeg(
		arena, (struct jpeg_wish){16, 16, JCS_RGB, JCS_YCbCr, .paint = paint_fields});
	char *lying = copy_of(jpeg), *frame = memmem(lying, jpeg.n, "\xff\xc0", 2);
	frame[5] = (char)0xff;
	assert_refused((struct str){lying, jpeg.n}, "8,000");
	frame[5] = frame[7] = 0x17;
	assert_refused((struct str){lying, jpeg.n}, "damaged");
}

static void paint_nothing(int x, int y, uint16_t *samples)
{
	(void)x;
	(void)y;
	(void)samples;
}

static void survives_pictures_that_swell(void **state)
{
	(void)state;
	struct image *image;
	/* 40 million pixels in a few kilobytes: within the limits, so shown. */
	for (int interlaced = 0; interlaced <= 1; interlaced++) {
		struct str png = make_png(
			arena, (struct png_wish){8000, 5000, PNG_COLOR_TYPE_GRAY, 1,
				       .is_interlaced = interlaced, .paint = paint_nothing});
		assert_true(png.n < 100000);
		assert_int_equal(load_in(png, 72, 72, &image), OK);
	}
	struct shown s = shown_last();
	assert_int_equal(s.width, 300);
	assert_int_equal(s.samples[0], 0);
}

static void refuses_jpegs_that_take_too_much_memory(void **state)
{
	(void)state;
	struct str jpeg = make_jpeg(arena, (struct jpeg_wish){8000, 5000, JCS_CMYK, JCS_CMYK,
						   .is_progressive = true, .paint = paint_nothing});
	assert_refused(jpeg, "not progressive");
}

/* Hundreds of scans over the same few blocks. */
static void refuses_jpegs_of_endless_scans(void **state)
{
	(void)state;
	struct str jpeg = make_jpeg(arena, (struct jpeg_wish){16, 16, JCS_RGB, JCS_YCbCr,
						   .is_progressive = true, .paint = paint_fields});
	struct buf endless = buf_in(arena, 1 << 20);
	char *scan = memmem(jpeg.p, jpeg.n, "\xff\xda", 2);
	char *next = memmem(scan + 2, (size_t)(jpeg.p + jpeg.n - scan - 2), "\xff\xc4", 2);
	buf_add(&endless, jpeg.p, (size_t)(scan - jpeg.p));
	for (int i = 0; i < 300; i++)
		buf_add(&endless, scan, (size_t)(next - scan));
	buf_add(&endless, next, (size_t)(jpeg.p + jpeg.n - next));
	assert_refused(buf_view(&endless), "damaged");
}

/* ---- mutations ----------------------------------------------------------------------------- */

static uint64_t seed;

static size_t dice(size_t n)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (size_t)(seed >> 33) % n;
}

/* Two segments of a JPEG or chunks of a PNG change places, by their lengths. */
static void swap_parts(char *p, size_t n, bool is_png)
{
	size_t starts[32], n_starts = 0, at = is_png ? 8 : 2;
	while (at + 12 <= n && n_starts < 32) {
		size_t length =
			is_png ? 12 + (size_t)number_at(p + at) : 2 + (number_at(p + at) & 0xFFFF);
		if (length > n - at)
			break;
		starts[n_starts++] = at;
		at += length;
	}
	if (n_starts < 3)
		return;
	/* Neighbours, turned around in place. */
	size_t i = dice(n_starts - 2), from = starts[i], middle = starts[i + 1],
	       end = starts[i + 2];
	char *second = arena_alloc(arena, end - middle);
	memcpy(second, p + middle, end - middle);
	memmove(p + from + (end - middle), p + from, middle - from);
	memcpy(p + from, second, end - middle);
}

static void lie_about_size(char *p, size_t n, bool is_png)
{
	static const unsigned sides[] = {0, 1, 15, 17, 255, 1000, 8000, 8001, 65535};
	unsigned width = sides[dice(9)], height = sides[dice(9)];
	if (is_png) {
		put_number(p + 16, dice(8) ? width : 0xFFFFFFFF);
		put_number(p + 20, height);
		return;
	}
	for (size_t i = 2; i + 9 < n; i++) {
		if (p[i] != '\xff' || (p[i + 1] & 0xF0) != 0xC0 || p[i + 1] == '\xc4')
			continue;
		put_number(p + i + 5, height << 16 | width);
		return;
	}
}

static struct str mutate(struct str good)
{
	bool is_png = good.p[0] == '\x89';
	size_t n = good.n;
	char *p = copy_of(good);
	switch (dice(6)) {
	case 0:
		n = 1 + dice(n);
		break;
	case 1:
		swap_parts(p, n, is_png);
		break;
	case 2:
		lie_about_size(p, n, is_png);
		break;
	default:
		for (size_t i = 1 + dice(8); i > 0; i--)
			p[dice(n)] ^= (char)(1 << dice(8));
		break;
	}
	if (is_png && dice(4))
		mend_checksums(p, n);
	return (struct str){p, n};
}

static size_t good_files(struct str out[10])
{
	size_t n = 0;
	depth = 8;
	out[n++] = make_png(arena, (struct png_wish){33, 21, PNG_COLOR_TYPE_RGB_ALPHA, 8,
					   .has_extras = true, .paint = paint_count});
	out[n++] = make_png(
		arena, (struct png_wish){33, 21, PNG_COLOR_TYPE_RGB, 8, .is_interlaced = true,
			       .has_transparency = true, .paint = paint_count});
	out[n++] = make_png(arena, (struct png_wish){33, 21, PNG_COLOR_TYPE_PALETTE, 8,
					   .has_transparency = true, .paint = paint_count});
	depth = 16;
	out[n++] = make_png(arena, (struct png_wish){17, 9, PNG_COLOR_TYPE_GRAY_ALPHA, 16,
					   .is_interlaced = true, .paint = paint_count});
	out[n++] =
		make_jpeg(arena, (struct jpeg_wish){33, 21, JCS_RGB, JCS_YCbCr, .is_coarse = true,
					 .orientation = 6, .paint = paint_fields});
	out[n++] = make_jpeg(
		arena, (struct jpeg_wish){33, 21, JCS_RGB, JCS_YCbCr, .is_progressive = true,
			       .is_coarse = true, .orientation = 1, .paint = paint_fields});
	out[n++] = make_jpeg(arena,
		(struct jpeg_wish){33, 21, JCS_GRAYSCALE, JCS_GRAYSCALE, .paint = paint_grey});
	out[n++] = make_jpeg(arena, (struct jpeg_wish){33, 21, JCS_CMYK, JCS_YCCK,
					    .is_inverted = true, .paint = paint_fields});
	out[n++] = make_jpeg(arena, (struct jpeg_wish){33, 21, JCS_RGB, JCS_YCbCr,
					    .is_arithmetic = true, .paint = paint_fields});
	return n;
}

static void refuses_or_shows_1500_spoilt_pictures_within_limits(void **state)
{
	enum { N_MUTATIONS = 1500 };
	(void)state;
	struct str good[10];
	size_t n_good = good_files(good);
	int n_shown = 0;
	seed = 20270908;
	for (size_t i = 0; i < n_good; i++)
		load(good[i]);
	for (int i = 0; i < N_MUTATIONS; i++) {
		struct image *image;
		again();
		if (load_in(mutate(good[i % (int)n_good]), 36, 36, &image) == OK) {
			struct shown s = shown_last();
			assert_in_range(s.width, 1, 150);
			assert_in_range(s.height, 1, 150);
			n_shown++;
		} else {
			assert_int_equal(err.rc, INVALID);
			assert_non_null(err_of_field(&err, "event.logos.0.data"));
		}
	}
	/* Some bits nobody sees, but most of them matter. */
	assert_in_range(n_shown, N_MUTATIONS / 20, N_MUTATIONS * 3 / 4);
}

/* ---- in the worker ------------------------------------------------------------------------- */

static enum rc print_badge(struct print_pool *pool, struct str logo, struct buf *out)
{
	struct print_warnings warnings = print_warnings_in(arena);
	cJSON *model = NULL;
	*out = buf_in(arena, PRINT_MAX_BYTES);
	err_clear(&err);
	assert_int_equal(
		json_parse(arena,
			str_from(arena_printf(arena,
				"{\"lang\":\"en\",\"event\":{\"title\":\"T\",\"starts_on\":"
				"\"2027-09-08\",\"ends_on\":\"2027-09-10\",\"logos\":[{\"data\":"
				"\"%s\",\"alt\":\"A mark\"}]},\"badges\":[{\"name\":\"Ægir\","
				"\"role\":\"Speaker\",\"role_number\":1,\"qr\":\"x\",\"code\":"
				"\"K\"}]}",
				base64_encode(arena, logo))),
			&model, &err),
		OK);
	return print_pool_run(pool, arena, "badge", model, NULL, out, &warnings, &err);
}

static void lives_on_in_the_pool_after_a_spoilt_logo(void **state)
{
	(void)state;
	struct print_pool *pool = print_pool_new("/proc/self/exe", 1);
	struct str good = small_png();
	struct buf out;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(
			print_badge(pool, (struct str){good.p, good.n - 20}, &out), INVALID);
		assert_non_null(err_of_field(&err, "event.logos.0.data"));
		assert_non_null(err.message);
		assert_int_equal(out.n, 0);
		assert_int_equal(print_badge(pool, good, &out), OK);
		assert_true(contains(buf_view(&out), "/Subtype/Image"));
	}
	print_pool_free(pool);
}

/* The largest that is taken, of the kind that needs most memory, and beyond. */
static void keeps_to_the_memory_of_a_worker(void **state)
{
	(void)state;
	struct print_pool *pool = print_pool_new("/proc/self/exe", 1);
	struct buf out;
	struct str png = make_png(arena, (struct png_wish){8000, 5000, PNG_COLOR_TYPE_RGB_ALPHA, 8,
						 .is_interlaced = true, .paint = paint_nothing});
	assert_int_equal(print_badge(pool, png, &out), OK);
	struct str jpeg = make_jpeg(arena, (struct jpeg_wish){8000, 5000, JCS_RGB, JCS_YCbCr,
						   .is_progressive = true, .paint = paint_nothing});
	assert_int_equal(print_badge(pool, jpeg, &out), OK);
	print_pool_free(pool);
}

int main(int argc, char **argv)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(refuses_what_is_no_picture),
		TEST(refuses_more_bytes_than_it_takes),
		TEST(refuses_what_is_cut_short_at_any_byte),
		TEST(refuses_wrong_checksums_in_any_chunk),
		TEST(refuses_sizes_beyond_the_limits),
		TEST(survives_pictures_that_swell),
		TEST(refuses_jpegs_that_take_too_much_memory),
		TEST(refuses_jpegs_of_endless_scans),
		TEST(refuses_or_shows_1500_spoilt_pictures_within_limits),
		TEST(lives_on_in_the_pool_after_a_spoilt_logo),
		TEST(keeps_to_the_memory_of_a_worker),
	};
	if (argc == 2 && strcmp(argv[1], WORKER_ARGUMENT) == 0)
		return print_worker();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
