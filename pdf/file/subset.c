/*
 * ISO 32000-1, 9.7: a Type0 font with Identity-H, so that two bytes are one code. TrueType subsets
 * map codes to glyphs by /CIDToGIDMap; CFF subsets keep the codes of their own charset, which in
 * the collections of fonts.def equal the glyph numbers of the whole face.
 */
#include "pdf/file/subset.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <math.h>

enum { MAX_BODY = 8 << 20, MAP_BLOCK = 100 };
enum { FLAG_SERIF = 2, FLAG_SYMBOLIC = 4, FLAG_ITALIC = 64 };

struct job {
	struct arena *arena;
	struct core *core;
	const struct font_face *face;
	const struct subset_code *codes;
	size_t n_codes;
	const char *name; /* "ABCDEF+Lato-Bold" */
};

/* Six letters that differ with the set of glyphs, as readers cache fonts by name. */
static const char *subset_name(const struct job *j)
{
	uint64_t h = UINT64_C(14695981039346656037);
	char tag[7] = {0};
	for (size_t i = 0; i < j->n_codes; i++)
		h = (h ^ j->codes[i].glyph) * UINT64_C(1099511628211);
	for (int i = 0; i < 6; i++, h /= 26)
		tag[i] = (char)('A' + h % 26);
	return arena_printf(j->arena, "%s+%s", tag, j->face->name);
}

/*
 * The plan of the subset, which also knows the new numbers of the glyphs; NULL: it cannot be made.
 * Tables for shaping, hinting and naming go: the text is shaped already, and viewers read none.
 */
static hb_subset_plan_t *plan_new(const struct job *j)
{
	static const hb_tag_t unused[] = {HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'),
		HB_TAG('G', 'D', 'E', 'F'), HB_TAG('k', 'e', 'r', 'n'), HB_TAG('c', 'm', 'a', 'p'),
		HB_TAG('n', 'a', 'm', 'e'), HB_TAG('p', 'o', 's', 't'), HB_TAG('O', 'S', '/', '2'),
		HB_TAG('g', 'a', 's', 'p'), HB_TAG('V', 'O', 'R', 'G'), HB_TAG('v', 'h', 'e', 'a'),
		HB_TAG('v', 'm', 't', 'x'), HB_TAG('B', 'A', 'S', 'E'), HB_TAG('D', 'S', 'I', 'G'),
		HB_TAG('S', 'T', 'A', 'T'), HB_TAG('m', 'e', 't', 'a')};
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	if (!input)
		return NULL;
	hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING);
	hb_set_t *drop = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
	for (size_t i = 0; i < sizeof unused / sizeof unused[0]; i++)
		hb_set_add(drop, unused[i]);
	hb_set_t *glyphs = hb_subset_input_glyph_set(input);
	for (size_t i = 0; i < j->n_codes; i++)
		hb_set_add(glyphs, j->codes[i].glyph);
	hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(j->face->face, input);
	hb_subset_input_destroy(input);
	return plan;
}

static struct str blob_bytes(struct arena *a, hb_blob_t *blob)
{
	unsigned n;
	const char *p = hb_blob_get_data(blob, &n);
	struct str bytes = {arena_strndup(a, p, n), n};
	hb_blob_destroy(blob);
	return bytes;
}

/* The stream with the outlines; for TrueType also the map of codes, in *gid_map. */
static unsigned write_outlines(const struct job *j, unsigned *gid_map)
{
	hb_subset_plan_t *plan = plan_new(j);
	hb_face_t *subset = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
	unsigned stream = 0;
	if (!subset) {
		core_fail(j->core, "HarfBuzz makes no subset of %s", j->face->name);
	} else if (j->face->is_cff) {
		hb_blob_t *table = hb_face_reference_table(subset, HB_TAG('C', 'F', 'F', ' '));
		stream = core_stream_new(
			j->core, "/Subtype/CIDFontType0C\n", blob_bytes(j->arena, table));
	} else {
		struct str file = blob_bytes(j->arena, hb_face_reference_blob(subset));
		stream = core_stream_new(
			j->core, arena_printf(j->arena, "/Length1 %zu\n", file.n), file);
		const hb_map_t *new_glyphs = hb_subset_plan_old_to_new_glyph_mapping(plan);
		unsigned char *map = arena_array(j->arena, j->n_codes + 1, 2);
		for (size_t i = 0; i < j->n_codes; i++) {
			unsigned glyph = hb_map_get(new_glyphs, j->codes[i].glyph);
			map[2 * i + 2] = (unsigned char)(glyph >> 8);
			map[2 * i + 3] = (unsigned char)glyph;
		}
		*gid_map = core_stream_new(
			j->core, "", (struct str){(const char *)map, 2 * j->n_codes + 2});
	}
	hb_face_destroy(subset);
	hb_subset_plan_destroy(plan);
	return stream;
}

static int metric(const struct job *j, hb_ot_metrics_tag_t tag, int otherwise)
{
	hb_position_t v;
	if (!hb_ot_metrics_get_position(j->face->font, tag, &v))
		v = otherwise;
	return (int)lround(v * 1000.0 / j->face->units_per_em);
}

