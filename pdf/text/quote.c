/* Pieces still know the text that they were shaped from. */
#include "pdf/text/quote.h"

#include "pdf/text/utf16.h"

#include <unicode/uchar.h>

struct quote {
	UChar text[QUOTE_MOST];
	int n, word; /* where the last word ends that is whole */
	bool is_full;
};

static void add_unit(struct quote *q, UChar c)
{
	bool is_blank = u_isUWhiteSpace(c);
	if (is_blank && (!q->n || u_isUWhiteSpace(q->text[q->n - 1])))
		return;
	if (is_blank)
		q->word = q->n;
	q->is_full = q->is_full || q->n == QUOTE_MOST;
	if (!q->is_full)
		q->text[q->n++] = is_blank ? ' ' : c;
}

/* A place where a line may end without a blank ends a word too, as in Chinese. */
static void add_piece(struct quote *q, const struct piece *p)
{
	const struct shape_request *r = &p->shape->request;
	for (int i = 0; i < r->n_text; i++)
		add_unit(q, r->text[i]);
	if (p->after != BREAK_NEVER && !q->is_full)
		q->word = q->n;
	if (p->after == BREAK_MUST)
		add_unit(q, ' ');
}

const char *paragraph_quote(struct arena *a, const struct paragraph *p)
{
	struct quote q = {.n = 0};
	for (size_t i = 0; i < p->n_pieces && !q.is_full; i++)
		add_piece(&q, &p->pieces[i]);
	if (q.is_full && q.word)
		q.n = q.word;
	if (q.n && U16_IS_LEAD(q.text[q.n - 1]))
		q.n--;
	while (q.n && q.text[q.n - 1] == ' ')
		q.n--;
	return arena_printf(a, "%s%s", utf16_to_utf8(a, q.text, q.n), q.is_full ? "…" : "");
}
