/* Percent decoding and the default encoding of forms. */
#include <string.h>

#include "http/parse.h"

int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool percent_decode(struct str s, bool is_form, char *out, size_t *n)
{
	size_t used = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '%') {
			if (s.n - i < 3)
				return false;
			int high = hex_value(s.p[i + 1]), low = hex_value(s.p[i + 2]);
			if (high < 0 || low < 0)
				return false;
			c = (char)(high * 16 + low);
			i += 2;
		} else if (c == '+' && is_form) {
			c = ' ';
		}
		out[used++] = c;
	}
	*n = used;
	return true;
}

enum rc pairs_add(struct arena *a, struct pairs *p, struct pair pair, struct err *err)
{
	if (p->n >= PAIRS_MAX)
		return err_set(err, INVALID, "The form has more than %d fields", PAIRS_MAX);

	if (p->n == p->cap) {
		size_t cap = p->cap > 0 ? p->cap * 2 : 32;
		struct pair *items = ARENA_ARRAY(a, cap, struct pair);
		if (p->n > 0)
			memcpy(items, p->items, p->n * sizeof *items);
		p->items = items;
		p->cap = cap;
	}
	p->items[p->n++] = pair;
	return OK;
}

const struct pair *pairs_find(const struct pairs *p, const char *name)
{
	for (size_t i = 0; i < p->n; i++)
		if (str_is(p->items[i].name, name))
			return &p->items[i];
	return NULL;
}

static enum rc decode(struct arena *a, struct str s, struct str *out, struct err *err)
{
	char *bytes = arena_alloc(a, s.n + 1);
	size_t n = 0;
	if (!percent_decode(s, true, bytes, &n))
		return err_set(err, INVALID, "The form holds a broken percent escape");
	*out = (struct str){bytes, n};
	return OK;
}

enum rc urlencoded_parse(struct arena *a, struct str text, struct pairs *out, struct err *err)
{
	struct str rest = text;
	while (rest.p != NULL) {
		struct str value = str_cut(&rest, '&');
		if (value.n == 0)
			continue;
		struct str name = str_cut(&value, '=');
		struct pair pair = {.kind = PAIR_TEXT};
		TRY(decode(a, name, &pair.name, err));
		TRY(decode(a, value.p != NULL ? value : STR(""), &pair.value, err));
		TRY(pairs_add(a, out, pair, err));
	}
	return OK;
}
