/* What an event's rows say of who fits what, in the demo, with the eyes of its two chairs. */
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "app.h"
#include "base/clock.h"
#include "base/log.h"
#include "config.h"
#include "demo/demo.h"
#include "domain/bid.h"
#include "planning/affinity_load.h"

enum { N_STATEMENTS = 7 };

static struct arena *a;
static struct app app;
static struct event event;
static char directory[] = "/tmp/affinity.XXXXXX";

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st;
	(void)kind;
	(void)ftw;
	return remove(path);
}

static int set_up(void **state)
{
	static struct config config;
	struct err err;
	struct db *db;
	char *arguments[] = {(char[]){"--data"}, directory};
	int rest;

	(void)state;
	a = arena_new();
	err = err_in(a);
	log_set_level(LOG_ERROR);
	assert_non_null(mkdtemp(directory));
	assert_int_equal(config_read(a, 2, arguments, &config, &rest, &err), OK);
	assert_int_equal(app_open(a, &config, &app, &err), OK);
	assert_int_equal(demo_make(&app, a, DEMO_REVIEW, INT64_C(1809172800000), &err), OK);
	assert_int_equal(db_acquire(app.store, &db, &err), OK);
	assert_int_equal(event_load(db, a, "empathy", &event, &err), OK);
	db_release(db);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	app_close(&app);
	nftw(directory, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	arena_free(a);
	return 0;
}

/* ---- the board as somebody has it ---- */

struct board {
	struct actor actor;
	struct q_assignment_board *works;
	struct q_reviewers_of_event *reviewers;
	size_t n_works, n_reviewers;
	int64_t *work_ids, *reviewer_ids;
	struct affinity_load load;
	const struct affinity *affinity;
	int32_t *all;
};

static int64_t person_of(struct db *db, const char *name)
{
	struct q_people_with_roles *rows;
	struct q_person_by_code person = {0};
	struct err err = err_in(a);
	size_t n;

	assert_int_equal(q_people_with_roles(db, a,
				 &(struct q_people_with_roles_in){.event_id = event.row.id}, &rows,
				 &n, &err),
		OK);
	for (size_t i = 0; i < n; i++)
		if (text_equal(rows[i].name, name))
			assert_int_equal(
				q_person_by_code(db, a,
					&(struct q_person_by_code_in){
						.event_id = event.row.id, .code = rows[i].code},
					&person, &err),
				OK);
	assert_true(person.id);
	return person.id;
}

static void read_ids(struct db *db, struct board *b)
{
	int64_t event_id = event.row.id, actor_id = b->actor.person_id, roles = b->actor.roles;
	struct err err = err_in(a);

	assert_int_equal(
		q_assignment_board(db, a,
			&(struct q_assignment_board_in){
				.event_id = event_id, .actor_id = actor_id, .actor_roles = roles},
			&b->works, &b->n_works, &err),
		OK);
	assert_int_equal(
		q_reviewers_of_event(db, a,
			&(struct q_reviewers_of_event_in){
				.event_id = event_id, .actor_id = actor_id, .actor_roles = roles},
			&b->reviewers, &b->n_reviewers, &err),
		OK);
	b->work_ids = ARENA_ARRAY(a, b->n_works, int64_t);
	b->reviewer_ids = ARENA_ARRAY(a, b->n_reviewers, int64_t);
	for (size_t i = 0; i < b->n_works; i++)
		b->work_ids[i] = b->works[i].id;
	for (size_t i = 0; i < b->n_reviewers; i++)
		b->reviewer_ids[i] = b->reviewers[i].id;
}

static struct board board_of(size_t chair)
{
	struct board b = {0};
	struct err err = err_in(a);
	struct db *db;

	assert_int_equal(db_acquire(app.store, &db, &err), OK);
	b.actor = (struct actor){
		.person_id = person_of(db, demo_people[chair].name), .roles = ROLE_CHAIR};
	read_ids(db, &b);
	unsigned before = db_n_statements(db);
	assert_int_equal(
		affinity_load(db, a, event.row.id, &b.actor, b.work_ids, (uint32_t)b.n_works,
			b.reviewer_ids, (uint32_t)b.n_reviewers, &b.load, &err),
		OK);
	assert_int_equal(db_n_statements(db) - before, N_STATEMENTS);
	db_release(db);
	b.affinity = affinity_prepare(a, &b.load.input);
	b.all = ARENA_ARRAY(a, b.n_works * b.n_reviewers, int32_t);
	affinity_fill(b.affinity, b.all);
	return b;
}

static uint32_t work_at(const struct board *b, const char *title)
{
	for (uint32_t i = 0; i < b->n_works; i++)
		if (strncmp(b->works[i].title, title, strlen(title)) == 0)
			return i;
	fail_msg("no work begins with %s", title);
	return 0;
}

static uint32_t reviewer_at(const struct board *b, const char *name)
{
	for (uint32_t i = 0; i < b->n_reviewers; i++)
		if (strncmp(b->reviewers[i].name, name, strlen(name)) == 0)
			return i;
	fail_msg("no reviewer is called %s", name);
	return 0;
}

/* ---- tests ---- */

static void who_fits_is_told_with_words_themes_and_bid(void **state)
{
	struct board b = board_of(CAST_CHAIR);
	uint32_t work = work_at(&b, "The second conversation"), giulia = reviewer_at(&b, "Giulia");
	struct affinity_story story;
	size_t n_bids = 0;

	(void)state;
	affinity_load_explain(a, &b.load, b.affinity, work, giulia, &story);
	/* She works in a hospice, and has told so herself. */
	assert_true(story.is_profile);
	assert_null(story.nearest);
	assert_true(story.reason.n_words > 0);
	bool has_hospice = false;
	for (size_t i = 0; i < story.reason.n_words; i++)
		has_hospice |= text_equal(story.reason.words[i], "hospice");
	assert_true(has_hospice);
	assert_int_equal(story.reason.n_themes, 2);
	assert_string_equal(story.themes[0]->code, "teaching");
	assert_string_equal(story.themes[1]->code, "policy");
	assert_int_equal(story.reason.affinity, b.all[work * b.n_reviewers + giulia]);
	for (uint32_t w = 0; w < b.n_works; w++) {
		affinity_load_explain(a, &b.load, b.affinity, w, giulia, &story);
		n_bids += story.bid != NULL;
	}
	assert_true(n_bids > 3 && n_bids < b.n_works);
}

static void the_expert_stands_before_others_who_said_as_much(void **state)
{
	struct board b = board_of(CAST_CHAIR);
	uint32_t work = work_at(&b, "The second conversation"), giulia = reviewer_at(&b, "Giulia");
	struct affinity_story hers, theirs;

	(void)state;
	affinity_load_explain(a, &b.load, b.affinity, work, giulia, &hers);
	for (uint32_t r = 0; r < b.n_reviewers; r++) {
		affinity_load_explain(a, &b.load, b.affinity, work, r, &theirs);
		if (r != giulia && theirs.reason.text >= 0)
			assert_true(hers.reason.text > theirs.reason.text);
	}
}

static void somebody_who_told_nothing_is_still_possible(void **state)
{
	struct board b = board_of(CAST_CHAIR);
	struct affinity_story story;

	(void)state;
	affinity_load_explain(a, &b.load, b.affinity, 0, reviewer_at(&b, "Aurélie"), &story);
	assert_int_equal(story.reason.text, AFFINITY_UNTOLD);
	assert_int_equal(story.reason.theme, AFFINITY_UNTOLD);
	assert_null(story.bid);
	assert_true(story.reason.affinity > 0);
}

/* Of work that is theirs a chair learns nothing, not even how rare its words are. */
static void a_chairs_own_work_is_not_there(void **state)
{
	struct board first = board_of(CAST_CHAIR), second = board_of(CAST_SECOND_CHAIR);
	int64_t own = first.work_ids[work_at(&first, "Permission to sit down")];
	struct affinity_load load;
	struct err err = err_in(a);
	struct db *db;

	(void)state;
	assert_true(second.load.n_texts < first.load.n_texts);
	for (size_t i = 0; i < second.load.n_texts; i++)
		assert_true(second.load.texts[i].id != own);
	assert_true(second.load.input.n_wishes < first.load.input.n_wishes);
	assert_int_equal(db_acquire(app.store, &db, &err), OK);
	assert_int_equal(affinity_load(db, a, event.row.id, &second.actor, &own, 1,
				 second.reviewer_ids, (uint32_t)second.n_reviewers, &load, &err),
		NOT_FOUND);
	db_release(db);
}

static void a_conflict_takes_a_work_out_of_the_reckoning(void **state)
{
	struct board before = board_of(CAST_CHAIR);
	struct submission s = {.row = {.id = before.work_ids[0], .code = before.works[0].code}};
	struct err err = err_in(a);

	(void)state;
	assert_int_equal(
		tx_run(app.store, TX_NORMAL, event.row.id, conflict_declare,
			&(struct conflict_declare){
				.actor = &before.actor, .submission = &s, .reason = "other"},
			&err),
		OK);
	struct board after = board_of(CAST_CHAIR);
	assert_int_equal(after.n_works, before.n_works - 1);
	assert_int_equal(after.load.n_texts, before.load.n_texts - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_fits_is_told_with_words_themes_and_bid),
		cmocka_unit_test(the_expert_stands_before_others_who_said_as_much),
		cmocka_unit_test(somebody_who_told_nothing_is_still_possible),
		cmocka_unit_test(a_chairs_own_work_is_not_there),
		cmocka_unit_test(a_conflict_takes_a_work_out_of_the_reckoning),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
