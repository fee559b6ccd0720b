/* Many writers at once: groups, failures, re-runs, and what a crash may take. */
#include "store_fixture.h"

#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "base/clock.h"
#include "base/fault.h"
#include "store/engine.h"

static const char *database;
static struct store *store;
static struct arena *arena;
static struct err err;

static int setup(void **state)
{
	(void)state;
	database = fixture_database(test_engine);
	store = fixture_store(database);
	arena = arena_new();
	err = err_in(arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	disarm_faults();
	store_free(store);
	arena_free(arena);
	return 0;
}

/* ---- threads like those of requests: many, with small stacks ---- */

struct worker {
	pthread_t thread;
	int number;
	enum tx_kind kind;
	tx_fn fn;
	int n_repeats;
	int n_of[INTERNAL + 1]; /* results */
};

static void *run_worker(void *context)
{
	struct worker *w = context;
	struct arena *a = arena_new();
	for (int i = 0; i < w->n_repeats; i++) {
		struct err e = err_in(a);
		enum rc rc = tx_run(store, w->kind, 1, w->fn, w, &e);
		w->n_of[rc == OK ? e.rc : rc]++;
	}
	arena_free(a);
	return NULL;
}

static void start(struct worker *workers, int n, enum tx_kind kind, tx_fn fn, int n_repeats)
{
	pthread_attr_t small;
	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, (size_t)100 * 1024);
	for (int i = 0; i < n; i++) {
		workers[i] = (struct worker){
			.number = i, .kind = kind, .fn = fn, .n_repeats = n_repeats};
		assert_int_equal(
			pthread_create(&workers[i].thread, &small, run_worker, &workers[i]), 0);
	}
	pthread_attr_destroy(&small);
}

static int join(struct worker *workers, int n, enum rc counted)
{
	int count = 0;
	for (int i = 0; i < n; i++) {
		pthread_join(workers[i].thread, NULL);
		count += workers[i].n_of[counted];
	}
	return count;
}

static int64_t read_int(int st, const struct value *params)
{
	struct db *db;
	int64_t n = -1;
	err_clear(&err);
	assert_int_equal(db_acquire(store, &db, &err), OK);
	assert_int_equal(run_int(db, st, params, &n, &err), OK);
	db_release(db);
	return n;
}

static int64_t n_notes(void)
{
	const struct value params[] = {INT(1)};
	return read_int(ST_NOTE_COUNT, params);
}

/* ---- capacity ---- */

enum { CAPACITY = 500, N_THREADS = 64, N_TRIES = 12 }; /* 768 for 500 */

static enum rc make_slot(struct tx *tx, void *arg, struct err *e)
{
	(void)arg;
	const struct value params[] = {INT(1), INT(1), INT(CAPACITY)};
	return run(tx_db(tx), ST_SLOT_INSERT, params, e);
}

static enum rc book(struct tx *tx, void *arg, struct err *e)
{
	(void)arg;
	int64_t n_changed = 0;
	const struct value slot[] = {INT(tx_event_id(tx)), INT(1)};
	TRY(statement_run(
		tx_db(tx), statement_table[ST_SLOT_TAKE], slot, NULL, NULL, &n_changed, e));
	if (n_changed == 0)
		return err_set(e, CONFLICT, "All places are taken");
	int64_t id = tx_id(tx);
	const struct value booking[] = {INT(tx_event_id(tx)), INT(id), INT(1), INT(id)};
	return run(tx_db(tx), ST_BOOKING_INSERT, booking, e);
}

static void sell(enum tx_kind kind)
{
	static struct worker workers[N_THREADS];
	const struct value slot[] = {INT(1), INT(1)};
	assert_int_equal(tx_run(store, TX_NORMAL, 1, make_slot, NULL, &err), OK);
	start(workers, N_THREADS, kind, book, N_TRIES);
	int n_sold = join(workers, N_THREADS, OK);
	int n_refused = 0;
	int n_busy = 0;
	for (int i = 0; i < N_THREADS; i++) {
		n_refused += workers[i].n_of[CONFLICT];
		n_busy += workers[i].n_of[BUSY];
	}
	assert_int_equal(n_sold + n_refused + n_busy, N_THREADS * N_TRIES);
	assert_int_equal(read_int(ST_SLOT_TAKEN, slot), n_sold);
	assert_int_equal(read_int(ST_BOOKING_COUNT, slot), n_sold);
	/* Through the queue nobody is turned away for nothing. */
	assert_true(kind == TX_NORMAL || (n_busy == 0 && n_sold == CAPACITY));
	assert_true(n_sold <= CAPACITY);
	assert_true(n_busy == 0 || test_engine == ENGINE_POSTGRES);
}

