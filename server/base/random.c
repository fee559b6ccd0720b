/*
 * Random bytes and everything that is drawn from them. A seeded process draws from one ChaCha20
 * stream behind a lock, so that the same calls in the same order give the same data.
 */
#include "base/random.h"

#include <assert.h>
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <string.h>

enum {
	BLOCK_BYTES = 64, /* of ChaCha20 */
	CODE_SYMBOLS = 8,
	TOKEN_SYMBOLS = 26,
	ID_RANDOM_BITS = 22,
};

#define ID_EPOCH_MS INT64_C(1577836800000) /* 2020-01-01: 41 bits last until 2089 */

/* Crockford's base32: no I, L, O, which look like digits, and no U. */
static const char upper_symbols[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static const char lower_symbols[] = "0123456789abcdefghjkmnpqrstvwxyz";

/* lock guards the seeded stream and the last id. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_bool is_seeded;
static unsigned char stream_key[crypto_stream_chacha20_KEYBYTES];
static unsigned char stream_block[BLOCK_BYTES];
static uint64_t stream_counter;
static size_t stream_used;
static int64_t last_id_ms = -1;
static int64_t last_id;

static pthread_once_t sodium_once = PTHREAD_ONCE_INIT;

static void sodium_start(void)
{
	int ready = sodium_init();
	assert(ready >= 0);
	(void)ready;
}

/* The next n bytes of the seeded stream. Caller holds the lock. */
static void stream_take(unsigned char *out, size_t n)
{
	static const unsigned char nonce[crypto_stream_chacha20_NONCEBYTES];
	static const unsigned char zeros[BLOCK_BYTES];
	while (n > 0) {
		if (stream_used == BLOCK_BYTES) {
			crypto_stream_chacha20_xor_ic(stream_block, zeros, BLOCK_BYTES, nonce,
				stream_counter++, stream_key);
			stream_used = 0;
		}
		size_t piece = BLOCK_BYTES - stream_used;
		if (piece > n)
			piece = n;
		memcpy(out, stream_block + stream_used, piece);
		stream_used += piece;
		out += piece;
		n -= piece;
	}
}

void random_bytes(void *out, size_t n)
{
	pthread_once(&sodium_once, sodium_start);
	if (!atomic_load(&is_seeded)) {
		randombytes_buf(out, n);
		return;
	}
	pthread_mutex_lock(&lock);
	stream_take(out, n);
	pthread_mutex_unlock(&lock);
}

void random_seed(uint64_t seed)
{
	pthread_mutex_lock(&lock);
	memset(stream_key, 0, sizeof stream_key);
	for (int i = 0; i < 8; i++)
		stream_key[i] = (unsigned char)(seed >> (8 * i));
	stream_counter = 0;
	stream_used = BLOCK_BYTES;
	last_id_ms = -1;
	last_id = 0;
	atomic_store(&is_seeded, true);
	pthread_mutex_unlock(&lock);
}

uint32_t random_below(uint32_t n)
{
	assert(n > 0);
	/* The lowest 2^32 mod n values would make the first remainders likelier; they are redrawn.
	 */
	uint32_t skewed = (0u - n) % n;
	uint32_t drawn;
	do
		random_bytes(&drawn, sizeof drawn);
	while (drawn < skewed);
	return drawn % n;
}

int64_t id_new(int64_t now_ms)
{
	/* The last second is left for the steps below. */
	const int64_t longest = (INT64_C(1) << (63 - ID_RANDOM_BITS)) - 1000;
	int64_t ms = now_ms - ID_EPOCH_MS;
	ms = ms < 0 ? 0 : ms > longest ? longest : ms;
	uint32_t low = random_below(UINT32_C(1) << ID_RANDOM_BITS);
	pthread_mutex_lock(&lock);
	/*
	 * An import asks for thousands of ids in one millisecond, where 22 bits alone would soon
	 * repeat: there each id is the one before and a small step, which may run into the
	 * milliseconds to come.
	 */
	int64_t fresh = (ms << ID_RANDOM_BITS) | low;
	if (ms == last_id_ms || (ms > last_id_ms && fresh <= last_id))
		last_id += 1 + (low & 15);
	else
		last_id = fresh;
	last_id_ms = ms;
	int64_t id = last_id;
	pthread_mutex_unlock(&lock);
	return id ? id : id_new(now_ms);
}

static int symbol_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'Z')
		return c - 'A' + 10;
	return -1;
}

static bool is_symbol(char c)
{
	return c && strchr(upper_symbols, c);
}

/* What ISO 7064 MOD 37,2 makes of n symbols: valid with the check symbol when the sum is 1. */
static int check_sum(const char *symbols, size_t n)
{
	int sum = 0;
	for (size_t i = 0; i < n; i++)
		sum = (sum * 2 + symbol_value(symbols[i])) % 37;
	return sum;
}

const char *code_new(struct arena *a)
{
	char *code = arena_alloc(a, CODE_SYMBOLS + 2);
	for (;;) {
		unsigned char drawn[CODE_SYMBOLS];
		random_bytes(drawn, sizeof drawn);
		for (int i = 0; i < CODE_SYMBOLS; i++)
			code[i] = upper_symbols[drawn[i] & 31];
		int check = (38 - check_sum(code, CODE_SYMBOLS) * 2 % 37) % 37;
		char symbol = (char)(check < 10 ? '0' + check : 'A' + check - 10);
		if (check < 36 && is_symbol(symbol)) {
			code[CODE_SYMBOLS] = symbol;
			return code;
		}
	}
}

static char symbol_as_meant(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'O')
		return '0';
	if (c == 'I' || c == 'L')
		return '1';
	return c;
}

const char *code_normalise(struct arena *a, struct str typed)
{
	char code[CODE_SYMBOLS + 1];
	size_t n = 0;
	for (size_t i = 0; i < typed.n; i++) {
		char c = symbol_as_meant(typed.p[i]);
		if (c == ' ' || c == '-')
			continue;
		if (!is_symbol(c) || n == sizeof code)
			return NULL;
		code[n++] = c;
	}
	if (n != sizeof code || check_sum(code, n) != 1)
		return NULL;
	return arena_strndup(a, code, n);
}

const char *token_of_bytes(struct arena *a, const unsigned char bytes[TOKEN_BYTES])
{
	char *token = arena_alloc(a, TOKEN_SYMBOLS + 1);
	unsigned bits = 0;
	int n_bits = 0;
	size_t n = 0;
	for (size_t i = 0; i < TOKEN_BYTES; i++) {
		bits = (bits << 8 | bytes[i]) & 0xfff;
		for (n_bits += 8; n_bits >= 5; n_bits -= 5)
			token[n++] = lower_symbols[bits >> (n_bits - 5) & 31];
	}
	token[n++] = lower_symbols[bits << (5 - n_bits) & 31];
	assert(n == TOKEN_SYMBOLS);
	return token;
}

const char *token_new(struct arena *a)
{
	unsigned char bytes[TOKEN_BYTES];
	random_bytes(bytes, sizeof bytes);
	return token_of_bytes(a, bytes);
}

bool token_is_wellformed(struct str s)
{
	if (s.n != TOKEN_SYMBOLS)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!s.p[i] || !strchr(lower_symbols, s.p[i]))
			return false;
	/* The last symbol carries the last three bits and two zeros. */
	return (strchr(lower_symbols, s.p[s.n - 1]) - lower_symbols) % 4 == 0;
}
