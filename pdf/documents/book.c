/* The frame around the book: sizes of paper, running heads, the order of its parts. */
#include "pdf/documents/book.h"

#include "pdf/layout/running.h"
#include "pdf/layout/slot.h"

#include <string.h>

static const struct text_style head_style = {
	.family = FONT_SERIF, .italic = true, .size = 9.5, .colour = COLOUR_INK_2};
static const struct text_style number_style = {
	.family = FONT_SANS, .bold = true, .tabular = true, .size = 9, .colour = COLOUR_INK};
static const struct text_style watermark_style = {
	.family = FONT_SANS, .bold = true, .size = 110, .colour = 0xf1ebe1};

static const struct {
	const char *size;
	struct book_measures measures;
} papers[] = {
	{"A4", {MM(210), MM(297), MM(22), MM(25), MM(27), MM(25), MM(17), 0, 3}},
	{"Letter", {612, 792, MM(24), MM(27), MM(26), MM(23), MM(17), 0, 3}},
	{"B5", {MM(176), MM(250), MM(18), MM(20), MM(23), MM(21), MM(13), 0, 2}},
	{"A5", {MM(148), MM(210), MM(15), MM(15), MM(20), MM(18), 0, 0, 2}},
};

enum { N_PAPERS = sizeof papers / sizeof papers[0] };

static const char *const words[][2] = {
	{"book", "Book of abstracts"},
	{"contents", "Contents"},
	{"chair", "Chair"},
	{"presenting", "presenting author"},
	{"keywords", "Keywords"},
	{"funding", "Funding"},
	{"interests", "Conflicts of interest"},
	{"authors", "Authors"},
	{"affiliations", "Affiliations"},
	{"withheld", "The text is under embargo until"},
};

const char *book_word(const struct book *b, const char *code)
{
	const char *own = json_text(json_get(b->model, "words"), code);
	for (size_t i = 0; i < sizeof words / sizeof words[0] && !own; i++)
		if (strcmp(words[i][0], code) == 0)
			own = words[i][1];
	return own ? own : code;
}

void book_columns(struct book *b, int n, double gap)
{
	flow_columns(b->flow, n, gap);
	b->width = flow_width(b->flow);
	b->text = mirror_for(b->lang, b->width);
}

void book_text(const struct book *b, struct block *block, const struct block_text *text)
{
	const struct block_text t = mirror_text(&b->text, text);
	block_text(block, &t);
}

void book_beside(
	const struct book *b, struct block *block, size_t row, const struct block_text *text)
{
	const struct block_text t = mirror_text(&b->text, text);
	block_beside(block, row, &t);
}

static struct book_measures measures_of(const cJSON *page)
{
	const char *size = model_text(page, "size");
	int columns = (int)json_int(page, "columns", 1);
	struct book_measures m = papers[0].measures;
	for (int i = 0; i < N_PAPERS; i++)
		if (strcmp(papers[i].size, size) == 0)
			m = papers[i].measures;
	if (columns > 1) { /* the codes stand in front of the titles */
		m.hang = 0;
		m.left = m.right = m.width * 0.09;
	}
	return m;
}

/* ---- pages ---------------------------------------------------------------------------------- */

/* One line of a header or footer at the outer edge. */
static void put_line(struct book *b, const struct flow_page *page, const struct text_style *style,
	const char *text, double y)
{
	const struct book_measures *m = &b->measures;
	bool is_even = b->is_mirrored && page->number % 2 == 0;
	struct running r = {.x = page->left, .y = y, .width = m->width - m->left - m->right};
	*(is_even != b->page.is_on ? &r.left : &r.right) = (struct running_part){style, text};
	running_put(b->doc, page->page, &r);
}

static void draw_watermark(struct book *b, struct page *page)
{
	const char *text = json_text(b->model, "watermark");
	/* Degrees: the word climbs as it is read. */
	const double rise = 52;
	double width = b->measures.width, height = b->measures.height;
	struct slot slot = {.style = &watermark_style,
		.x = 0,
		.y = height / 2 - width / 4,
		.width = width,
		.height = width / 2,
		.vertical = SLOT_MIDDLE,
		.align = ALIGN_CENTRE};
	if (!text)
		return;
	page_turn(page, width / 2, height / 2, b->page.is_on ? -rise : rise);
	slot_put(b->doc, page, &slot, text, NULL, NULL);
	page_unturn(page);
}

static double begin_page(void *context, const struct flow_page *page, double top)
{
	draw_watermark(context, page->page);
	return top;
}

static void end_page(void *context, const struct flow_page *page)
{
	struct book *b = context;
	const struct book_measures *m = &b->measures;
	double head = m->top * 0.52, rule = m->top * 0.74, whole = m->width - m->left - m->right;
	put_line(b, page, &head_style, page->first ? page->first : b->title, head);
	page_rect(page->page, page->left, rule, whole, 0.5, COLOUR_LINE);
	put_line(b, page, &number_style,
		arena_printf(typesetter_arena(b->doc->type), "%d", page->number),
		m->height - m->bottom * 0.62);
}

