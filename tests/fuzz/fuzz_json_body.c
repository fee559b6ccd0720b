/* JSON bodies: any that is taken can be flattened and typed. */
#include "base/json.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *a;
	if (a == NULL) {
		json_setup();
		a = arena_new();
	}
	const void *bytes = data;
	struct pairs pairs = {0};
	struct err err = err_in(a);
	if (json_body_parse(a, (struct str){bytes, size}, &pairs, &err) == OK) {
		MUST(pairs.n <= PAIRS_MAX);
		for (size_t i = 0; i < pairs.n; i++)
			MUST(text_is_utf8(pairs.items[i].name) &&
				text_is_utf8(pairs.items[i].value));
		fuzz_read_form(a, &pairs);
	} else {
		MUST(err.message != NULL);
	}
	arena_reset(a);
	return 0;
}
