/* Two rounds over the objects: streams, which stand in the file by themselves, then all others, a
 * few hundred to an object stream. */
#include "pdf/file/save.h"

#include <stdio.h>
#include <string.h>

enum {
	PACKED_OBJECTS = 256, /* in one object stream */
	MAX_PACK = 64 << 20,
	OBJECT_MASK = 0x00FFFFFF,
	XREF_ROW = 7, /* kind, four bytes of offset or number, two of index */
};

enum xref_kind { XREF_FREE, XREF_DIRECT, XREF_PACKED };

struct xref_row {
	enum xref_kind kind;
	size_t at; /* offset in the file, or the number of the object stream */
	unsigned index;
};

struct saving {
	HPDF_Doc doc;
	const struct sink *out;
	size_t offset; /* bytes written so far */
	const struct object_table *table;
	struct buf *target; /* where libharu writes */
	HPDF_Stream stream;
	struct xref_row *rows;
	unsigned n, n_given; /* numbers given out before, and with those of object streams */
	HPDF_STATUS status;
};

static void put(struct saving *s, const void *bytes, size_t n)
{
	s->offset += n;
	if (s->status == HPDF_OK && !s->out->write(s->out->context, bytes, n))
		s->status = HPDF_FILE_IO_ERROR;
}

static void put_text(struct saving *s, const char *text)
{
	put(s, text, strlen(text));
}

static HPDF_STATUS write_to_target(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT n)
{
	struct saving *s = stream->attr;
	buf_add(s->target, bytes, n);
	return s->target->failed ? HPDF_FILE_IO_ERROR : HPDF_OK;
}

/* Our own body, or else libharu's. */
static void write_value(struct saving *s, unsigned number, struct buf *target)
{
	const struct object *own = number < s->table->room ? &s->table->objects[number] : NULL;
	HPDF_Xref xref = s->doc->xref;
	HPDF_XrefEntry entry =
		number < xref->entries->count ? HPDF_Xref_GetEntry(xref, number) : NULL;
	if (own && own->body.p) {
		buf_text(target, "<<");
		buf_str(target, own->body);
		buf_text(target, ">>");
	} else if (entry && entry->obj) {
		s->target = target;
		HPDF_STATUS status = HPDF_Obj_WriteValue(entry->obj, s->stream, NULL);
		if (s->status == HPDF_OK)
			s->status = status;
	} else {
		buf_text(target, "null");
	}
}

static void write_streams(struct saving *s)
{
	char head[160];
	const struct sink *out = s->out;
	for (unsigned i = 1; i < s->n && i < s->table->room && s->status == HPDF_OK; i++) {
		const struct object *o = &s->table->objects[i];
		if (!o->is_stream)
			continue;
		s->rows[i] = (struct xref_row){XREF_DIRECT, s->offset, 0};
		snprintf(head, sizeof head, "%u 0 obj\n<</Length %zu", i, o->n_bytes);
		put_text(s, head);
		put(s, o->body.p, o->body.n);
		put_text(s, ">>\nstream\n");
		if (s->status == HPDF_OK && !spool_write(s->table->spool, o->at, o->n_bytes, out))
			s->status = HPDF_FILE_IO_ERROR;
		s->offset += o->n_bytes;
		put_text(s, "\nendstream\nendobj\n");
	}
}

/* A stream of our own, with the next number. */
static void add_stream(struct saving *s, const char *entries, const struct buf *bytes)
{
	struct str packed = deflate_pack(s->table->deflate, buf_view(bytes));
	char head[256];
	s->rows[s->n_given] = (struct xref_row){XREF_DIRECT, s->offset, 0};
	snprintf(head, sizeof head, "%u 0 obj\n<<%s/Filter/FlateDecode/Length %zu>>\nstream\n",
		s->n_given++, entries, packed.n);
	put_text(s, head);
	put(s, packed.p, packed.n);
	put_text(s, "\nendstream\nendobj\n");
}

