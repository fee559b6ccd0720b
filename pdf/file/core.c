/* The seam to libharu: catalogue and info are its own, all other bodies stand in our table. */
#include "pdf/file/outline.h"
#include "pdf/file/pages.h"
#include "pdf/file/save.h"
#include "pdf/text/utf16.h"

#include <assert.h>
#include <hpdf.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unicode/uloc.h>

enum { MAX_SIDE = 14400, OBJECT_MASK = 0x00FFFFFF };
enum { N_RESOURCES = CORE_PICTURE + 1, MAX_RESOURCES_BYTES = 1 << 20 };

struct core {
	struct arena *arena;
	const char *lang, *title, *author; /* author NULL: none said */
	HPDF_Doc doc;
	char *error; /* first one, NULL: none */
	struct pages *pages;
	struct outline *outline;
	unsigned resources;            /* the dictionary of all pages */
	struct buf named[N_RESOURCES]; /* its entries, by kind */
	unsigned struct_tree;
	bool turns_on_short_edge;
	struct str catalogue; /* our entries of it */
	struct object_table table;
};

static unsigned number_of(HPDF_Dict dict)
{
	return dict ? dict->header.obj_id & OBJECT_MASK : 0;
}

static void on_error(HPDF_STATUS code, HPDF_STATUS detail, void *context)
{
	core_fail(context, "libharu reports 0x%04lx (%lu)", code, detail);
}

void core_fail(struct core *c, const char *format, ...)
{
	va_list args;
	if (c->error)
		return;
	va_start(args, format);
	c->error = arena_vprintf(c->arena, format, args);
	va_end(args);
}

struct core *core_new(struct arena *a, const char *lang)
{
	struct core *c = ARENA_NEW(a, struct core);
	c->arena = a;
	c->lang = arena_strdup(a, lang);
	c->title = "";
	c->pages = pages_new(a, c);
	c->outline = outline_new(a, c);
	c->table.spool = spool_new();
	c->table.deflate = deflate_new();
	c->doc = HPDF_New(on_error, c);
	if (!c->doc || !c->table.deflate) {
		core_fail(c, "libharu or libdeflate does not start");
		return c;
	}
	HPDF_SetInfoAttr(c->doc, HPDF_INFO_CREATOR, "Symposiarch");
	c->table.n = c->doc->xref->entries->count; /* from here on numbers are ours */
	c->resources = core_object_new(c);
	for (int i = 0; i < N_RESOURCES; i++)
		c->named[i] = buf_in(a, MAX_RESOURCES_BYTES);
	return c;
}

void core_free(struct core *c)
{
	deflate_free(c->table.deflate);
	HPDF_Free(c->doc);
	spool_free(c->table.spool);
	heap_free(c->table.objects);
	c->doc = NULL;
}

void core_number(struct core *c, struct buf *b, double v)
{
	if (!(fabs(v) <= MAX_SIDE)) {
		core_fail(c, "a length of %g points is out of range", v);
		v = v > 0 ? MAX_SIDE : v < 0 ? -MAX_SIDE : 0;
	}
	char digits[24];
	int64_t thousandths = llround(v * 1000);
	size_t n = sizeof digits;
	bool negative = thousandths < 0;
	int decimals = 3;
	if (negative)
		thousandths = -thousandths;
	for (; decimals > 0 && thousandths % 10 == 0; decimals--)
		thousandths /= 10;
	for (int i = 0; i <= decimals || thousandths; i++) {
		if (i == decimals && decimals > 0)
			digits[--n] = '.';
		digits[--n] = (char)('0' + thousandths % 10);
		thousandths /= 10;
	}
	if (negative)
		digits[--n] = '-';
	buf_add(b, digits + n, sizeof digits - n);
}

void core_reference(struct buf *b, unsigned object)
{
	buf_i64(b, object);
	buf_text(b, " 0 R");
}

static void add_hex(struct buf *b, unsigned unit)
{
	static const char hex[] = "0123456789ABCDEF";
	char digits[4] = {
		hex[unit >> 12 & 15], hex[unit >> 8 & 15], hex[unit >> 4 & 15], hex[unit & 15]};
	buf_add(b, digits, sizeof digits);
}

static bool is_ascii(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < ' ' || (unsigned char)*s > '~')
			return false;
	return true;
}

