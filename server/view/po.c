/* The .po reader: lines to entries. Everything it refuses it names by line. */
#include "view/po.h"

#include <stdlib.h>
#include <string.h>
#include "base/text.h"

enum { MAX_TEXT_BYTES = 64 << 10 };

/* What the quoted text of the present line goes on with. */
enum part { PART_NONE, PART_ID, PART_PLURAL, PART_FORM };

struct reader {
	struct arena *arena;
	struct err *err;
	struct po *out;
	size_t cap;
	int line;
	/* The entry being read: */
	enum part part;
	unsigned form;
	bool is_fuzzy, has_id, has_plural;
	int first_line;
	struct buf id, plural, forms[PLURAL_MAX_FORMS];
	unsigned n_forms;
};

static enum rc refuse(struct reader *r, const char *what)
{
	return err_set(r->err, INVALID, "line %d: %s", r->line, what);
}

/* The next printf conversion as its letters without flags and width ("s", "ld"); n == 0 at the end.
 */
static struct str next_conversion(const char **at)
{
	for (const char *c = strchr(*at, '%'); c; c = strchr(c, '%')) {
		c++;
		if (*c == '%') {
			c++;
			continue;
		}
		const char *begin = c + strspn(c, "-+#'0123456789.");
		const char *end = begin + strspn(begin, "*.0123456789"); /* a * is an argument */
		end += strspn(end, "hlqjzt");
		if (*end && strchr("diouxXeEfFgGaAcspn", *end)) {
			*at = end + 1;
			return (struct str){begin, (size_t)(end + 1 - begin)};
		}
	}
	*at = "";
	return (struct str){"", 0};
}

/* Texts that go through printf must take the same arguments in the same order. */
static bool same_conversions(const char *a, const char *b)
{
	for (;;) {
		struct str x = next_conversion(&a), y = next_conversion(&b);
		if (!str_equal(x, y))
			return false;
		if (x.n == 0)
			return true;
	}
}

static enum rc read_header(struct reader *r)
{
	struct str rest = buf_view(&r->forms[0]);
	while (rest.p) {
		struct str line = str_cut(&rest, '\n');
		const struct str name = STR("Plural-Forms:");
		if (!str_starts_with(line, name))
			continue;
		line = (struct str){line.p + name.n, line.n - name.n};
		if (!plural_parse(line, &r->out->plural))
			return refuse(r, "Plural-Forms cannot be understood");
	}
	return OK;
}

static void add_entry(struct reader *r, struct po_entry entry)
{
	struct po *po = r->out;
	if (po->n_entries == r->cap) {
		r->cap = r->cap ? r->cap * 2 : 256;
		struct po_entry *more = ARENA_ARRAY(r->arena, r->cap, struct po_entry);
		if (po->n_entries)
			memcpy(more, po->entries, po->n_entries * sizeof *more);
		po->entries = more;
	}
	po->entries[po->n_entries++] = entry;
}

static enum rc check_forms(struct reader *r, struct po_entry *entry)
{
	const char *id = buf_cstr(&r->id), *plural = buf_cstr(&r->plural);
	for (unsigned i = 0; i < entry->n_forms; i++) {
		entry->forms[i] = arena_strdup(r->arena, buf_cstr(&r->forms[i]));
		if (!same_conversions(entry->forms[i], id) &&
			!(r->has_plural && same_conversions(entry->forms[i], plural)))
			return refuse(r, "the translation has other % conversions than its msgid");
	}
	return OK;
}

/* Files the entry that has just been read, and begins the next. */
static enum rc end_entry(struct reader *r)
{
	bool is_header = r->has_id && r->id.n == 0;
	struct po_entry entry = {.n_forms = r->has_plural ? r->out->plural.n_forms : 1};
	if (r->has_id && r->part != PART_FORM)
		return refuse(r, "a msgid without msgstr");
	if (is_header && !r->is_fuzzy)
		TRY(read_header(r));
	bool is_empty = true;
	for (unsigned i = 0; i < r->n_forms; i++)
		is_empty &= r->forms[i].n == 0;
	if (r->has_id && !is_header && !r->is_fuzzy && !is_empty) {
		if (r->n_forms != entry.n_forms)
			return err_set(r->err, INVALID, "line %d: needs %u forms of msgstr",
				r->first_line, entry.n_forms);
		TRY(check_forms(r, &entry));
		const char *id = buf_cstr(&r->id), *plural = buf_cstr(&r->plural);
		bool is_joined = r->has_plural && strcmp(id, plural) != 0;
		entry.id = arena_printf(
			r->arena, "%s%s%s", id, is_joined ? "|" : "", is_joined ? plural : "");
		add_entry(r, entry);
	}
	buf_reset(&r->id);
	buf_reset(&r->plural);
	for (unsigned i = 0; i < PLURAL_MAX_FORMS; i++)
		buf_reset(&r->forms[i]);
	r->part = PART_NONE;
	r->is_fuzzy = r->has_id = r->has_plural = false;
	r->n_forms = 0;
	return OK;
}

