/* Small rules on addresses, apart from the tree so that they can be read at a glance. */
#include "view/markdown_link.h"

#include <string.h>

bool link_is_allowed(const char *url)
{
	static const char *const allowed[] = {"http", "https", "mailto"};
	if (!url || !*url)
		return false;
	size_t n = strcspn(url, ":/?#");
	if (url[n] != ':')
		return true;
	for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
		if (strlen(allowed[i]) == n && strncasecmp(allowed[i], url, n) == 0)
			return true;
	return false;
}

/* ---- bare addresses ---- */

static bool is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static const char *find_address(struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		struct str rest = {text.p + i, text.n - i};
		if (text.p[i] != 'h' || (i > 0 && is_letter_or_digit(text.p[i - 1])))
			continue;
		if (str_starts_with(rest, STR("https://")) || str_starts_with(rest, STR("http://")))
			return rest.p;
	}
	return NULL;
}

bool link_has_address(struct str text)
{
	return find_address(text) != NULL;
}

/* Up to a blank or a mark that no address has, without the punctuation of the sentence around it.
 */
static size_t address_length(struct str s)
{
	size_t n = 0;
	int open = 0;
	for (; n < s.n && !strchr(" \t\r\n<>\"`", s.p[n]); n++) {
		open += s.p[n] == '(';
		open -= s.p[n] == ')';
	}
	for (; n; n--) {
		char last = s.p[n - 1];
		if (last == ')' && open < 0)
			open++;
		else if (!strchr(".,;:!?'*_~]", last))
			break;
	}
	return n;
}

bool link_cut(struct str *rest, struct link_part *out)
{
	if (rest->n == 0)
		return false;
	const char *at = find_address(*rest);
	size_t before = at ? (size_t)(at - rest->p) : rest->n;
	size_t n = at ? address_length((struct str){at, rest->n - before}) : 0;
	/* "https://" with nothing behind it is text. */
	if (n <= strlen("https://"))
		before = at ? before + n : before, n = 0;
	*out = (struct link_part){{rest->p, before}, {rest->p + before, n}};
	*rest = (struct str){rest->p + before + n, rest->n - before - n};
	return true;
}
