/*
 * What unit tests ask of a finished file, whose objects are packed into streams. Included by tests;
 * whoever wants more reads the file with qpdf and poppler (tests/print).
 */
#ifndef TESTS_PDF_READING_H
#define TESTS_PDF_READING_H

#include "base/str.h"

#include <string.h>
#include <zlib.h>

/* The packed objects of the file, one behind the other. */
static inline struct buf pdf_objects(struct arena *a, const struct buf *file)
{
	static const char packed[] = "/Type/ObjStm", start[] = "\nstream\n";
	enum { MAX_PACK = 8 << 20 };
	unsigned char *objects = heap_alloc(MAX_PACK);
	struct buf all = buf_in(a, 64 << 20);
	const char *at = file->p, *end = file->p + file->n;
	while (at && (at = memmem(at, (size_t)(end - at), packed, strlen(packed)))) {
		uLongf n = MAX_PACK;
		at = memmem(at, (size_t)(end - at), start, strlen(start));
		if (!at)
			break;
		at += strlen(start);
		uncompress(objects, &n, (const Bytef *)at, (uLong)(end - at));
		buf_add(&all, objects, n);
	}
	heap_free(objects);
	return all;
}

/* How often the text stands in the objects. */
static inline int pdf_count(struct arena *a, const struct buf *file, const char *text)
{
	int n = 0;
	const struct buf all = pdf_objects(a, file);
	const char *at = all.p, *end = all.p + all.n;
	while (at && (at = memmem(at, (size_t)(end - at), text, strlen(text)))) {
		n++;
		at++;
	}
	return n;
}

#endif
