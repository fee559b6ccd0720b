/* Tokens are derived, not stored: nothing to expire, nothing to look up. */
#include <string.h>
#include <strings.h>

#include "base/hash.h"
#include "base/random.h"
#include "http/csrf.h"
#include "http/exchange.h"

enum { HALF_BYTES = 16, TOKEN_CHARS = 4 * HALF_BYTES };

/* The visitor cookie as sent, when it could be one of ours. */
static const char *sent_visitor(struct request *rq)
{
	const char *value = request_cookie(rq, "visitor");
	return value != NULL && token_is_wellformed(str_from(value)) ? value : NULL;
}

void csrf_adopt_visitor(struct request *rq)
{
	if (rq->csrf_key.n == 0 && !rq->has_session)
		rq->csrf_key = str_from(sent_visitor(rq));
}

static void expected_bytes(struct request *rq, unsigned char out[HALF_BYTES])
{
	const char *mac =
		hash_mac(rq->arena, str_from(rq->exchange->server->csrf_secret), rq->csrf_key);
	for (size_t i = 0; i < HALF_BYTES; i++)
		out[i] = (unsigned char)(hex_value(mac[2 * i]) * 16 + hex_value(mac[2 * i + 1]));
}

static void write_hex(char *out, const unsigned char *bytes, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	for (size_t i = 0; i < n; i++) {
		out[2 * i] = digits[bytes[i] >> 4];
		out[2 * i + 1] = digits[bytes[i] & 15];
	}
}

const char *csrf_token(struct request *rq)
{
	struct exchange *x = rq->exchange;
	x->has_drawn_form = true;
	if (rq->csrf_key.n == 0) {
		x->new_visitor = token_new(rq->arena);
		rq->csrf_key = str_from(x->new_visitor);
	}
	unsigned char bytes[2 * HALF_BYTES], expected[HALF_BYTES];
	expected_bytes(rq, expected);
	random_bytes(bytes, HALF_BYTES);
	for (size_t i = 0; i < HALF_BYTES; i++)
		bytes[HALF_BYTES + i] = bytes[i] ^ expected[i];
	char *token = arena_alloc(rq->arena, TOKEN_CHARS + 1);
	write_hex(token, bytes, sizeof bytes);
	return token;
}

bool csrf_is_valid(struct request *rq, const char *token)
{
	if (token == NULL || strlen(token) != TOKEN_CHARS || rq->csrf_key.n == 0)
		return false;
	char sent[HALF_BYTES], expected[HALF_BYTES];
	unsigned char mac[HALF_BYTES];
	expected_bytes(rq, mac);
	for (size_t i = 0; i < HALF_BYTES; i++) {
		int digits[4];
		for (size_t k = 0; k < 4; k++)
			digits[k] = hex_value(token[2 * (i + (k / 2) * HALF_BYTES) + k % 2]);
		if (digits[0] < 0 || digits[1] < 0 || digits[2] < 0 || digits[3] < 0)
			return false;
		sent[i] = (char)((digits[0] * 16 + digits[1]) ^ (digits[2] * 16 + digits[3]));
		expected[i] = (char)mac[i];
	}
	return str_equal_secret((struct str){sent, HALF_BYTES}, (struct str){expected, HALF_BYTES});
}

/* "https://symposium.example.org": our base URL, or another accepted Host of this very request. */
static bool is_own_origin(const struct request *rq, const char *origin)
{
	const struct http_server *server = rq->exchange->server;
	const char *https = "https://", *http = "http://";
	bool is_https = strncasecmp(origin, https, strlen(https)) == 0;
	if (!is_https && strncasecmp(origin, http, strlen(http)) != 0)
		return false;
	const char *host = origin + strlen(is_https ? https : http);
	if (server->base_host != NULL && strcasecmp(host, server->base_host) == 0)
		return is_https == server->is_https;
	return rq->exchange->host != NULL && strcasecmp(host, rq->exchange->host) == 0;
}

bool csrf_is_same_origin(const struct request *rq)
{
	const char *site = request_header(rq, "Sec-Fetch-Site");
	if (site != NULL && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
		return false;
	const char *origin = request_header(rq, "Origin");
	return origin == NULL || is_own_origin(rq, origin);
}
