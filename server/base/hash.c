/* Thin, typed doors to libsodium's digests. Passwords, which need threads, are in password.c. */
#include "base/hash.h"

#include <sodium.h>

struct hash_stream {
	crypto_hash_sha256_state state;
};

static const char *to_hex(struct arena *a, const unsigned char *bytes, size_t n)
{
	char *hex = arena_alloc(a, n * 2 + 1);
	return sodium_bin2hex(hex, n * 2 + 1, bytes, n);
}

void hash_bytes(unsigned char out[HASH_BYTES], struct str bytes)
{
	crypto_hash_sha256(out, (const unsigned char *)bytes.p, bytes.n);
}

const char *hash_hex(struct arena *a, struct str bytes)
{
	unsigned char digest[HASH_BYTES];
	hash_bytes(digest, bytes);
	return to_hex(a, digest, sizeof digest);
}

struct hash_stream *hash_stream_new(void)
{
	struct hash_stream *h = heap_alloc(sizeof *h);
	crypto_hash_sha256_init(&h->state);
	return h;
}

void hash_stream_add(struct hash_stream *h, struct str piece)
{
	if (piece.n)
		crypto_hash_sha256_update(&h->state, (const unsigned char *)piece.p, piece.n);
}

const char *hash_stream_end(struct arena *a, struct hash_stream *h)
{
	unsigned char digest[HASH_BYTES];
	crypto_hash_sha256_final(&h->state, digest);
	heap_free(h);
	return to_hex(a, digest, sizeof digest);
}

const char *hash_mac(struct arena *a, struct str key, struct str message)
{
	unsigned char mac[crypto_auth_hmacsha256_BYTES];
	crypto_auth_hmacsha256_state state;
	crypto_auth_hmacsha256_init(&state, (const unsigned char *)key.p, key.n);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)message.p, message.n);
	crypto_auth_hmacsha256_final(&state, mac);
	sodium_memzero(&state, sizeof state);
	return to_hex(a, mac, sizeof mac);
}

static const char *to_base64(struct arena *a, struct str bytes, int variant)
{
	size_t n = sodium_base64_encoded_len(bytes.n, variant);
	char *text = arena_alloc(a, n);
	return sodium_bin2base64(text, n, (const unsigned char *)bytes.p, bytes.n, variant);
}

const char *base64_encode(struct arena *a, struct str bytes)
{
	return to_base64(a, bytes, sodium_base64_VARIANT_ORIGINAL);
}

const char *base64url_encode(struct arena *a, struct str bytes)
{
	return to_base64(a, bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool base64_decode(struct str text, struct buf *out)
{
	enum { PIECE = 4096 };
	unsigned char bytes[PIECE / 4 * 3];
	while (text.n > 0) {
		size_t n_text = text.n < PIECE ? text.n : PIECE, n = 0;
		if (sodium_base642bin(bytes, sizeof bytes, text.p, n_text, NULL, &n, NULL,
			    sodium_base64_VARIANT_ORIGINAL) != 0)
			return false;
		/* Padding stands at the end of the whole text alone. */
		if (n_text < text.n && n < sizeof bytes)
			return false;
		buf_add(out, bytes, n);
		text.p += n_text;
		text.n -= n_text;
	}
	return !out->failed;
}
