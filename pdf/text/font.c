/* The one table of opened faces of the process, and the order in which they are tried. */
#include "pdf/text/font.h"

#include "base/log.h"

#include <hb-ot.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum style { STYLE_BOLD = 1, STYLE_ITALIC = 2, N_STYLES = 4 };
enum { N_LANGUAGES = 5, MAX_PATH_BYTES = 256, MAX_FILE_BYTES = 1 << 30 };
enum family_mask { SERIF = 1 << FONT_SERIF, SANS = 1 << FONT_SANS, ANY = SERIF | SANS };
/* One that is mapped into memory. */
struct font_file {
	void *start;
	size_t n;
};

enum kind { KIND_TEXT, KIND_SCRIPT, KIND_SYMBOLS, KIND_HAN };

struct source {
	enum kind kind;
	UScriptCode script;
	enum family_mask families;
	const char *package;
	const char *file[N_STYLES]; /* NULL: the style does not exist */
	bool by_language;
};

#define TEXT(families, package, stem)                                                              \
	{KIND_TEXT, USCRIPT_COMMON, families, package,                                             \
		{stem "-Regular.ttf", stem "-Bold.ttf", stem "-Italic.ttf",                        \
			stem "-BoldItalic.ttf"},                                                   \
		false},
#define SCRIPT(script, families, stem)                                                             \
	{KIND_SCRIPT, USCRIPT_##script, families, "fonts-noto-core",                               \
		{"truetype/noto/Noto" stem "-Regular.ttf", "truetype/noto/Noto" stem "-Bold.ttf",  \
			NULL, NULL},                                                               \
		false},
#define SYMBOLS(package, file)                                                                     \
	{KIND_SYMBOLS, USCRIPT_COMMON, ANY, package, {file, NULL, NULL, NULL}, false},
#define HAN(package, regular, bold)                                                                \
	{KIND_HAN, USCRIPT_HAN, ANY, package, {regular, bold, NULL, NULL}, false},
#define HAN_LANGUAGES(package, regular, bold)                                                      \
	{KIND_HAN, USCRIPT_HAN, ANY, package, {regular, bold, NULL, NULL}, true},

static const struct source sources[] = {
#include "pdf/text/fonts.def"
};

enum { N_SOURCES = sizeof sources / sizeof sources[0] };

/* `lock` guards everything here; an opened face never changes. */
static struct {
	pthread_mutex_t lock;
	const char *root;
	int n_opened;
	struct slot {
		bool tried;
		struct font_face *face; /* NULL: not installed */
	} slots[N_SOURCES][N_STYLES][N_LANGUAGES];
} library = {.lock = PTHREAD_MUTEX_INITIALIZER, .root = FONT_ROOT};

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
	hb_blob_t *blob = hb_face_reference_table(face, tag);
	bool has = hb_blob_get_length(blob) > 0;
	hb_blob_destroy(blob);
	return has;
}

static void unmap(void *user)
{
	struct font_file *f = user;
	munmap(f->start, f->n);
	heap_free(f);
}

/*
 * The file in memory, as far as it is read. A document needs a few glyphs of a large one: the
 * kernel need not bring their neighbours. NULL: it is not installed.
 */
static hb_blob_t *map_file(const char *path, struct font_file **file)
{
	struct stat st;
	void *start = MAP_FAILED;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) == 0 && st.st_size > 0 && st.st_size <= MAX_FILE_BYTES)
		start = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (start == MAP_FAILED)
		return NULL;
	struct font_file *f = *file = heap_alloc(sizeof *f);
	*f = (struct font_file){start, (size_t)st.st_size};
	madvise(f->start, f->n, MADV_RANDOM); /* it is advice: failing, it costs memory only */
	return hb_blob_create(start, (unsigned)f->n, HB_MEMORY_MODE_READONLY, f, unmap);
}

static struct font_face *face_new(const char *file, int language, int style)
{
	char path[MAX_PATH_BYTES], name[64];
	unsigned n_name = sizeof name;
	snprintf(path, sizeof path, "%s/%s", library.root, file);
	struct font_file *mapped;
	hb_blob_t *blob = map_file(path, &mapped);
	if (!blob)
		return NULL;
	hb_face_t *face = hb_face_create(blob, (unsigned)language);
	hb_blob_destroy(blob);
	if (hb_face_get_glyph_count(face) == 0) {
		log_event(LOG_WARN, "font", "unreadable=%s", file);
		hb_face_destroy(face);
		return NULL;
	}
	hb_face_make_immutable(face);
	hb_ot_name_get_utf8(
		face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &n_name, name);
	struct font_face *f = heap_alloc(sizeof *f);
	f->id = library.n_opened++;
	f->file = mapped;
	f->face = face;
	f->font = hb_font_create(face);
	hb_font_make_immutable(f->font);
	f->units_per_em = (int)hb_face_get_upem(face);
	f->is_cff = has_table(face, HB_TAG('C', 'F', 'F', ' '));
	f->is_bold = style & STYLE_BOLD;
	f->is_italic = style & STYLE_ITALIC;
	f->is_serif = strstr(file, "Serif") || strstr(file, "Gentium");
	f->name = heap_strdup(n_name ? name : "Unnamed");
	return f;
}