/* The corners of all glyphs, from the head table. */
static void bounding_box(const struct job *j, int box[4])
{
	enum { FIRST_CORNER = 36 };
	hb_blob_t *head = hb_face_reference_table(j->face->face, HB_TAG('h', 'e', 'a', 'd'));
	unsigned n;
	const unsigned char *p = (const unsigned char *)hb_blob_get_data(head, &n);
	for (int i = 0; i < 4; i++) {
		size_t at = FIRST_CORNER + 2 * (size_t)i;
		int v = n > at + 1 ? p[at] << 8 | p[at + 1] : 0;
		if (v > INT16_MAX) /* two's complement */
			v -= 1 << 16;
		box[i] = (int)lround(v * 1000.0 / j->face->units_per_em);
	}
	hb_blob_destroy(head);
}

static unsigned write_descriptor(const struct job *j, unsigned outlines)
{
	const struct font_face *f = j->face;
	struct buf b = buf_in(j->arena, MAX_BODY);
	unsigned object = core_object_new(j->core);
	int flags =
		FLAG_SYMBOLIC | (f->is_italic ? FLAG_ITALIC : 0) | (f->is_serif ? FLAG_SERIF : 0);
	int box[4];
	bounding_box(j, box);
	buf_printf(&b, "/Type/FontDescriptor/FontName/%s/Flags %d/FontBBox[%d %d %d %d]\n", j->name,
		flags, box[0], box[1], box[2], box[3]);
	buf_printf(&b, "/ItalicAngle %d/Ascent %d/Descent %d/CapHeight %d/StemV %d\n",
		f->is_italic ? -10 : 0, metric(j, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER, 0),
		metric(j, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER, 0),
		metric(j, HB_OT_METRICS_TAG_CAP_HEIGHT, f->units_per_em * 7 / 10),
		f->is_bold ? 140 : 80);
	buf_printf(&b, "/%s %u 0 R", f->is_cff ? "FontFile3" : "FontFile2", outlines);
	core_object_set(j->core, object, buf_view(&b));
	return object;
}

static void add_hex_text(struct buf *b, const struct subset_code *c)
{
	/* A continuing glyph must map to something, or readers print a replacement mark. */
	static const UChar nothing[] = {0x200B};
	const UChar *text = c->n_text ? c->text : nothing;
	int n = c->n_text ? c->n_text : 1;
	for (int i = 0; i < n; i++)
		buf_printf(b, "%04X", text[i]);
}

static unsigned write_text_map(const struct job *j)
{
	struct buf b = buf_in(j->arena, MAX_BODY);
	buf_text(&b, "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
		     "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
		     "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
		     "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
	for (size_t i = 0; i < j->n_codes; i++) {
		size_t left = j->n_codes - i;
		if (i % MAP_BLOCK == 0)
			buf_printf(&b, "%zu beginbfchar\n", left < MAP_BLOCK ? left : MAP_BLOCK);
		buf_printf(&b, "<%04X><", j->codes[i].code);
		add_hex_text(&b, &j->codes[i]);
		buf_text(&b, ">\n");
		if (i % MAP_BLOCK == MAP_BLOCK - 1 || left == 1)
			buf_text(&b, "endbfchar\n");
	}
	buf_text(&b, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
	if (b.failed)
		core_fail(j->core, "the text map of %s is too long", j->face->name);
	return core_stream_new(j->core, "", buf_view(&b));
}

static unsigned write_cid_font(const struct job *j, unsigned descriptor, unsigned gid_map)
{
	struct buf b = buf_in(j->arena, MAX_BODY);
	unsigned object = core_object_new(j->core);
	buf_printf(&b, "/Type/Font/Subtype/%s/BaseFont/%s",
		gid_map ? "CIDFontType2" : "CIDFontType0", j->name);
	buf_text(&b, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>\n");
	buf_printf(&b, "/FontDescriptor %u 0 R/DW 0", descriptor);
	if (gid_map)
		buf_printf(&b, "/CIDToGIDMap %u 0 R", gid_map);
	buf_text(&b, "\n/W[");
	for (size_t i = 0; i < j->n_codes; i++) {
		/* One run of widths as long as codes follow each other. */
		bool follows = i > 0 && j->codes[i].code == j->codes[i - 1].code + 1;
		if (!follows)
			buf_printf(&b, "%s%u[", i ? "]" : "", j->codes[i].code);
		buf_printf(&b, "%s%d", follows ? " " : "", j->codes[i].width);
	}
	buf_text(&b, j->n_codes ? "]]" : "]");
	if (b.failed)
		core_fail(j->core, "the widths of %s are too long", j->face->name);
	core_object_set(j->core, object, buf_view(&b));
	return object;
}

void subset_write(struct arena *a, struct core *c, unsigned object, const struct font_face *face,
	const struct subset_code *codes, size_t n_codes)
{
	struct job j = {a, c, face, codes, n_codes, NULL};
	struct buf b = buf_in(a, MAX_BODY);
	unsigned gid_map = 0;
	j.name = subset_name(&j);
	unsigned outlines = write_outlines(&j, &gid_map);
	unsigned descriptor = write_descriptor(&j, outlines);
	unsigned text_map = write_text_map(&j);
	unsigned cid_font = write_cid_font(&j, descriptor, gid_map);
	buf_printf(&b, "/Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H", j.name);
	buf_printf(&b, "/DescendantFonts[%u 0 R]/ToUnicode %u 0 R", cid_font, text_map);
	core_object_set(c, object, buf_view(&b));
}
