/* What the server remembers: cached answers, token buckets, deflate states. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <pthread.h>
#include <string.h>

#include "base/clock.h"
#include "http/cache.h"
#include "http/civet.h"
#include "http/gzip.h"
#include "http/limit.h"

static void keep(struct cache *c, struct arena *a, const char *key, uint64_t revision, size_t n)
{
	char *body = arena_alloc(a, n + 1);
	memset(body, 'x', n);
	struct cached answer = {
		.mime_type = "text/html", .body = {body, n}, .gzipped = STR("gz"), .etag = key};
	cache_keep(c, str_from(key), revision, &answer);
}

static bool finds(struct cache *c, struct arena *a, const char *key, uint64_t revision)
{
	struct cached found;
	bool is_found = cache_find(c, a, str_from(key), revision, &found);
	if (is_found)
		assert_string_equal(found.etag, key);
	return is_found;
}

static void an_answer_is_found_by_key_and_revision(void **state)
{
	struct arena *a = *state;
	struct cache *c = cache_new(CACHE_MAX_BYTES);
	keep(c, a, "one", 7, 100);
	struct cached found;
	assert_true(cache_find(c, a, STR("one"), 7, &found));
	assert_int_equal(found.body.n, 100);
	assert_string_equal(found.mime_type, "text/html");
	assert_null(found.file_name);
	assert_true(str_is(found.gzipped, "gz"));
	assert_false(finds(c, a, "one", 8));
	assert_false(finds(c, a, "on", 7));
	keep(c, a, "one", 8, 50);
	assert_false(finds(c, a, "one", 7));
	assert_true(finds(c, a, "one", 8));
	cache_free(c);
}

static void the_least_used_answer_goes_first(void **state)
{
	struct arena *a = *state;
	struct cache *c = cache_new(100000);
	keep(c, a, "a", 1, 30000);
	keep(c, a, "b", 1, 30000);
	keep(c, a, "c", 1, 30000);
	assert_true(finds(c, a, "a", 1));
	keep(c, a, "d", 1, 30000);
	assert_true(finds(c, a, "a", 1));
	assert_false(finds(c, a, "b", 1));
	assert_true(finds(c, a, "c", 1) && finds(c, a, "d", 1));
	assert_true(cache_used_bytes(c) <= 100000);
	keep(c, a, "huge", 1, CACHE_MAX_ENTRY_BYTES + 1);
	assert_false(finds(c, a, "huge", 1));
	cache_free(c);
}

struct crowd {
	struct cache *cache;
	int number;
};

static void *hammer(void *context)
{
	struct crowd *crowd = context;
	struct arena *a = arena_new();
	for (int i = 0; i < 3000; i++) {
		const char *key = arena_printf(a, "k%d", (i * 7 + crowd->number) % 200);
		if (!finds(crowd->cache, a, key, 1))
			keep(crowd->cache, a, key, 1, 500);
		arena_reset(a);
	}
	arena_free(a);
	return NULL;
}

static void many_threads_share_the_cache(void **state)
{
	(void)state;
	pthread_t threads[4];
	struct crowd crowds[4];
	struct cache *c = cache_new(60000);
	for (int i = 0; i < 4; i++) {
		crowds[i] = (struct crowd){c, i};
		assert_int_equal(pthread_create(&threads[i], NULL, hammer, &crowds[i]), 0);
	}
	for (size_t i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	assert_true(cache_used_bytes(c) <= 60000);
	cache_free(c);
}

static void a_bucket_empties_and_belongs_to_its_key(void **state)
{
	(void)state;
	limit_reset();
	for (int i = 0; i < 5; i++)
		assert_true(limit_take("signin", "192.0.2.7", 1, 5));
	assert_false(limit_take("signin", "192.0.2.7", 1, 5));
	assert_true(limit_take("signin", "192.0.2.8", 1, 5));
	assert_true(limit_take("other", "192.0.2.7", 1, 5));
	limit_reset();
	assert_true(limit_take("signin", "192.0.2.7", 1, 5));
	assert_false(limit_take("signin", "192.0.2.7", 0, 5));
}

static void a_bucket_refills_with_time(void **state)
{
	(void)state;
	limit_reset();
	assert_true(limit_take("fast", "a", 6000, 1));
	int64_t began = clock_elapsed_ms();
	while (!limit_take("fast", "a", 6000, 1))
		if (clock_elapsed_ms() - began > 5000)
			fail_msg("no token after five seconds");
	assert_in_range(clock_elapsed_ms() - began, 1, 5000);
}

static void a_flood_of_keys_forgets_but_never_grows(void **state)
{
	limit_reset();
	for (int i = 0; i < 100000; i++)
		assert_true(limit_take("flood", arena_printf(*state, "%d", i), 1, 1));
	arena_reset(*state);
}

static void addresses_count_as_one_customer(void **state)
{
	struct arena *a = *state;
	assert_string_equal(limit_address(a, "192.0.2.7"), "192.0.2.7");
	assert_string_equal(limit_address(a, "2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
	assert_string_equal(limit_address(a, "2001:db8:1:2::9"), "2001:db8:1:2::/64");
	assert_string_equal(limit_address(a, "::ffff:192.0.2.7"), "192.0.2.7");
	assert_string_equal(limit_address(a, "nonsense"), "nonsense");
}

static void compression_pays_or_is_left_out(void **state)
{
	struct arena *a = *state;
	char *text = arena_alloc(a, 20000);
	memset(text, 'a', 20000);
	for (int i = 0; i < 20; i++) {
		struct str out = gzip_bytes(a, (struct str){text, 20000}, GZIP_PAGE_LEVEL);
		assert_in_range(out.n, 20, 200);
		assert_memory_equal(out.p, "\x1f\x8b", 2);
	}
	assert_int_equal(gzip_bytes(a, STR("x"), GZIP_CACHE_LEVEL).n, 0);
	assert_true(gzip_is_worthwhile("text/html", 5000));
	assert_true(gzip_is_worthwhile("application/problem+json", 5000));
	assert_false(gzip_is_worthwhile("text/html", 500));
	assert_false(gzip_is_worthwhile("application/pdf", 5000));
	assert_false(gzip_is_worthwhile(NULL, 5000));
	gzip_free_states();
}

static void the_proxys_own_word_names_the_client(void **state)
{
	struct arena *a = *state;
	assert_string_equal(civet_forwarded_for(a, STR("192.0.2.7")), "192.0.2.7");
	assert_string_equal(civet_forwarded_for(a, STR("10.0.0.1, 192.0.2.7 ")), "192.0.2.7");
	assert_string_equal(civet_forwarded_for(a, STR("evil, 2001:db8::1")), "2001:db8::1");
	assert_null(civet_forwarded_for(a, STR("192.0.2.7, evil")));
	assert_null(civet_forwarded_for(a, STR("")));
	assert_null(civet_forwarded_for(a, STR("192.0.2.7:80")));
}

static int setup(void **state)
{
	*state = arena_new();
	return 0;
}

static int teardown(void **state)
{
	arena_free(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_is_found_by_key_and_revision),
		cmocka_unit_test(the_least_used_answer_goes_first),
		cmocka_unit_test(many_threads_share_the_cache),
		cmocka_unit_test(a_bucket_empties_and_belongs_to_its_key),
		cmocka_unit_test(a_bucket_refills_with_time),
		cmocka_unit_test(a_flood_of_keys_forgets_but_never_grows),
		cmocka_unit_test(addresses_count_as_one_customer),
		cmocka_unit_test(compression_pays_or_is_left_out),
		cmocka_unit_test(the_proxys_own_word_names_the_client),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
