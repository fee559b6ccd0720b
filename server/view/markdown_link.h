/* Links in text that others wrote: which are let through, and where bare addresses begin and end.
 */
#ifndef VIEW_MARKDOWN_LINK_H
#define VIEW_MARKDOWN_LINK_H

#include "base/str.h"

/*
 * Whether the address may be followed: only http, https, mailto and addresses without a scheme.
 * Browsers ignore control characters in a scheme, so whatever is not exactly one of these is not.
 */
bool link_is_allowed(const char *url);

/* Text, then a bare address ("https://example.org/a"), which may be empty at the end. */
struct link_part {
	struct str text, address;
};

bool link_has_address(struct str text);
/* Cuts the next part off; false at the end. The full stop after an address is not part of it. */
bool link_cut(struct str *rest, struct link_part *out);

#endif
