/* Conversions by ICU, with room for the worst case so that they cannot fail. */
#include "pdf/text/utf16.h"

#include <string.h>
#include <unicode/ustring.h>

enum { REPLACEMENT = 0xFFFD };

UChar *utf16_from(struct arena *a, const char *utf8, int32_t *n)
{
	size_t n_bytes = strlen(utf8);
	UErrorCode status = U_ZERO_ERROR;
	UChar *out = ARENA_RAW_ARRAY(a, n_bytes + 1, UChar);
	u_strFromUTF8WithSub(
		out, (int32_t)n_bytes + 1, n, utf8, (int32_t)n_bytes, REPLACEMENT, NULL, &status);
	return out;
}

char *utf16_to_utf8(struct arena *a, const UChar *text, int32_t n)
{
	UErrorCode status = U_ZERO_ERROR;
	char *out = ARENA_RAW_ARRAY(a, (size_t)n * 3 + 1, char);
	u_strToUTF8WithSub(out, n * 3 + 1, NULL, text, n, REPLACEMENT, NULL, &status);
	return out;
}
