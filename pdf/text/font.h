/*
 * The faces the program may use (fonts.def) and which of them sets a given text.
 *
 * Lato and Gentium Book Plus were chosen because they have what scholars write: Latin with every
 * mark, polytonic Greek, Cyrillic, and the signs of relation that Noto's text faces lack.
 *
 * Faces are opened when first wanted, mapped into memory, and kept for the life of the process;
 * they are immutable, so any thread may shape with them. A font file that is not installed is
 * passed over; font_check() says which package brings the ones without which nothing looks right.
 */
#ifndef PDF_FONT_H
#define PDF_FONT_H

#include "base/err.h"

#include <hb.h>
#include <unicode/uscript.h>

#define FONT_ROOT "/usr/share/fonts"

enum { FONT_MAX_CHAIN = 12 };

enum font_family {
	FONT_SERIF, /* Gentium Book Plus: headings and what people wrote */
	FONT_SANS,  /* Lato: the interface of the page, and people's names */
};

struct font_want {
	enum font_family family;
	bool bold;
	bool italic;
	UScriptCode script;
	const char *lang; /* BCP 47; picks the national shapes of Han characters. NULL: none said */
};

struct font_face {
	int id; /* counts from 0 in the order of first use */
	struct font_file *file; /* font.c's */
	hb_face_t *face;
	hb_font_t *font; /* scaled to units_per_em */
	int units_per_em;
	bool is_cff;
	bool is_bold, is_italic, is_serif;
	char *name; /* PostScript name, "Lato-Bold" */
};

/* One candidate. embolden: bold was wanted, and the family has no bold face of its own. */
struct font_pick {
	const struct font_face *face;
	bool embolden;
};

/*
 * The installed candidates for a text, best first, into chain[]; returns how many. First come the
 * faces made for the script, last the collections of symbols. At least one when font_check() is OK.
 */
size_t font_chain(const struct font_want *want, struct font_pick chain[FONT_MAX_CHAIN]);

/* True when the face draws the code point. */
bool font_covers(const struct font_face *f, UChar32 c);

/* OK when the text faces are installed; INTERNAL naming the packages that are missing otherwise. */
enum rc font_check(struct err *err) NODISCARD;

/*
 * Give back the memory of a face's file, or of all, while the faces stay open: files are mapped,
 * and what is wanted again is read again. For when a document goes on to what takes memory itself.
 */
void font_put_down(const struct font_face *f);
void font_put_all_down(void);

/* For tests: look below another folder from now on, and close every face. No document may be open.
 */
void font_set_root(const char *folder);

#endif