static void hot_places_are_never_sold_twice(void **state)
{
	(void)state;
	sell(TX_HOT);
}

static void places_are_never_sold_twice_beside_the_queue_either(void **state)
{
	(void)state;
	sell(TX_NORMAL);
}

static enum rc be_the_first(struct tx *tx, void *arg, struct err *e)
{
	const struct worker *w = arg;
	int64_t n = 0;
	const struct value event[] = {INT(1)};
	TRY(run_int(tx_db(tx), ST_NOTE_COUNT, event, &n, e));
	if (n > 0)
		return err_set(e, CONFLICT, "There is one already");
	const struct value note[] = {INT(1), INT(w->number), TEXT("first"), REAL(0), INT(0)};
	return run(tx_db(tx), ST_NOTE_INSERT, note, e);
}

static void a_write_sees_the_database_as_if_it_ran_alone(void **state)
{
	(void)state;
	static struct worker workers[16];
	start(workers, 16, TX_NORMAL, be_the_first, 1);
	assert_int_equal(join(workers, 16, OK), 1);
	assert_int_equal(n_notes(), 1);
}

/* ---- groups ---- */

static _Atomic int n_awaited;
static _Atomic bool is_held;

/* Keeps the writer until the jobs that shall be in its group are queued. */
static enum rc wait_for_others(struct tx *tx, void *arg, struct err *e)
{
	(void)tx;
	(void)arg;
	(void)e;
	atomic_store(&is_held, true);
	while (writer_counts(store->writer).n_queued < (unsigned)atomic_load(&n_awaited))
		sched_yield();
	atomic_store(&n_awaited, 0); /* a re-run does not wait again */
	return OK;
}

static enum rc insert_own(struct tx *tx, void *arg, struct err *e)
{
	const struct worker *w = arg;
	const struct value note[] = {INT(1), INT(w->number), TEXT("own"), REAL(0), INT(0)};
	return run(tx_db(tx), ST_NOTE_INSERT, note, e);
}

static void hold_writer(struct worker *first, int n, tx_fn fn)
{
	atomic_store(&n_awaited, n);
	atomic_store(&is_held, false);
	start(first, 1, TX_HOT, fn, 1);
	while (!atomic_load(&is_held))
		sched_yield();
}

/* The first holds the writer, then n jobs of fn are one group with it. */
static void run_as_group(struct worker *first, struct worker *workers, int n, tx_fn fn)
{
	hold_writer(first, n, wait_for_others);
	start(workers, n, TX_HOT, fn, 1);
}

static void writes_that_wait_together_are_committed_together(void **state)
{
	(void)state;
	static struct worker first[1], workers[50];
	struct writer_counts before = writer_counts(store->writer);
	run_as_group(first, workers, 50, insert_own);
	assert_int_equal(join(workers, 50, OK), 50);
	assert_int_equal(join(first, 1, OK), 1);
	struct writer_counts after = writer_counts(store->writer);
	assert_int_equal(after.n_jobs - before.n_jobs, 51);
	assert_int_equal(after.n_commits - before.n_commits, 1);
	assert_int_equal(n_notes(), 50);
}

static enum rc fail_two_of_three(struct tx *tx, void *arg, struct err *e)
{
	const struct worker *w = arg;
	TRY(insert_own(tx, arg, e));
	if (w->number % 3 == 1)
		return err_set(e, GONE, "Changed my mind");
	if (w->number % 3 == 2)
		return insert_own(tx, arg, e);
	return OK;
}

static void a_failing_write_takes_back_only_itself(void **state)
{
	(void)state;
	static struct worker first[1], workers[48];
	run_as_group(first, workers, 48, fail_two_of_three);
	assert_int_equal(join(workers, 48, OK), 16);
	join(first, 1, OK);
	for (int i = 0; i < 48; i++) {
		static const enum rc expected[] = {OK, GONE, CONFLICT};
		assert_int_equal(workers[i].n_of[expected[i % 3]], 1);
	}
	assert_int_equal(n_notes(), 16);
}

