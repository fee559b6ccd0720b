/* urlencoded: what is read can be written and read again alike; any pairs can be typed. */
#include <string.h>

#include "fuzz.h"

static bool is_same(const struct pairs *a, const struct pairs *b)
{
	bool same = a->n == b->n;
	for (size_t i = 0; i < a->n && same; i++)
		same = str_equal(a->items[i].name, b->items[i].name) &&
		       str_equal(a->items[i].value, b->items[i].value);
	return same;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *a;
	if (a == NULL)
		a = arena_new();
	const void *bytes = data;
	struct pairs pairs = {0}, again = {0};
	struct err err = err_in(a);
	if (urlencoded_parse(a, (struct str){bytes, size}, &pairs, &err) == OK) {
		struct buf b = buf_in(a, size * 3 + 16);
		for (size_t i = 0; i < pairs.n; i++) {
			buf_text(&b, i > 0 ? "&" : "");
			buf_url(&b, pairs.items[i].name);
			buf_char(&b, '=');
			buf_url(&b, pairs.items[i].value);
		}
		MUST(!b.failed);
		MUST(urlencoded_parse(a, buf_view(&b), &again, &err) == OK);
		MUST(is_same(&pairs, &again));
		fuzz_read_form(a, &pairs);
	}
	arena_reset(a);
	return 0;
}