/* ---- parts ---------------------------------------------------------------------------------- */

static void make_texts(struct book *b)
{
	const cJSON *text, *texts = json_get(b->model, "texts");
	struct arena *a = b->doc->arena;
	b->texts = ARENA_ARRAY(a, model_count(texts), struct book_entry);
	cJSON_ArrayForEach(text, texts) b->texts[b->n_texts++] =
		(struct book_entry){.model = text, .place = place_new(a)};
}

static void make_entries(struct book *b)
{
	const cJSON *session, *abstract, *sessions = json_get(b->model, "sessions");
	struct arena *a = b->doc->arena;
	size_t i = 0;
	size_t n_parts = 0;
	b->n_sessions = model_count(sessions);
	b->sessions = ARENA_ARRAY(a, b->n_sessions, struct book_entry);
	cJSON_ArrayForEach(session, sessions)
	{
		const cJSON *abstracts = json_get(session, "abstracts");
		struct book_entry *s = &b->sessions[i++];
		size_t k = 0;
		s->model = session;
		s->place = place_new(a);
		s->n_abstracts = model_count(abstracts);
		n_parts += 1 + s->n_abstracts;
		s->abstracts = ARENA_ARRAY(a, s->n_abstracts, struct book_entry);
		cJSON_ArrayForEach(abstract, abstracts) s->abstracts[k++] =
			(struct book_entry){.model = abstract, .place = place_new(a)};
	}
	doc_expect(b->doc, n_parts); /* each in the contents, and itself */
}

/* How many names each index will be told, at most. */
struct mentions {
	size_t authors, affiliations, keywords;
};

static struct mentions count_mentions(const cJSON *sessions)
{
	const cJSON *session, *abstract, *author;
	struct mentions n = {0};
	cJSON_ArrayForEach(session, sessions)
	{
		cJSON_ArrayForEach(abstract, json_get(session, "abstracts"))
		{
			const cJSON *authors = json_get(abstract, "authors");
			n.authors += model_count(authors);
			n.keywords += model_count(json_get(abstract, "keywords"));
			cJSON_ArrayForEach(author, authors) n.affiliations +=
				model_count(json_get(author, "affiliations"));
		}
	}
	return n;
}

static struct book_index *index_if_wanted(const struct book *b, const char *name, size_t room)
{
	const cJSON *wanted = json_get(json_get(b->model, "indexes"), name);
	bool is_wanted = !wanted || cJSON_IsTrue(wanted);
	return is_wanted && room ? book_index_new(b->doc, room) : NULL;
}

static void make_indexes(struct book *b)
{
	b->letters = index_letters_new(b->doc->arena, b->lang);
	struct mentions n = count_mentions(json_get(b->model, "sessions"));
	b->authors = index_if_wanted(b, "authors", n.authors);
	b->affiliations = index_if_wanted(b, "affiliations", n.affiliations);
	b->keywords = index_if_wanted(b, "keywords", n.keywords);
}

static void print_indexes(struct book *b)
{
	bool has_one = book_index_print(b, b->authors, book_word(b, "authors"), true);
	has_one |= book_index_print(b, b->affiliations, book_word(b, "affiliations"), !has_one);
	book_index_print(b, b->keywords, book_word(b, "keywords"), !has_one);
}

enum rc book_print(struct doc *d, const cJSON *model, struct err *err)
{
	const cJSON *page = json_get(model, "page");
	struct book b = {.doc = d,
		.model = model,
		.lang = model_text(model, "lang"),
		.title = model_text(json_get(model, "event"), "title"),
		.measures = measures_of(page),
		.is_mirrored = json_bool(page, "mirrored") || doc_is_booklet(d),
		.columns = (int)json_int(page, "columns", 1)};
	const struct book_measures *m = &b.measures;
	b.page = mirror_for(b.lang, m->width);
	struct flow_frame frame = {.width = m->width,
		.height = m->height,
		.left = m->left,
		.right = m->right,
		.top = m->top,
		.bottom = m->bottom,
		.is_mirrored = b.is_mirrored,
		.context = &b,
		.begin = begin_page,
		.end = end_page};
	core_set_title(d->core, arena_printf(d->arena, "%s: %s", b.title, book_word(&b, "book")));
	core_set_author(d->core, json_text(json_get(model, "event"), "network"));
	make_indexes(&b);
	make_texts(&b);
	make_entries(&b);
	book_measure_codes(&b);
	TRY(logos_load(
		d, json_get(model, "event"), MAX_LOGOS, LOGOS_WIDTH, LOGOS_HEIGHT, &b.logos, err));
	TRY(book_load_figures(&b, err));
	book_cover(&b);
	b.flow = flow_new(d, &frame);
	flow_count_from(b.flow, 2);
	book_columns(&b, 1, 0);
	book_texts(&b);
	book_contents(&b);
	book_columns(&b, b.columns, BOOK_COLUMN_GAP);
	for (size_t i = 0; i < b.n_sessions; i++)
		book_session(&b, &b.sessions[i]);
	print_indexes(&b);
	flow_finish(b.flow);
	return OK;
}
