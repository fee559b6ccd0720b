/* A document in which pictures are loaded, and the pictures in the file that it becomes. */
#ifndef TESTS_PICTURE_FIXTURE_H
#define TESTS_PICTURE_FIXTURE_H

#include "pdf/page/image.h"
#include "pdf/print.h"

#include "base/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <zlib.h>

#include <cmocka.h>

#include "picture_maker.h"

static struct arena *arena;
static struct err err;

static struct core *core;
static struct images *images;
static struct buf file;

static void begin_document(void)
{
	core = core_new(arena, "en");
	core_set_title(core, "Pictures");
	images = images_new(arena, core);
	file = buf_in(arena, PRINT_MAX_BYTES);
}

static void end_document(void)
{
	struct page *page = page_new(arena, core, 200, 200);
	page_close(page);
	struct sink sink = sink_to_buf(&file);
	assert_int_equal(core_save(core, &sink, &err), OK);
	core_free(core);
	core = NULL;
}

static int setup(void **state)
{
	(void)state;
	json_setup();
	arena = arena_new();
	err = err_in(arena);
	begin_document();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	if (core)
		core_free(core);
	arena_free(arena);
	return 0;
}

static const cJSON *model_of(const char *data, const char *alt)
{
	struct arena *before = json_arena_begin(arena);
	cJSON *image = cJSON_CreateObject();
	cJSON_AddStringToObject(image, "data", data);
	cJSON_AddStringToObject(image, "alt", alt);
	json_arena_end(before);
	return image;
}

static enum rc load_in(struct str bytes, double width, double height, struct image **out)
{
	const cJSON *image = model_of(base64_encode(arena, bytes), "A picture");
	return image_load(images, image, "event.logos.0", width, height, out, &err);
}

/* In a box in which nothing is made smaller. */
static struct image *load(struct str bytes)
{
	struct image *image = NULL;
	assert_int_equal(load_in(bytes, 2000, 2000, &image), OK);
	assert_null(err.fields);
	return image;
}

/* ---- out of the file again ----------------------------------------------------------------- */

struct shown {
	int width, height, channels;
	const unsigned char *samples;
	struct str packed; /* from where the stream begins */
	bool is_jpeg, has_mask;
};

static int number_after(const char *text, const char *key)
{
	const char *at = strstr(text, key);
	assert_non_null(at);
	struct str rest = str_trim(str_from(at + strlen(key)));
	struct str digits = {rest.p, strspn(rest.p, "0123456789")};
	int64_t v;
	assert_true(str_to_i64(digits, &v));
	return (int)v;
}

static const unsigned char *unpack(const struct shown *s)
{
	uLongf n = (uLongf)(s->width * s->height * s->channels);
	unsigned char *samples = arena_alloc(arena, n + 1);
	z_stream z = {.next_in = (Bytef *)(uintptr_t)s->packed.p,
		.avail_in = (uInt)s->packed.n,
		.next_out = samples,
		.avail_out = (uInt)n + 1};
	assert_int_equal(inflateInit(&z), Z_OK);
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	assert_int_equal(z.total_out, n);
	inflateEnd(&z);
	return samples;
}

static const unsigned char *unpack_jpeg(const struct shown *s)
{
	struct jpeg_decompress_struct jpeg;
	struct jpeg_error_mgr errors;
	unsigned char *samples = arena_alloc(arena, (size_t)(s->width * s->height * s->channels));
	jpeg.err = jpeg_std_error(&errors);
	jpeg_create_decompress(&jpeg);
	jpeg_mem_src(&jpeg, (const unsigned char *)s->packed.p, s->packed.n);
	jpeg_read_header(&jpeg, TRUE);
	assert_int_equal(jpeg.image_width, s->width);
	assert_int_equal(jpeg.image_height, s->height);
	assert_int_equal(jpeg.num_components, s->channels);
	jpeg_start_decompress(&jpeg);
	while (jpeg.output_scanline < jpeg.output_height) {
		JSAMPROW row = samples + (int)jpeg.output_scanline * s->width * s->channels;
		jpeg_read_scanlines(&jpeg, &row, 1);
	}
	jpeg_finish_decompress(&jpeg);
	assert_int_equal(errors.num_warnings, 0);
	jpeg_destroy_decompress(&jpeg);
	return samples;
}

/* The objects of pictures in the file, in order; a mask stands before its picture. */
static int shown_in_file(struct shown *out, int max)
{
	static const char begin[] = "/Subtype/Image", stream[] = "stream";
	const char *at = file.p, *end = file.p + file.n;
	int n = 0;
	while ((at = memmem(at, (size_t)(end - at), begin, sizeof begin - 1)) != NULL) {
		const char *body = memmem(at, (size_t)(end - at), stream, sizeof stream - 1);
		char *entries = arena_strndup(arena, at, (size_t)(body - at));
		assert_true(n < max);
		struct shown *s = &out[n++];
		body += sizeof stream - 1;
		body += strspn(body, "\r") + 1;
		*s = (struct shown){number_after(entries, "/Width"),
			number_after(entries, "/Height"), strstr(entries, "/DeviceGray") ? 1 : 3,
			NULL, {body, (size_t)(end - body)}, strstr(entries, "/DCTDecode") != NULL,
			strstr(entries, "/SMask") != NULL};
		assert_int_equal(number_after(entries, "/BitsPerComponent"), 8);
		at = body;
	}
	return n;
}

/* The picture made last, unpacked; ends the document. */
static struct shown shown_last(void)
{
	struct shown all[4];
	end_document();
	int n = shown_in_file(all, 4);
	assert_true(n >= 1);
	struct shown s = all[n - 1];
	assert_int_equal(s.is_jpeg, str_starts_with(s.packed, STR("\xff\xd8\xff")));
	s.samples = s.is_jpeg ? unpack_jpeg(&s) : unpack(&s);
	return s;
}

/* As before, in a new document. */
static void again(void)
{
	if (core)
		core_free(core);
	begin_document();
	err_clear(&err);
}

static bool contains(struct str s, const char *text)
{
	return memmem(s.p, s.n, text, strlen(text)) != NULL;
}

/* ---- what is painted --------------------------------------------------------------------------
 */

static int depth; /* that paint_count paints in */

/* 0, 1, 2 ... in reading order, as many as the depth knows; channels differ, but for one pixel. */
static void paint_count(int x, int y, uint16_t *samples)
{
	unsigned last = (1u << depth) - 1, step = depth == 16 ? 1571 : depth == 8 ? 5 : 1;
	bool is_clear = x == 3 && y == 2; /* the colour that make_png() makes transparent */
	for (unsigned i = 0; i < 4; i++)
		samples[i] =
			(uint16_t)(is_clear ? 1 : ((unsigned)(x + 7 * y) + 3 * i) * step & last);
}

/* Fields of 8 by 8, so that what JPEG does to edges stays at them. */
static void paint_fields(int x, int y, uint16_t *samples)
{
	static const uint16_t colours[4][3] = {
		{200, 40, 40}, {40, 180, 60}, {30, 60, 200}, {240, 230, 40}};
	memcpy(samples, colours[(x / 8) % 2 + 2 * ((y / 8) % 2)], sizeof colours[0]);
}

static void paint_grey(int x, int y, uint16_t *samples)
{
	samples[0] = samples[1] = samples[2] = (uint16_t)(x * 10 + y);
}

#endif