static enum rc wait_and_arm(struct tx *tx, void *arg, struct err *e)
{
	TRY(wait_for_others(tx, arg, e));
	arm_fault(FAULT_STORE_COMMIT, 1);
	return OK;
}

static void a_failed_commit_reaches_every_caller(void **state)
{
	(void)state;
	static struct worker first[1], workers[20];
	uint64_t changes = store_event_changes(store, 1);
	hold_writer(first, 20, wait_and_arm);
	start(workers, 20, TX_HOT, fail_two_of_three, 1);
	assert_int_equal(join(workers, 20, INTERNAL), 20);
	assert_int_equal(join(first, 1, INTERNAL), 1);
	/* This one took place, so the caches had to hear of it. */
	assert_int_equal(n_notes(), 7);
	assert_true(store_event_changes(store, 1) > changes);

	struct worker next = {.number = 100};
	err_clear(&err);
	assert_int_equal(tx_run(store, TX_HOT, 1, insert_own, &next, &err), OK);
}

static void a_failed_commit_beside_the_queue_is_reported_and_not_repeated(void **state)
{
	(void)state;
	struct worker w = {.number = 1};
	arm_fault(FAULT_STORE_COMMIT, 1);
	assert_int_equal(tx_run(store, TX_NORMAL, 1, insert_own, &w, &err), INTERNAL);
	assert_int_equal(n_notes(), 1);
	w.number = 2;
	assert_int_equal(tx_run(store, TX_NORMAL, 1, insert_own, &w, &err), OK);
}

/* ---- re-runs ---- */

struct attempts {
	int n;
	int64_t now_ms[8];
	int n_failing;
};

static enum rc count_attempts(struct tx *tx, void *arg, struct err *e)
{
	struct attempts *t = arg;
	struct worker w = {.number = 1};
	if (t->n < 8)
		t->now_ms[t->n] = tx_now_ms(tx);
	if (t->n++ < t->n_failing)
		arm_fault(FAULT_STORE_BUSY, 1);
	return insert_own(tx, &w, e);
}

static void a_serialisation_failure_is_run_again(void **state)
{
	(void)state;
	for (int kind = TX_NORMAL; kind <= TX_HOT; kind++) {
		struct attempts t = {.n_failing = 3};
		int64_t expected = n_notes();
		assert_int_equal(tx_run(store, (enum tx_kind)kind, 1, count_attempts, &t, &err),
			kind == TX_NORMAL ? OK : CONFLICT);
		assert_int_equal(t.n, 4);
		assert_true(t.now_ms[0] > 0);
		for (int i = 1; i < 4; i++)
			assert_int_equal(t.now_ms[i], t.now_ms[0]);
		/* Nothing of the failures is left in the error. */
		assert_int_equal(err.rc, kind == TX_NORMAL ? OK : CONFLICT);
		assert_int_equal(n_notes(), expected + (kind == TX_NORMAL));
	}
}

static void endless_serialisation_failures_end_in_busy(void **state)
{
	(void)state;
	for (int kind = TX_NORMAL; kind <= TX_HOT; kind++) {
		struct attempts t = {.n_failing = 1000000};
		int64_t start_ms = clock_elapsed_ms();
		err_clear(&err);
		assert_int_equal(
			tx_run(store, (enum tx_kind)kind, 1, count_attempts, &t, &err), BUSY);
		assert_int_equal(err.rc, BUSY);
		assert_non_null(err.message);
		int64_t took_ms = clock_elapsed_ms() - start_ms;
		assert_in_range((uintmax_t)took_ms, RETRY_FOR_MS, RETRY_FOR_MS + 4000);
		assert_true(t.n > 5);
		assert_int_equal(n_notes(), 0);
	}
}

static enum rc fail_the_tenth_once(struct tx *tx, void *arg, struct err *e)
{
	struct worker *w = arg;
	if (w->number == 10 && w->n_of[NOT_FOUND]++ == 0)
		arm_fault(FAULT_STORE_BUSY, 1);
	return insert_own(tx, arg, e);
}

