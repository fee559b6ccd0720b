/*
 * Randomness, ids, codes and secrets. Source: libsodium's CSPRNG, or a seeded stream when a test or
 * the demo asks for reproducible data (never in a server that is not in demo mode).
 */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include "base/str.h"

void random_bytes(void *out, size_t n);
uint32_t random_below(uint32_t n); /* uniform in 0..n-1; n > 0 */

void random_seed(uint64_t seed); /* reproducible from here on; process-wide */

/*
 * A row id: 63 bits, 41 of milliseconds since 2020 and 22 random; never 0, rises with time. Several
 * ids for the same now_ms in a row rise too, so that one process never repeats one there.
 */
int64_t id_new(int64_t now_ms);

/*
 * A public code: 8 symbols of Crockford base32 and a check symbol (ISO 7064 MOD 37,2 reduced to the
 * alphabet by redrawing), such as "K7QF3M2XG". Not secret.
 */
const char *code_new(struct arena *a);
/* Upper-cases, maps O to 0 and I, L to 1, drops spaces and hyphens; NULL unless the check holds. */
const char *code_normalise(struct arena *a, struct str typed);

/* 128 bits in base32, lower case, 26 symbols: links, sessions, tickets, devices. */
enum { TOKEN_BYTES = 16 };
const char *token_new(struct arena *a);
/* The same spelling for 128 bits from elsewhere: secrets that are derived, not drawn. */
const char *token_of_bytes(struct arena *a, const unsigned char bytes[TOKEN_BYTES]);
bool token_is_wellformed(struct str s);

#endif