static void add_literal(struct buf *b, const char *ascii)
{
	buf_char(b, '(');
	for (; *ascii; ascii++) {
		if (*ascii == '(' || *ascii == ')' || *ascii == '\\')
			buf_char(b, '\\');
		buf_char(b, *ascii);
	}
	buf_char(b, ')');
}

void core_text(struct core *c, struct buf *b, const char *utf8)
{
	if (is_ascii(utf8)) {
		add_literal(b, utf8);
		return;
	}
	int32_t n = 0;
	const UChar *units = utf16_from(c->arena, utf8, &n);
	buf_text(b, "<FEFF");
	for (int32_t i = 0; i < n; i++)
		add_hex(b, units[i]);
	buf_char(b, '>');
}

void core_bytes(struct buf *b, const char *bytes)
{
	buf_char(b, '<');
	for (; *bytes; bytes++)
		buf_printf(b, "%02X", (unsigned char)*bytes);
	buf_char(b, '>');
}

/* libharu's own strings know no Unicode without loading an encoder: UTF-16BE as plain bytes. */
static void add_text(struct core *c, HPDF_Dict dict, const char *key, const char *utf8)
{
	struct buf b = buf_in(c->arena, HPDF_LIMIT_MAX_STRING_LEN);
	int32_t n = 0;
	if (is_ascii(utf8) && strlen(utf8) < HPDF_LIMIT_MAX_STRING_LEN) {
		HPDF_Dict_Add(dict, key, HPDF_String_New(c->doc->mmgr, utf8, NULL));
		return;
	}
	const UChar *units = utf16_from(c->arena, utf8, &n);
	buf_text(&b, "\xFE\xFF");
	for (int32_t i = 0; i < n; i++) {
		buf_char(&b, (char)(units[i] >> 8));
		buf_char(&b, (char)(units[i] & 0xFF));
	}
	if (b.failed) {
		core_fail(c, "the text of /%s is too long", key);
		return;
	}
	HPDF_Dict_Add(dict, key, HPDF_Binary_New(c->doc->mmgr, (HPDF_BYTE *)b.p, (HPDF_UINT)b.n));
}

/* The object's row in the table; rows that libharu fills stay empty. */
static struct object *object_at(struct core *c, unsigned number)
{
	struct object_table *t = &c->table;
	assert(number);
	if (number >= t->room) {
		size_t room = t->room ? t->room * 2 : 64;
		while (room <= number)
			room *= 2;
		t->objects = heap_resize(t->objects, room * sizeof *t->objects);
		memset(t->objects + t->room, 0, (room - t->room) * sizeof *t->objects);
		t->room = room;
	}
	return &t->objects[number];
}

unsigned core_object_new(struct core *c)
{
	if (c->error)
		return 0;
	unsigned number = c->table.n++;
	object_at(c, number);
	return number;
}

struct outline *core_outline(struct core *c)
{
	return c->outline;
}

struct pages *core_pages(struct core *c)
{
	return c->pages;
}

void core_object_set(struct core *c, unsigned number, struct str body)
{
	if (!c->error)
		object_at(c, number)->body = body;
}

/* Bytes that are packed already, as the entries say; those are kept. */
static void set_packed(struct core *c, unsigned number, const char *entries, struct str bytes)
{
	struct object *o = object_at(c, number);
	if (!spool_add(c->table.spool, bytes.p, bytes.n, &o->at))
		core_fail(c, "no room for a temporary file");
	o->body = str_from(entries);
	o->n_bytes = bytes.n;
	o->is_stream = true;
}

static void set_stream(struct core *c, unsigned number, const char *entries, struct str bytes)
{
	set_packed(c, number, arena_printf(c->arena, "/Filter/FlateDecode%s", entries),
		deflate_pack(c->table.deflate, bytes));
}

unsigned core_stream_new(struct core *c, const char *entries, struct str bytes)
{
	unsigned number = core_object_new(c);
	if (number)
		set_stream(c, number, entries, bytes);
	return number;
}

unsigned core_stream_raw(struct core *c, const char *entries, struct str bytes)
{
	unsigned number = core_object_new(c);
	if (number)
		set_packed(c, number, arena_strdup(c->arena, entries), bytes);
	return number;
}

void core_resource_add(struct core *c, enum core_resource kind, int index, unsigned object)
{
	static const char letters[N_RESOURCES] = {[CORE_FONT] = 'F', [CORE_PICTURE] = 'I'};
	buf_printf(&c->named[kind], "/%c%d %u 0 R", letters[kind], index, object);
	if (c->named[kind].failed)
		core_fail(c, "too many fonts or pictures");
}

