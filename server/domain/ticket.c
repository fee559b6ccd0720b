/* Deriving tickets, and finding them again in what a scanner reads. */
#include "domain/ticket.h"
#include <string.h>
#include "base/hash.h"
#include "base/random.h"

enum { TICKET_SYMBOLS = 26 };

static int hex_value(char c)
{
	return c <= '9' ? c - '0' : c - 'a' + 10;
}

const char *registration_ticket(
	struct arena *a, const char *key, int64_t event_id, int64_t registration_id, int64_t serial)
{
	const char *message = arena_printf(a, "%lld:%lld:%lld", (long long)event_id,
		(long long)registration_id, (long long)serial);
	const char *mac = hash_mac(a, str_from(key), str_from(message));
	unsigned char bytes[TOKEN_BYTES];

	for (size_t i = 0; i < TOKEN_BYTES; i++)
		bytes[i] = (unsigned char)(hex_value(mac[2 * i]) << 4 | hex_value(mac[2 * i + 1]));
	return token_of_bytes(a, bytes);
}

const char *ticket_hash(struct arena *a, const char *ticket)
{
	return hash_hex(a, str_from(ticket));
}

static char *with_case(struct arena *a, struct str s, char first, char last)
{
	char *out = str_dup(a, s);

	for (char *c = out; *c; c++)
		if (*c >= first && *c <= last)
			*c = (char)(*c ^ ('a' ^ 'A'));
	return out;
}

const char *ticket_payload(struct arena *a, const char *base_url, const char *ticket)
{
	const char *authority = strstr(base_url, "://");
	bool has_path = authority && strchr(authority + 3, '/');

	if (has_path)
		return arena_printf(a, "%s/c/%s", base_url, ticket);
	return with_case(a, str_from(arena_printf(a, "%s/c/%s", base_url, ticket)), 'a', 'z');
}

const char *ticket_of_scan(struct arena *a, struct str scanned)
{
	char symbols[TICKET_SYMBOLS];
	size_t n = 0;
	struct str s = str_trim(scanned);

	for (size_t i = s.n; i > 0; i--)
		if (s.p[i - 1] == '/') {
			s = (struct str){s.p + i, s.n - i};
			break;
		}
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == ' ' || s.p[i] == '-')
			continue;
		if (n == sizeof symbols)
			return NULL;
		symbols[n++] = s.p[i];
	}
	const char *ticket = with_case(a, (struct str){symbols, n}, 'A', 'Z');
	return token_is_wellformed(str_from(ticket)) ? ticket : NULL;
}
