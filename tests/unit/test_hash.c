/* Digests against published vectors; the password pool against load. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include "base/hash.h"

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* FIPS 180-4 examples. */
static void sha_256_matches_the_standard(void **state)
{
	(void)state;
	assert_string_equal(hash_hex(arena, STR("abc")),
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_string_equal(hash_hex(arena, STR("")),
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	unsigned char digest[HASH_BYTES];
	hash_bytes(digest, STR("abc"));
	assert_int_equal(digest[0], 0xba);
	assert_int_equal(digest[31], 0xad);
}

static void a_stream_of_pieces_is_the_whole(void **state)
{
	(void)state;
	char text[1000];
	for (size_t i = 0; i < sizeof text; i++)
		text[i] = (char)(i * 7);
	struct hash_stream *h = hash_stream_new();
	for (size_t at = 0, n = 0; at < sizeof text; at += n, n = (n * 3 + 1) % 97) {
		n = n < sizeof text - at ? n : sizeof text - at;
		hash_stream_add(h, (struct str){text + at, n});
	}
	assert_string_equal(
		hash_stream_end(arena, h), hash_hex(arena, (struct str){text, sizeof text}));
}

/* RFC 4231, test cases 1, 2 and 6 (a key longer than the block). */
static void hmac_matches_rfc_4231(void **state)
{
	(void)state;
	char key[131];
	memset(key, 0x0b, 20);
	assert_string_equal(hash_mac(arena, (struct str){key, 20}, STR("Hi There")),
		"b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
	assert_string_equal(hash_mac(arena, STR("Jefe"), STR("what do ya want for nothing?")),
		"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	memset(key, 0xaa, sizeof key);
	assert_string_equal(hash_mac(arena, (struct str){key, sizeof key},
				    STR("Test Using Larger Than Block-Size Key - Hash Key First")),
		"60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

/* RFC 4648, section 10. */
static void base64_matches_rfc_4648(void **state)
{
	(void)state;
	assert_string_equal(base64_encode(arena, STR("")), "");
	assert_string_equal(base64_encode(arena, STR("f")), "Zg==");
	assert_string_equal(base64_encode(arena, STR("foobar")), "Zm9vYmFy");
	assert_string_equal(base64_encode(arena, STR("\xfb\xff\xfe")), "+//+");
	assert_string_equal(base64url_encode(arena, STR("\xfb\xff\xfe")), "-__-");
	assert_string_equal(base64url_encode(arena, STR("f")), "Zg");
}

static void base64_is_read_back_strictly(void **state)
{
	(void)state;
	static const char *const wrong[] = {"Zg", "Zg=", "Zh==", "Zg==Zg==", "Zm9v YmFy", "Zm9v\n",
		"Z", "-__-", "====", "Zm9vYmFy="};
	struct buf out = buf_in(arena, 10000);
	char bytes[9001];
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_false(base64_decode(str_from(wrong[i]), &out));
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)(i * 7);
	for (size_t n = 0; n < sizeof bytes; n += 100) {
		buf_reset(&out);
		const char *text = base64_encode(arena, (struct str){bytes, n});
		assert_true(base64_decode(str_from(text), &out));
		assert_int_equal(out.n, n);
		assert_memory_equal(n ? out.p : "", bytes, n);
	}
	buf_reset(&out);
	char *padded = arena_strdup(arena, base64_encode(arena, (struct str){bytes, 9000}));
	padded[4095] = '=';
	assert_false(base64_decode(str_from(padded), &out));
	struct buf small = buf_in(arena, 5);
	assert_false(base64_decode(STR("Zm9vYmFy"), &small));
	assert_true(small.failed);
}

static void a_password_verifies_and_another_does_not(void **state)
{
	(void)state;
	struct err err = err_in(arena);
	const char *hash = NULL, *again = NULL;
	assert_int_equal(password_hash(arena, "Mücke & 象", &hash, &err), OK);
	assert_int_equal(password_hash(arena, "Mücke & 象", &again, &err), OK);
	assert_memory_equal(hash, "$argon2id$v=19$m=19456,t=2,p=1$", 31);
	assert_string_not_equal(hash, again);
	assert_int_equal(password_verify(hash, "Mücke & 象", &err), OK);
	assert_null(err.message);
	assert_int_equal(password_verify(hash, "Mucke & 象", &err), FORBIDDEN);
	assert_non_null(err.message);
	err_clear(&err);
	assert_int_equal(password_verify(NULL, "Mücke & 象", &err), FORBIDDEN);
	err_clear(&err);
	assert_int_equal(password_verify("not a hash", "x", &err), FORBIDDEN);
}

static atomic_int n_ok, n_refused, n_other;

static void *hash_once(void *unused)
{
	(void)unused;
	struct arena *own = arena_new();
	struct err err = err_in(own);
	const char *hash = NULL;
	enum rc rc = password_hash(own, "secret", &hash, &err);
	if (rc == OK && hash)
		n_ok++;
	else if (rc == TOO_MANY && err.message)
		n_refused++;
	else
		n_other++;
	arena_free(own);
	return NULL;
}

static void a_flood_is_refused_beyond_the_queue(void **state)
{
	(void)state;
	enum { THREADS = 120 };
	pthread_t threads[THREADS];
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, hash_once, NULL), 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(n_other, 0);
	assert_int_equal(n_ok + n_refused, THREADS);
	assert_true(n_ok >= 32);
	assert_true(n_refused > 0);
	/* And the pool is well afterwards. */
	struct err err = err_in(arena);
	const char *hash = NULL;
	assert_int_equal(password_hash(arena, "secret", &hash, &err), OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sha_256_matches_the_standard),
		cmocka_unit_test(a_stream_of_pieces_is_the_whole),
		cmocka_unit_test(hmac_matches_rfc_4231),
		cmocka_unit_test(base64_matches_rfc_4648),
		cmocka_unit_test(base64_is_read_back_strictly),
		cmocka_unit_test(a_password_verifies_and_another_does_not),
		cmocka_unit_test(a_flood_is_refused_beyond_the_queue),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