static enum rc read_quoted(struct reader *r, struct str s, struct buf *out)
{
	s = str_trim(s);
	if (s.n < 2 || s.p[0] != '"' || s.p[s.n - 1] != '"')
		return refuse(r, "text must stand in double quotes");
	for (size_t i = 1; i < s.n - 1; i++) {
		char c = s.p[i];
		if (c == '"')
			return refuse(r, "a quote inside text is written \\\"");
		if (c == '\\') {
			static const char from[] = "nt\"\\", to[] = "\n\t\"\\";
			const char *known = strchr(from, s.p[++i]);
			if (i == s.n - 1 || !known || !*known)
				return refuse(r, "only \\n, \\t, \\\" and \\\\ are known");
			c = to[known - from];
		}
		buf_char(out, c);
	}
	return out->failed ? refuse(r, "the text is too long") : OK;
}

/* "msgstr[2]" -> 2; the plain "msgstr" is form 0. */
static enum rc form_number(struct reader *r, struct str keyword, unsigned *out)
{
	int64_t number = 0;
	if (keyword.n > strlen("msgstr")) {
		struct str digits = {keyword.p + 7, keyword.n - 8};
		if (!r->has_plural || keyword.p[keyword.n - 1] != ']' ||
			!str_to_i64(digits, &number) || number != r->n_forms ||
			number >= PLURAL_MAX_FORMS)
			return refuse(r, "msgstr[0], msgstr[1] ... follow msgid_plural in order");
	} else if (r->has_plural || r->n_forms) {
		return refuse(r, "one msgstr belongs to one msgid");
	}
	*out = (unsigned)number;
	return OK;
}

static enum rc read_keyword(struct reader *r, struct str line)
{
	size_t n = 0;
	while (n < line.n && line.p[n] != ' ' && line.p[n] != '"')
		n++;
	struct str keyword = {line.p, n}, rest = {line.p + n, line.n - n};
	if (str_is(keyword, "msgid")) {
		if (r->has_id)
			TRY(end_entry(r));
		r->part = PART_ID;
		r->has_id = true;
		r->first_line = r->line;
		return read_quoted(r, rest, &r->id);
	}
	if (str_is(keyword, "msgid_plural") && r->part == PART_ID) {
		r->part = PART_PLURAL;
		r->has_plural = true;
		return read_quoted(r, rest, &r->plural);
	}
	if (str_is(keyword, "msgstr") || str_starts_with(keyword, STR("msgstr["))) {
		if (!r->has_id)
			return refuse(r, "msgstr without a msgid");
		TRY(form_number(r, keyword, &r->form));
		r->part = PART_FORM;
		r->n_forms = r->form + 1;
		return read_quoted(r, rest, &r->forms[r->form]);
	}
	return refuse(r, "expected msgid, msgid_plural or msgstr");
}

static enum rc read_line(struct reader *r, struct str line)
{
	line = str_trim(line);
	if (line.n == 0)
		return OK;
	if (line.p[0] == '#') {
		/* A comment begins the next entry: its flags belong to that. */
		if (r->part == PART_FORM)
			TRY(end_entry(r));
		if (line.n > 1 && line.p[1] == ',' && memmem(line.p, line.n, "fuzzy", 5))
			r->is_fuzzy = true;
		return OK;
	}
	if (line.p[0] != '"')
		return read_keyword(r, line);
	switch (r->part) {
	case PART_ID:
		return read_quoted(r, line, &r->id);
	case PART_PLURAL:
		return read_quoted(r, line, &r->plural);
	case PART_FORM:
		return read_quoted(r, line, &r->forms[r->form]);
	case PART_NONE:
		break;
	}
	return refuse(r, "text that belongs to nothing");
}

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct po_entry *)a)->id, ((const struct po_entry *)b)->id);
}

static enum rc sort_entries(struct po *po, struct err *err)
{
	if (po->n_entries == 0)
		return OK;
	qsort(po->entries, po->n_entries, sizeof *po->entries, by_id);
	for (size_t i = 1; i < po->n_entries; i++)
		if (strcmp(po->entries[i - 1].id, po->entries[i].id) == 0)
			return err_set(err, INVALID, "the msgid \"%s\" stands there twice",
				po->entries[i].id);
	return OK;
}

enum rc po_parse(struct arena *a, struct str text, struct po *out, struct err *err)
{
	struct arena *scratch = arena_new();
	struct reader r = {.arena = a, .err = err, .out = out};
	r.id = buf_in(scratch, MAX_TEXT_BYTES);
	r.plural = buf_in(scratch, MAX_TEXT_BYTES);
	for (unsigned i = 0; i < PLURAL_MAX_FORMS; i++)
		r.forms[i] = buf_in(scratch, MAX_TEXT_BYTES);
	*out = (struct po){.plural = plural_english()};
	enum rc rc = OK;
	if (!text_is_utf8(text))
		rc = err_set(err, INVALID, "line 1: the file is not UTF-8");
	for (struct str rest = text; rest.p && rc == OK;) {
		r.line++;
		rc = read_line(&r, str_cut(&rest, '\n'));
	}
	if (rc == OK)
		rc = end_entry(&r);
	if (rc == OK)
		rc = sort_entries(out, err);
	arena_free(scratch);
	return rc;
}

const struct po_entry *po_find(const struct po *po, const char *id)
{
	const struct po_entry key = {.id = id};
	if (po->n_entries == 0)
		return NULL;
	return bsearch(&key, po->entries, po->n_entries, sizeof key, by_id);
}