static void add_pack(struct saving *s, struct buf *index, const struct buf *values, unsigned n)
{
	char entries[80];
	snprintf(entries, sizeof entries, "/Type/ObjStm/N %u/First %zu", n, index->n);
	buf_str(index, buf_view(values));
	add_stream(s, entries, index);
}

static void write_packed(struct saving *s)
{
	struct buf index = buf_on_heap(MAX_PACK), values = buf_on_heap(MAX_PACK);
	unsigned n = 0;
	for (unsigned i = 1; i < s->n && s->status == HPDF_OK; i++) {
		if (s->rows[i].kind == XREF_DIRECT)
			continue;
		s->rows[i] = (struct xref_row){XREF_PACKED, s->n_given, n++};
		buf_i64(&index, i);
		buf_char(&index, ' ');
		buf_i64(&index, (int64_t)values.n);
		buf_char(&index, ' ');
		write_value(s, i, &values);
		buf_char(&values, '\n');
		if (n < PACKED_OBJECTS)
			continue;
		add_pack(s, &index, &values, n);
		buf_reset(&index);
		buf_reset(&values);
		n = 0;
	}
	if (n)
		add_pack(s, &index, &values, n);
	if (index.failed || values.failed)
		s->status = HPDF_FILE_IO_ERROR;
	buf_free(&index);
	buf_free(&values);
}

static void put_row(unsigned char bytes[XREF_ROW], const struct xref_row *row)
{
	bytes[0] = (unsigned char)row->kind;
	for (int i = 0; i < 4; i++)
		bytes[1 + i] = (unsigned char)(row->at >> (24 - 8 * i));
	bytes[5] = (unsigned char)(row->index >> 8);
	bytes[6] = (unsigned char)row->index;
}

/* Rows as differences from the one above (PNG's predictor "Up"): they nearly vanish. */
static void write_xref(struct saving *s)
{
	struct buf rows = buf_on_heap(MAX_PACK);
	char entries[160], tail[48];
	unsigned char before[XREF_ROW] = {0}, now[XREF_ROW];
	size_t start = s->offset;
	const HPDF_Dict_Rec *root = s->doc->catalog, *info = s->doc->info;
	s->rows[s->n_given] = (struct xref_row){XREF_DIRECT, start, 0};
	for (unsigned i = 0; i <= s->n_given; i++) {
		put_row(now, &s->rows[i]);
		buf_char(&rows, 2);
		for (int k = 0; k < XREF_ROW; k++)
			buf_char(&rows, (char)(now[k] - before[k]));
		memcpy(before, now, sizeof before);
	}
	snprintf(entries, sizeof entries,
		"/Type/XRef/Size %u/W[1 4 2]/Root %u 0 R/Info %u 0 R"
		"/DecodeParms<</Predictor 12/Columns %d>>",
		s->n_given + 1, root->header.obj_id & OBJECT_MASK,
		info->header.obj_id & OBJECT_MASK, XREF_ROW);
	add_stream(s, entries, &rows);
	snprintf(tail, sizeof tail, "startxref\n%zu\n%%%%EOF\n", start);
	put_text(s, tail);
	buf_free(&rows);
}

HPDF_STATUS save_document(HPDF_Doc doc, const struct object_table *table, const struct sink *sink)
{
	struct saving s = {.doc = doc, .table = table, .out = sink, .status = HPDF_OK};
	s.n = s.n_given = table->n;
	s.rows = heap_alloc((s.n + s.n / PACKED_OBJECTS + 4) * sizeof *s.rows);
	s.stream = HPDF_CallbackWriter_New(doc->mmgr, write_to_target, &s);
	if (!s.stream)
		return HPDF_FAILD_TO_ALLOC_MEM;
	put_text(&s, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
	write_streams(&s);
	write_packed(&s);
	if (s.status == HPDF_OK)
		write_xref(&s);
	HPDF_Stream_Free(s.stream);
	heap_free(s.rows);
	return s.status;
}
