/* Files of allocation-1: what is read, what is refused and how it is named; and the CSV. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>
#include "optimise/allocate.h"

#define WORKSHOPS                                                                                  \
	"\"workshops\":[{\"id\":0,\"cls\":3,\"slot\":0,\"capacity\":5},"                           \
	"{\"id\":1,\"cls\":1,\"slot\":2,\"capacity\":0}]"
#define HEAD "{\"format\":\"allocation-1\",\"attendees\":2,"

static void test_everything_is_read(void **state)
{
	struct arena *a = arena_new();
	struct err err = err_in(a);
	struct allocate_problem p;

	(void)state;
	assert_int_equal(
		allocation_read(a,
			STR(HEAD WORKSHOPS ",\"want\":[2,0],\"slots\":4,\"preferences\":[[3,1],[]],"
					   "\"busy_slots\":[[],[3,0]],\"priority\":[1,0],\"codes\":"
					   "[\"A\",\"B\"]}"),
			&p, &err),
		OK);
	assert_int_equal(p.n_offerings, 2);
	assert_int_equal(p.offerings[0].class_id, 3);
	assert_int_equal(p.offerings[1].slot, 2);
	assert_int_equal(p.offerings[0].capacity, 5);
	assert_int_equal(p.n_slots, 4);
	assert_int_equal(p.n_classes, 4);
	assert_int_equal(p.attendees[0].want, 2);
	assert_int_equal(p.attendees[1].want, 0);
	assert_int_equal(p.attendees[0].n_wishes, 2);
	assert_int_equal(p.attendees[0].wishes[1], 1);
	assert_int_equal(p.attendees[1].busy, 9);
	assert_int_equal(p.attendees[0].priority, 1);
	assert_string_equal(p.attendees[1].code, "B");
	arena_free(a);
}

static void test_what_is_left_out_has_its_usual_value(void **state)
{
	struct arena *a = arena_new();
	struct err err = err_in(a);
	struct allocate_problem p;

	(void)state;
	assert_int_equal(
		allocation_read(a,
			STR(HEAD "\"workshops\":[{\"id\":0,\"slot\":0,\"capacity\":1},"
				 "{\"id\":1,\"slot\":2,\"capacity\":1}],\"preferences\":[[1],[0]],"
				 "\"busy_slots\":[[5],[2]]}"),
			&p, &err),
		OK);
	assert_int_equal(p.offerings[1].class_id, 1);
	assert_int_equal(p.n_slots, 3);
	assert_int_equal(p.attendees[0].want, 1);
	assert_int_equal(p.attendees[0].busy, 0); /* when there is nothing to miss */
	assert_int_equal(p.attendees[1].busy, 4);
	assert_null(p.attendees[0].code);
	arena_free(a);
}

static void test_what_is_wrong_is_named_by_its_key(void **state)
{
	static const struct {
		const char *json, *message;
	} cases[] = {
		{"{\"format\":\"review-1\"}", "format: \"allocation-1\" is wanted"},
		{"{\"format\":\"allocation-1\"}", "attendees: is missing"},
		{HEAD "\"workshops\":[{\"id\":1,\"slot\":0,\"capacity\":1}]}",
			"workshops[0].id: 1 is not the place in the list, which is 0"},
		{HEAD "\"workshops\":[{\"id\":0,\"slot\":64,\"capacity\":1}]}",
			"workshops[0].slot: 64 is more than 63"},
		{HEAD "\"slots\":2," WORKSHOPS "}", "workshops[1].slot: 2 is more than 1"},
		{HEAD "\"workshops\":[{\"id\":0,\"cls\":1,\"slot\":0,\"capacity\":1},"
		      "{\"id\":1,\"slot\":0,\"capacity\":1}]}",
			"workshops[1]: cls must be there for all workshops or for none"},
		{HEAD "\"workshops\":[{\"id\":0,\"slot\":0,\"capacity\":-1}]}",
			"workshops[0].capacity: -1 is less than 0"},
		{HEAD WORKSHOPS ",\"want\":9}", "want: 9 is more than 8"},
		{HEAD WORKSHOPS ",\"want\":[1]}", "want: has 1 entries for 2 attendees"},
		{HEAD WORKSHOPS "}", "preferences: is missing"},
		{HEAD WORKSHOPS ",\"preferences\":[[1]]}",
			"preferences: has 1 entries for 2 attendees"},
		{HEAD WORKSHOPS ",\"preferences\":[[1],[3,1,3]]}",
			"preferences[1][2]: class 3 is wished for twice"},
		{HEAD WORKSHOPS ",\"preferences\":[[1],[1.5]]}",
			"preferences[1][0]: a whole number is wanted"},
		{HEAD "\"slots\":3," WORKSHOPS ",\"preferences\":[[],[]],\"busy_slots\":[[],[3]]}",
			"busy_slots[1][0]: there are 3 slots"},
		{HEAD WORKSHOPS ",\"preferences\":[[],[]],\"priority\":[0,16]}",
			"priority[1]: 16 is more than 15"},
		{HEAD WORKSHOPS ",\"preferences\":[[],[]],\"codes\":[\"\",\"b\"]}",
			"codes[0]: a text of 1 to 100 bytes is wanted"},
		{HEAD WORKSHOPS ",\"preferences\":[[],[]],\"codes\":[\"b\",\"b\"]}",
			"codes: b is there twice"},
	};

	(void)state;
	for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
		struct arena *a = arena_new();
		struct err err = err_in(a);
		struct allocate_problem p;
		assert_int_equal(allocation_read(a, str_from(cases[k].json), &p, &err), INVALID);
		assert_string_equal(err.message, cases[k].message);
		arena_free(a);
	}
}

static void test_seats_are_written_as_csv(void **state)
{
	struct allocate_seat seats[] = {{0, 4, 2}, {12, 0, 1}};
	struct allocate_solution s = {.seats = seats, .n_seats = 2};
	struct buf b = buf_on_heap(1000);

	(void)state;
	allocation_write_csv(&s, &b);
	assert_string_equal(buf_cstr(&b), "attendee,offering\n0,4\n12,0\n");
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_everything_is_read),
		cmocka_unit_test(test_what_is_left_out_has_its_usual_value),
		cmocka_unit_test(test_what_is_wrong_is_named_by_its_key),
		cmocka_unit_test(test_seats_are_written_as_csv),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
