/*
 * E-mail addresses. Only the common form is taken: RFC 5321 also allows quoted local parts and
 * address literals, which no person has and which are dangerous in headers.
 */
#include "base/text.h"

#include <pthread.h>
#include <string.h>
#include <unicode/uidna.h>
#include "base/text_icu.h"

enum { MAX_ADDRESS_BYTES = 254, MAX_LOCAL_BYTES = 64, MAX_LABEL_BYTES = 63 };

static UIDNA *idna;
static pthread_once_t idna_once = PTHREAD_ONCE_INIT;

static void open_idna(void)
{
	UErrorCode status = U_ZERO_ERROR;
	idna = uidna_openUTS46(UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
				       UIDNA_NONTRANSITIONAL_TO_ASCII,
		&status);
	icu_must(status, "idna");
}

static bool is_alphanumeric(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Dot-string of RFC 5321: atoms with single dots between them. */
static bool is_local_part(struct str s)
{
	if (!s.n || s.n > MAX_LOCAL_BYTES || s.p[0] == '.' || s.p[s.n - 1] == '.')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '.' && s.p[i - 1] == '.')
			return false;
		if (!is_alphanumeric(c) && (!c || !strchr(".!#$%&'*+-/=?^_`{|}~", c)))
			return false;
	}
	return true;
}

static bool is_label(struct str s)
{
	if (!s.n || s.n > MAX_LABEL_BYTES || s.p[0] == '-' || s.p[s.n - 1] == '-')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!is_alphanumeric(s.p[i]) && s.p[i] != '-')
			return false;
	return true;
}

/* Two labels at least, and a last one that is no number: "10.0.0.1" is not a name. */
static bool is_domain(struct str s)
{
	struct str label = {NULL, 0};
	int n_labels = 0;
	bool has_letter = false;
	while (s.p) {
		label = str_cut(&s, '.');
		if (!is_label(label))
			return false;
		n_labels++;
	}
	for (size_t i = 0; i < label.n; i++)
		has_letter |= label.p[i] > '9';
	return n_labels >= 2 && has_letter;
}

/* The domain in ASCII and lower case; NULL when IDNA refuses it. */
static const char *domain_to_ascii(struct arena *a, struct str domain)
{
	char ascii[MAX_ADDRESS_BYTES + 2];
	UIDNAInfo info = UIDNA_INFO_INITIALIZER;
	UErrorCode status = U_ZERO_ERROR;
	pthread_once(&idna_once, open_idna);
	int32_t n = uidna_nameToASCII_UTF8(
		idna, domain.p, (int32_t)domain.n, ascii, sizeof ascii, &info, &status);
	if (U_FAILURE(status) || info.errors || n <= 0 || n >= (int32_t)sizeof ascii)
		return NULL;
	return arena_strndup(a, ascii, (size_t)n);
}

const char *email_clean(struct arena *a, struct str s)
{
	s = str_trim(s);
	if (s.n > MAX_ADDRESS_BYTES || !text_is_utf8(s))
		return NULL;
	struct str domain = s;
	struct str local = str_cut(&domain, '@');
	if (!domain.p || !domain.n || !is_local_part(local))
		return NULL;
	const char *ascii = domain_to_ascii(a, domain);
	if (!ascii || !is_domain(str_from(ascii)))
		return NULL;
	if (local.n + 1 + strlen(ascii) > MAX_ADDRESS_BYTES)
		return NULL;
	return arena_printf(a, "%.*s@%s", (int)local.n, local.p, ascii);
}

const char *email_key(struct arena *a, const char *email)
{
	char *key = arena_strdup(a, email);
	for (char *c = key; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	return key;
}