static void a_group_that_meets_a_serialisation_failure_is_run_one_by_one(void **state)
{
	(void)state;
	static struct worker first[1], workers[30];
	run_as_group(first, workers, 30, fail_the_tenth_once);
	assert_int_equal(join(workers, 30, OK), 30);
	assert_int_equal(join(first, 1, OK), 1);
	assert_true(writer_counts(store->writer).n_reruns > 0);
	assert_int_equal(n_notes(), 30);
}

/* ---- what caches hear ---- */

static enum rc only_read(struct tx *tx, void *arg, struct err *e)
{
	int64_t *n = arg;
	const struct value event[] = {INT(1)};
	return run_int(tx_db(tx), ST_NOTE_COUNT, event, n, e);
}

static void changes_of_an_event_are_counted(void **state)
{
	(void)state;
	int64_t n = -1;
	struct worker w = {.number = 1};
	uint64_t mine = store_event_changes(store, 1);
	uint64_t other = store_event_changes(store, 2);
	assert_int_equal(tx_run(store, TX_NORMAL, 1, only_read, &n, &err), OK);
	assert_int_equal(n, 0);
	assert_int_equal(store_event_changes(store, 1), mine);
	assert_int_equal(tx_run(store, TX_NORMAL, 1, insert_own, &w, &err), OK);
	assert_int_equal(store_event_changes(store, 1), mine + 1);
	assert_int_equal(tx_run(store, TX_NORMAL, 1, insert_own, &w, &err), CONFLICT);
	assert_int_equal(store_event_changes(store, 1), mine + 1);
	assert_int_equal(store_event_changes(store, 2), other);
}

/* ---- a crash ---- */

static int acknowledgements; /* a pipe to the parent */

static void *insert_and_tell(void *context)
{
	struct worker *w = context;
	struct arena *a = arena_new();
	for (int32_t id = w->number;; id += 8) {
		struct err e = err_in(a);
		struct worker own = {.number = id};
		enum tx_kind kind = w->number % 2 ? TX_HOT : TX_NORMAL;
		if (tx_run(store, kind, 1, insert_own, &own, &e) != OK ||
			write(acknowledgements, &id, sizeof id) != sizeof id)
			_exit(1);
		arena_reset(a);
	}
	return NULL;
}

static void write_until_killed(void)
{
	static struct worker workers[8];
	store = fixture_store(database);
	for (int i = 0; i < 8; i++) {
		workers[i].number = i;
		pthread_create(&workers[i].thread, NULL, insert_and_tell, &workers[i]);
	}
	for (;;)
		pause();
}

static void a_killed_process_loses_no_acknowledged_row(void **state)
{
	(void)state;
	enum { N_ACKNOWLEDGED = 300 };
	static int32_t ids[20000];
	int ends[2];
	int n = 0;
	store_free(store);
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		acknowledgements = ends[1];
		write_until_killed();
	}
	close(ends[1]);
	while (n < 20000 && read(ends[0], &ids[n], sizeof ids[0]) == sizeof ids[0]) {
		n++;
		if (n == N_ACKNOWLEDGED)
			kill(child, SIGKILL);
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	close(ends[0]);
	assert_true(n >= N_ACKNOWLEDGED);

	store = fixture_store(database);
	struct db *db;
	assert_int_equal(db_acquire(store, &db, &err), OK);
	for (int i = 0; i < n; i++) {
		const struct value params[] = {INT(1), INT(ids[i])};
		int64_t id = -1;
		assert_int_equal(run_int(db, ST_NOTE_EXISTS, params, &id, &err), OK);
		assert_int_equal(id, ids[i]);
	}
	db_release(db);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(hot_places_are_never_sold_twice),
		TEST(places_are_never_sold_twice_beside_the_queue_either),
		TEST(a_write_sees_the_database_as_if_it_ran_alone),
		TEST(writes_that_wait_together_are_committed_together),
		TEST(a_failing_write_takes_back_only_itself),
		TEST(a_failed_commit_reaches_every_caller),
		TEST(a_failed_commit_beside_the_queue_is_reported_and_not_repeated),
		TEST(a_serialisation_failure_is_run_again),
		TEST(endless_serialisation_failures_end_in_busy),
		TEST(a_group_that_meets_a_serialisation_failure_is_run_one_by_one),
		TEST(changes_of_an_event_are_counted),
		TEST(a_killed_process_loses_no_acknowledged_row),
	};
	return run_on_both("writes", tests, sizeof tests / sizeof *tests);
}
