/* Fault points: silent unless armed, and exactly as often as armed, from any thread. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include "base/fault.h"

static void an_unarmed_point_never_fires(void **state)
{
	(void)state;
	for (int point = 0; point < N_FAULTS; point++)
		assert_false(FAULT(point));
	assert_false(fault_fires(FAULT_MAIL_SEND));
	assert_int_equal(fault_armed[FAULT_MAIL_SEND], 0);
}

static void an_armed_point_fires_as_often_as_armed_and_alone(void **state)
{
	(void)state;
	fault_armed[FAULT_STORE_BUSY] = 2;
	assert_false(FAULT(FAULT_STORE_COMMIT));
	assert_true(FAULT(FAULT_STORE_BUSY));
	assert_true(FAULT(FAULT_STORE_BUSY));
	assert_false(FAULT(FAULT_STORE_BUSY));
}

static void *count_fires(void *arg)
{
	int *count = arg;
	for (int i = 0; i < 10000; i++)
		*count += FAULT(FAULT_BLOB_FSYNC);
	return NULL;
}

static void threads_share_the_count(void **state)
{
	(void)state;
	pthread_t threads[4];
	int counts[4] = {0};
	fault_armed[FAULT_BLOB_FSYNC] = 5000;
	for (int i = 0; i < 4; i++)
		pthread_create(&threads[i], NULL, count_fires, &counts[i]);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(counts[0] + counts[1] + counts[2] + counts[3], 5000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_unarmed_point_never_fires),
		cmocka_unit_test(an_armed_point_fires_as_often_as_armed_and_alone),
		cmocka_unit_test(threads_share_the_count),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
