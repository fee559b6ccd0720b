/* The segments of a JPEG (ITU-T T.81, annex B), and of the EXIF in one of them (TIFF 6.0). */
#include "pdf/page/decode.h"

enum marker { START = 0xD8, END = 0xD9, SCAN = 0xDA, COMMENT = 0xFE };

static unsigned byte_at(struct str s, size_t at)
{
	return (unsigned char)s.p[at];
}

/* 2 or 4 bytes at `at`; 0 beyond the end. */
static uint32_t exif_number(struct str exif, size_t at, size_t n)
{
	bool is_little = exif.p[0] == 'I';
	uint32_t v = 0;
	if (at > exif.n || n > exif.n - at)
		return 0;
	for (size_t i = 0; i < n; i++)
		v = v << 8 | byte_at(exif, is_little ? at + n - 1 - i : at + i);
	return v;
}

int jpeg_orientation(struct str exif)
{
	enum { ENTRY_BYTES = 12, ORIENTATION = 0x0112, SHORT = 3 };
	if (!str_starts_with(exif, STR("II*\0")) && !str_starts_with(exif, STR("MM\0*")))
		return 1;
	size_t directory = exif_number(exif, 4, 4), n = exif_number(exif, directory, 2);
	for (size_t i = 0; i < n; i++) {
		size_t entry = directory + 2 + i * ENTRY_BYTES;
		if (exif_number(exif, entry, 2) != ORIENTATION ||
			exif_number(exif, entry + 2, 2) != SHORT)
			continue;
		uint32_t v = exif_number(exif, entry + 8, 2);
		return v >= 1 && v <= 8 ? (int)v : 1;
	}
	return 1;
}

/* The end of what a scan has coded: the next marker that is no restart. */
static size_t scan_end(struct str jpeg, size_t at)
{
	for (; at + 1 < jpeg.n; at++) {
		unsigned next = byte_at(jpeg, at + 1);
		bool is_restart = next >= 0xD0 && next <= 0xD7;
		if (byte_at(jpeg, at) == 0xFF && next != 0 && next != 0xFF && !is_restart)
			return at;
	}
	return jpeg.n;
}

bool jpeg_strip(struct str jpeg, struct buf *out)
{
	size_t at = 2;
	buf_add(out, jpeg.p, at);
	while (at + 4 <= jpeg.n && byte_at(jpeg, at) == 0xFF) {
		unsigned marker = byte_at(jpeg, at + 1);
		size_t n = 2 + (byte_at(jpeg, at + 2) << 8 | byte_at(jpeg, at + 3));
		bool is_metadata = (marker >= 0xE0 && marker <= 0xEF) || marker == COMMENT;
		if (marker < 0xC0 || (marker >= 0xD0 && marker <= END) || n < 4 || n > jpeg.n - at)
			break;
		if (marker == SCAN)
			n = scan_end(jpeg, at + n) - at;
		if (!is_metadata)
			buf_add(out, jpeg.p + at, n);
		at += n;
	}
	if (at + 2 > jpeg.n || byte_at(jpeg, at) != 0xFF || byte_at(jpeg, at + 1) != END)
		return false;
	buf_add(out, jpeg.p + at, 2);
	return !out->failed;
}
