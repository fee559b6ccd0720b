#include "base/text.h"

#include <unicode/utf8.h>

bool text_is_utf8(struct str s)
{
	const uint8_t *bytes = (const uint8_t *)s.p;
	for (size_t i = 0; i < s.n;) {
		UChar32 c;
		U8_NEXT(bytes, i, s.n, c);
		if (c <= 0)
			return false;
	}
	return true;
}