/* The face of one source and style, opened once; NULL when there is none. */
static const struct font_face *face_at(int source, int style, int language)
{
	struct slot *slot = &library.slots[source][style][language];
	const char *file = sources[source].file[style];
	if (!file)
		return NULL;
	pthread_mutex_lock(&library.lock);
	if (!slot->tried) {
		slot->tried = true;
		slot->face = face_new(file, language, style);
	}
	const struct font_face *face = slot->face;
	pthread_mutex_unlock(&library.lock);
	return face;
}

/* The order of the faces in the collection Noto Sans CJK. */
static int han_language(const char *lang)
{
	if (!lang || strncmp(lang, "ja", 2) == 0)
		return 0;
	if (strncmp(lang, "ko", 2) == 0)
		return 1;
	if (strncmp(lang, "zh", 2) != 0)
		return 0;
	if (strstr(lang, "HK"))
		return 4;
	return strstr(lang, "Hant") || strstr(lang, "TW") ? 3 : 2;
}

static bool is_han(UScriptCode script)
{
	return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA ||
	       script == USCRIPT_HANGUL || script == USCRIPT_BOPOMOFO;
}

/* Adds what one source offers: the style wanted, or else its regular face made bolder. */
static size_t add_pick(struct font_pick *chain, size_t n, int source, const struct font_want *want)
{
	int language = sources[source].by_language ? han_language(want->lang) : 0;
	int style = (want->bold ? STYLE_BOLD : 0) | (want->italic ? STYLE_ITALIC : 0);
	const struct font_face *face = face_at(source, style, language);
	if (!face && style & STYLE_ITALIC)
		face = face_at(source, style & ~STYLE_ITALIC, language);
	if (!face)
		face = face_at(source, 0, language);
	if (!face || n == FONT_MAX_CHAIN)
		return n;
	chain[n] = (struct font_pick){face, want->bold && !face->is_bold};
	return n + 1;
}

size_t font_chain(const struct font_want *want, struct font_pick chain[FONT_MAX_CHAIN])
{
	size_t n = 0;
	UScriptCode script = is_han(want->script) ? USCRIPT_HAN : want->script;
	for (int own = 1; own >= 0; own--) {
		for (int s = 0; s < N_SOURCES; s++) {
			bool for_script = sources[s].script == script && script != USCRIPT_COMMON;
			if (for_script != own || !(sources[s].families & 1 << want->family))
				continue;
			if (for_script || sources[s].kind != KIND_SCRIPT)
				n = add_pick(chain, n, s, want);
		}
	}
	return n;
}

bool font_covers(const struct font_face *f, UChar32 c)
{
	hb_codepoint_t glyph;
	return hb_font_get_nominal_glyph(f->font, (hb_codepoint_t)c, &glyph);
}

enum rc font_check(struct err *err)
{
	for (int s = 0; s < N_SOURCES; s++)
		for (int style = 0; style < N_STYLES && sources[s].kind == KIND_TEXT; style++)
			if (!face_at(s, style, 0))
				return err_internal(err, "no font %s below %s: install %s",
					sources[s].file[style], library.root, sources[s].package);
	return OK;
}

/* What is asked for again comes back from the file, which the kernel has at hand. */
void font_put_down(const struct font_face *f)
{
	madvise(f->file->start, f->file->n, MADV_DONTNEED);
}

void font_put_all_down(void)
{
	struct slot *slots = &library.slots[0][0][0];
	pthread_mutex_lock(&library.lock);
	for (size_t i = 0; i < sizeof library.slots / sizeof *slots; i++)
		if (slots[i].face)
			font_put_down(slots[i].face);
	pthread_mutex_unlock(&library.lock);
}

static void face_free(struct font_face *f)
{
	if (!f)
		return;
	heap_free(f->name);
	hb_font_destroy(f->font);
	hb_face_destroy(f->face);
	heap_free(f);
}

void font_set_root(const char *folder)
{
	struct slot *slots = &library.slots[0][0][0];
	pthread_mutex_lock(&library.lock);
	library.root = folder;
	library.n_opened = 0;
	for (size_t i = 0; i < sizeof library.slots / sizeof *slots; i++) {
		face_free(slots[i].face);
		slots[i] = (struct slot){false, NULL};
	}
	pthread_mutex_unlock(&library.lock);
}
