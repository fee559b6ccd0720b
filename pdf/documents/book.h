/* What the files of the book of abstracts share: the state of one print, measures, words. */
#ifndef PDF_BOOK_H
#define PDF_BOOK_H

#include "pdf/documents/documents.h"
#include "pdf/documents/index_letters.h"
#include "pdf/documents/logos.h"

#include "pdf/layout/mirror.h"

/* Sizes of type and measures that follow from the size of the page. */
struct book_measures {
	double width, height;            /* of the page */
	double left, right, top, bottom; /* margins */
	double hang;                     /* the column of codes, in front of the text; 0: none */
	double contents_hang;            /* the same in the contents */
	int index_columns;
};

/* One place in the book that an index or the contents lead to. */
struct book_entry {
	const cJSON *model; /* text, session or abstract */
	struct place *place;
	struct book_entry *abstracts; /* of a session */
	size_t n_abstracts;
	struct image **images; /* of an abstract's figures */
};

#define BOOK_COLUMN_GAP MM(7)

/* Between day, hours and room: a line may end behind the dot, and none begins with it. */
#define BOOK_BETWEEN "\u00A0· "

/* One line of an index: a name, and the abstracts in which it stands. */
struct book_index;

struct book {
	struct doc *doc;
	struct flow *flow;
	const cJSON *model;
	const char *lang;
	const char *title; /* of the event */
	struct book_measures measures;
	bool is_mirrored;   /* left pages are the mirror of right ones: bound as a book */
	struct logos logos; /* of the event, on the cover */
	int columns;
	double width; /* of a column of text, with the hanging codes */
	/* Of blocks in such a column; of what is drawn on the page. */
	struct mirror text, page;
	struct book_entry *texts, *sessions;
	size_t n_texts, n_sessions;
	struct book_index *authors, *affiliations, *keywords; /* NULL: not wanted, or empty */
	struct index_letters *letters;
};

/* The word for a code, in the book's language if the model has it. */
const char *book_word(const struct book *b, const char *code);

/* As flow_columns(), for all that is measured by the width of a column. */
void book_columns(struct book *b, int n, double gap);

/*
 * What the book says itself, not one of its authors, begins where its own language does. Text at
 * its place in the column, or beside rows that are there.
 */
void book_text(const struct book *b, struct block *block, const struct block_text *text);
void book_beside(
	const struct book *b, struct block *block, size_t row, const struct block_text *text);
/* The first page, and the texts in front of the contents. */
void book_cover(struct book *b);
void book_texts(struct book *b);

/* Texts, sessions, abstracts and indexes, with leaders to the numbers of their pages. */
void book_contents(struct book *b);

void book_session(struct book *b, struct book_entry *session);

/*
 * Makes the columns of codes as wide as the widest code, up to a share of the page, and no
 * narrower than the paper asks for; before anything is drawn.
 */
void book_measure_codes(struct book *b);

/*
 * The code on one line for a column of that width, with the gap behind it, made smaller when it is
 * too wide. NULL: it would be too small to read, and stands in the text.
 */
struct paragraph *book_code(
	const struct book *b, const struct text_style *style, const char *code, double room);

/* A code among other text, which is told by its tag, ends no line. */
void book_bind_code(struct paragraph *p, const struct tag *code);

/*
 * Stays with the first abstract, which is added to the same block. On a page that begins with it
 * the title of the event stands above, not the session's own a second time.
 */
void book_session_head(
	struct book *b, struct block *block, const struct book_entry *session, struct tag *sect);

/* Where the text of an abstract stands, and how large. */
struct book_column {
	double x, width;
	bool is_compact;
};

/*
 * The line of authors with numbers, and the affiliations behind the numbers, each once. An asterisk
 * marks who presents; the head of the session says so.
 */
void book_authors(struct book *b, struct block *block, const cJSON *abstract,
	const struct book_column *column, struct tag *sect);

/* Whether the abstract is under embargo on the day of printing. */
bool book_is_withheld(const struct book *b, const cJSON *abstract);

/* Before anything is drawn: INVALID, naming the figure that is no picture. */
enum rc book_load_figures(struct book *b, struct err *err) NODISCARD;
/* Behind the abstract they belong to. */
void book_figures(struct book *b, const struct book_entry *abstract, struct tag *session);

/* room: how many times book_index_add() will be called at most. */
struct book_index *book_index_new(struct doc *d, size_t room);
/* `name` as it is printed, `sort_name` as it is sorted; the same page is told once. */
void book_index_add(struct book_index *i, const char *name, const char *lang, const char *sort_name,
	const struct place *place);
/* Its head, once it is printed. */
struct place *book_index_place(const struct book_index *i);
/* When all places are known. The first one begins on a new page; false: there is nothing in it. */
bool book_index_print(struct book *b, struct book_index *i, const char *title, bool is_first);

#endif