void core_set_title(struct core *c, const char *title)
{
	c->title = arena_strdup(c->arena, title);
}

void core_set_author(struct core *c, const char *author)
{
	c->author = arena_strdup(c->arena, author);
}

void core_set_struct_tree(struct core *c, unsigned struct_tree)
{
	c->struct_tree = struct_tree;
}

void core_set_short_edge(struct core *c)
{
	c->turns_on_short_edge = true;
}

/* XMP (ISO 16684): the same metadata once more, for programs that do not read the info dictionary.
 */
static unsigned metadata_new(struct core *c)
{
	struct buf b = buf_in(c->arena, 1 << 16);
	buf_text(&b, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
		     "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
		     "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
		     "<rdf:Description rdf:about=\"\" "
		     "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
		     "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">"
		     "<dc:format>application/pdf</dc:format>"
		     "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">");
	buf_html(&b, str_from(c->title));
	buf_text(&b, "</rdf:li></rdf:Alt></dc:title><dc:language><rdf:Bag><rdf:li>");
	buf_html(&b, str_from(c->lang));
	buf_text(&b, "</rdf:li></rdf:Bag></dc:language>");
	if (c->author) {
		buf_text(&b, "<dc:creator><rdf:Seq><rdf:li>");
		buf_html(&b, str_from(c->author));
		buf_text(&b, "</rdf:li></rdf:Seq></dc:creator>");
	}
	buf_text(&b, "<xmp:CreatorTool>Symposiarch</xmp:CreatorTool>"
		     "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>");
	if (b.failed)
		core_fail(c, "the title is too long");
	return core_stream_new(c, "/Type/Metadata/Subtype/XML\n", buf_view(&b));
}

static HPDF_STATUS write_catalogue(HPDF_Dict dict, HPDF_Stream stream)
{
	const struct str *entries = dict->attr;
	return HPDF_Stream_Write(stream, (const HPDF_BYTE *)entries->p, (HPDF_UINT)entries->n);
}

static void prepare_resources(struct core *c)
{
	const char *body = arena_printf(c->arena, "/Font<<%s>>/XObject<<%s>>",
		buf_cstr(&c->named[CORE_FONT]), buf_cstr(&c->named[CORE_PICTURE]));
	core_object_set(c, c->resources, str_from(body));
}

static void prepare_catalogue(struct core *c)
{
	struct buf b = buf_in(c->arena, 1 << 16);
	unsigned metadata = metadata_new(c);
	add_text(c, c->doc->info, "Title", c->title);
	if (c->author)
		add_text(c, c->doc->info, "Author", c->author);
	/* Where two pages are shown side by side, the first one stands on the right. */
	buf_printf(&b, "/Metadata %u 0 R/ViewerPreferences<</DisplayDocTitle true%s%s>>\n/Lang",
		metadata, uloc_isRightToLeft(c->lang) ? "/Direction/R2L" : "",
		c->turns_on_short_edge ? "/Duplex/DuplexFlipShortEdge" : "");
	core_text(c, &b, c->lang);
	if (c->struct_tree)
		buf_printf(&b, "/MarkInfo<</Marked true>>/StructTreeRoot %u 0 R", c->struct_tree);
	unsigned outline = outline_finish(c->outline);
	if (outline)
		buf_printf(&b, "/Outlines %u 0 R/PageMode/UseOutlines", outline);
	buf_char(&b, '\n');
	c->catalogue = buf_view(&b);
	c->doc->catalog->attr = &c->catalogue;
	c->doc->catalog->write_fn = write_catalogue;
}

enum rc core_save(struct core *c, const struct sink *sink, struct err *err)
{
	if (!c->error)
		pages_finish(c->pages, c->resources, number_of(c->doc->root_pages));
	if (!c->error)
		prepare_resources(c);
	if (!c->error)
		prepare_catalogue(c);
	HPDF_STATUS status = c->error ? HPDF_OK : save_document(c->doc, &c->table, sink);
	if (status == HPDF_FILE_IO_ERROR)
		core_fail(c, "the document is too large, or nobody takes it");
	else if (status != HPDF_OK)
		core_fail(c, "libharu reports 0x%04lx", status);
	if (c->error)
		return err_internal(err, "pdf: %s", c->error);
	return OK;
}
