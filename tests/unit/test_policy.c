/*
 * The policy against a table written by hand: who learns what of a submission, and from when. The
 * table is not made from the code; when the two differ, somebody has to think.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "domain/policy.h"

/* One letter a document, in their order. */
static const char letters[N_DOCUMENTS + 1] = "OTANHRVCD";

/* The life of a submission. Double-blind, unless it says otherwise. */
enum { DRAFT, LIVE, OPEN, WITHDRAWN, REJECTED, ACCEPTED, PUBLISHED, BIDDING, N_PHASES };

static const struct {
	const char *name;
	unsigned facts;
} phases[N_PHASES] = {
	[DRAFT] = {"draft", 0},
	[LIVE] = {"live", FACT_SENT | FACT_LIVE},
	[OPEN] = {"live, not blind", FACT_SENT | FACT_LIVE | FACT_UNBLINDED},
	[WITHDRAWN] = {"withdrawn", FACT_SENT},
	[REJECTED] = {"rejected", FACT_SENT | FACT_LIVE | FACT_RELEASED},
	[ACCEPTED] = {"accepted", FACT_SENT | FACT_LIVE | FACT_RELEASED | FACT_ACCEPTED},
	[PUBLISHED] = {"published",
		FACT_SENT | FACT_LIVE | FACT_RELEASED | FACT_ACCEPTED | FACT_PUBLISHED},
	[BIDDING] = {"live, while reviewers bid", FACT_SENT | FACT_LIVE | FACT_BIDDING},
};

/* Outline, Text, Authors, Note, History, Reviewers, reViews, to Chairs, Decision. */
static const struct {
	const char *who;
	unsigned relations;
	const char *learns[N_PHASES];
} table[] = {
	{"a stranger", 0, {"", "", "", "", "", "", "TA", ""}},
	{"desk, catering, treasurer, facilitator, attendee",
		ROLE_DESK | ROLE_CATERING | ROLE_TREASURER | ROLE_FACILITATOR | ROLE_ATTENDEE,
		{"", "", "", "", "", "", "TA", ""}},
	{"an author of something else", ROLE_AUTHOR, {"", "", "", "", "", "", "TA", ""}},
	{"its author", ROLE_AUTHOR | REL_AUTHOR,
		{"TAN", "TANH", "TANH", "TANH", "TANHVD", "TANHVD", "TANHVD", "TANH"}},
	{"the browser that wrote it", REL_CLAIM,
		{"TAN", "TAN", "TAN", "TAN", "TAN", "TAN", "TAN", "TAN"}},
	{"a reviewer of other works", ROLE_REVIEWER, {"", "", "", "", "", "", "TA", "O"}},
	{"its reviewer", ROLE_REVIEWER | REL_ASSIGNED, {"", "T", "TA", "", "T", "T", "TA", "OT"}},
	{"its reviewer, whose review is in", ROLE_REVIEWER | REL_ASSIGNED | REL_REVIEWED,
		{"", "TV", "TAV", "", "TV", "TV", "TAV", "OTV"}},
	{"a reviewer in conflict", ROLE_REVIEWER | REL_CONFLICT,
		{"", "", "", "", "", "", "TA", ""}},
	{"one in conflict since the review",
		ROLE_REVIEWER | REL_ASSIGNED | REL_REVIEWED | REL_CONFLICT,
		{"", "", "", "", "", "", "TA", ""}},
	{"a chair", ROLE_CHAIR,
		{"", "TANHRVCD", "TANHRVCD", "TANHRVCD", "TANHRVCD", "TANHRVCD", "TANHRVCD",
			"TANHRVCD"}},
	{"a chair who reviews it", ROLE_CHAIR | REL_ASSIGNED,
		{"", "TANHRVCD", "TANHRVCD", "TANHRVCD", "TANHRVCD", "TANHRVCD", "TANHRVCD",
			"TANHRVCD"}},
	{"a chair in conflict", ROLE_CHAIR | REL_CONFLICT, {"", "", "", "", "", "TA", "TA", ""}},
	{"a chair and organiser in conflict", ROLE_CHAIR | ROLE_ORGANISER | REL_CONFLICT,
		{"", "", "", "", "", "TA", "TA", ""}},
	{"a chair who is its author", ROLE_CHAIR | ROLE_AUTHOR | REL_AUTHOR,
		{"TAN", "TANH", "TANH", "TANH", "TANHVD", "TANHVD", "TANHVD", "TANH"}},
	{"a chair who is its author and, by mistake, its reviewer",
		ROLE_CHAIR | ROLE_REVIEWER | REL_AUTHOR | REL_ASSIGNED | REL_REVIEWED,
		{"TAN", "TANH", "TANH", "TANH", "TANHVD", "TANHVD", "TANHVD", "TANH"}},
	{"an organiser", ROLE_ORGANISER, {"", "TA", "TA", "TA", "TAD", "TAD", "TAD", "TA"}},
	{"an organiser who reviews it", ROLE_ORGANISER | ROLE_REVIEWER | REL_ASSIGNED,
		{"", "T", "TA", "T", "TD", "TAD", "TAD", "OT"}},
	{"an organiser in conflict", ROLE_ORGANISER | REL_CONFLICT,
		{"", "", "", "", "", "TA", "TA", ""}},
	{"an organiser who is its author", ROLE_ORGANISER | REL_AUTHOR,
		{"TAN", "TANH", "TANH", "TANH", "TANHVD", "TANHVD", "TANHVD", "TANH"}},
};

static void learnt(unsigned relations, unsigned facts, char out[N_DOCUMENTS + 1])
{
	size_t n = 0;

	for (int document = 0; document < N_DOCUMENTS; document++)
		if (policy_may_see((enum document)document, relations, facts))
			out[n++] = letters[document];
	out[n] = '\0';
}

static void everybody_learns_what_the_table_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		for (size_t p = 0; p < N_PHASES; p++) {
			char found[N_DOCUMENTS + 1];
			learnt(table[i].relations, phases[p].facts, found);
			if (!text_equal(found, table[i].learns[p]))
				fail_msg("%s, %s: learns \"%s\" instead of \"%s\"", table[i].who,
					phases[p].name, found, table[i].learns[p]);
		}
	}
}

/* ---- laws, for every combination there is ---- */

static const unsigned relation_bits[] = {ROLE_ORGANISER, ROLE_CHAIR, ROLE_REVIEWER, ROLE_DESK,
	REL_AUTHOR, REL_CLAIM, REL_ASSIGNED, REL_REVIEWED, REL_CONFLICT};

enum { N_RELATIONS = 1 << 9, N_FACTS = 1 << 7 };

static unsigned relations_of(unsigned chosen)
{
	unsigned relations = 0;

	for (size_t i = 0; i < sizeof(relation_bits) / sizeof(relation_bits[0]); i++)
		if (chosen >> i & 1)
			relations |= relation_bits[i];
	return relations;
}

static bool breaks_a_law(unsigned r, unsigned f)
{
	bool is_free_chair = (r & ROLE_CHAIR) && !(r & (REL_AUTHOR | REL_CONFLICT));
	bool has_declined = (r & REL_REVIEWED) && !(r & REL_ASSIGNED);
	bool is_public = (f & FACT_ACCEPTED) && (f & FACT_PUBLISHED);
	bool only_reviews = !(r & (ROLE_CHAIR | ROLE_ORGANISER | REL_AUTHOR | REL_CLAIM));

	if (policy_may_see(DOC_OUTLINE, r, f) &&
		(!(r & ROLE_REVIEWER) || (r & (REL_AUTHOR | REL_CONFLICT)) ||
			(f & (FACT_LIVE | FACT_BIDDING)) != (FACT_LIVE | FACT_BIDDING)))
		return true;
	if (policy_may_see(DOC_REVIEWERS, r, f) && !is_free_chair)
		return true;
	if (policy_may_see(DOC_TO_CHAIRS, r, f) && !is_free_chair)
		return true;
	if (policy_may_see(DOC_DECISION, r, f) && !is_free_chair && !(f & FACT_RELEASED))
		return true;
	if (policy_may_see(DOC_REVIEWS, r, f) && (r & REL_AUTHOR) && !(f & FACT_RELEASED))
		return true;
	if (policy_may_see(DOC_REVIEWS, r, f) && !is_free_chair &&
		!(r & (REL_AUTHOR | REL_REVIEWED)))
		return true;
	if (policy_may_see(DOC_AUTHORS, r, f) && only_reviews && !(f & FACT_UNBLINDED) &&
		!is_public)
		return true;
	/* A draft is its authors' alone. */
	if (policy_may_see(DOC_TEXT, r, f) && !(f & (FACT_SENT | FACT_LIVE)) && !is_public &&
		!(r & (REL_AUTHOR | REL_CLAIM)))
		return true;
	/* Whoever learns anything may read the text; a reviewer who declined reaches no page of it.
	 */
	for (int document = DOC_TEXT + 1; document < N_DOCUMENTS; document++)
		if (policy_may_see((enum document)document, r, f) && (f & FACT_LIVE) &&
			(f & FACT_SENT) && !policy_may_see(DOC_TEXT, r, f) && !has_declined)
			return true;
	return false;
}

static void no_combination_breaks_a_law(void **state)
{
	(void)state;
	for (unsigned chosen = 0; chosen < N_RELATIONS; chosen++)
		for (unsigned facts = 0; facts < N_FACTS; facts++)
			if (breaks_a_law(relations_of(chosen), facts))
				fail_msg("relations %x, facts %x", relations_of(chosen), facts);
}

/* ---- capabilities ---- */

static struct actor somebody(unsigned roles)
{
	return (struct actor){.account_id = 1, .person_id = 1, .roles = roles};
}

static const struct {
	int capability;
	unsigned roles; /* all that open it */
} wanted[] = {
	{CAP_EVENT_MANAGE, ROLE_ORGANISER},
	{CAP_SELECTION, ROLE_CHAIR},
	{CAP_SUBMISSIONS, ROLE_CHAIR | ROLE_ORGANISER},
	{CAP_REVIEW, ROLE_REVIEWER | ROLE_CHAIR},
	{CAP_PROGRAMME_EDIT, ROLE_ORGANISER | ROLE_CHAIR},
	{CAP_REGISTRATIONS, ROLE_ORGANISER | ROLE_TREASURER},
	{CAP_NEEDS, ROLE_ORGANISER | ROLE_CATERING},
	{CAP_BADGES, ROLE_ORGANISER | ROLE_DESK},
	{CAP_CHECKIN, ROLE_ORGANISER | ROLE_DESK},
	{CAP_OUTBOX, ROLE_ORGANISER},
	{CAP_PRINT, ROLE_ORGANISER | ROLE_CHAIR | ROLE_DESK | ROLE_TREASURER | ROLE_REVIEWER},
};

static void each_capability_opens_for_its_roles_alone(void **state)
{
	struct event event = {.row = {.is_published = 1}};

	(void)state;
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		for (unsigned role = 1; role <= ROLE_ATTENDEE; role <<= 1) {
			struct actor actor = somebody(role);
			enum rc rc = policy_capability(&actor, &event, wanted[i].capability);
			assert_int_equal(rc, role & wanted[i].roles ? OK : FORBIDDEN);
		}
}

static void an_unknown_capability_opens_for_nobody(void **state)
{
	struct event event = {.row = {.is_published = 1}};
	struct actor actor = somebody(~0u);

	(void)state;
	actor.is_operator = true;
	assert_int_equal(policy_capability(&actor, &event, 0), FORBIDDEN);
	assert_int_equal(policy_capability(&actor, &event, -1), FORBIDDEN);
	assert_int_equal(policy_capability(&actor, &event, N_CAPABILITIES), FORBIDDEN);
	assert_int_equal(policy_capability(&actor, NULL, CAP_EVENT_MANAGE), FORBIDDEN);
}

static void an_unpublished_event_exists_only_for_those_who_work_on_it(void **state)
{
	struct event event = {0};
	struct actor stranger = {0}, author = somebody(ROLE_AUTHOR | ROLE_ATTENDEE),
		     desk = somebody(ROLE_DESK);

	(void)state;
	for (int capability = CAP_PUBLIC; capability < N_CAPABILITIES; capability++) {
		assert_int_equal(policy_capability(&stranger, &event, capability), NOT_FOUND);
		assert_int_equal(policy_capability(&author, &event, capability), NOT_FOUND);
		assert_int_not_equal(policy_capability(&desk, &event, capability), NOT_FOUND);
	}
}

static void a_device_opens_the_door_and_nothing_else(void **state)
{
	struct event event = {.row = {.is_published = 1}};
	struct actor device = {.device_id = 1};

	(void)state;
	for (int capability = CAP_PUBLIC; capability < N_CAPABILITIES; capability++)
		assert_int_equal(policy_capability(&device, &event, capability),
			capability == CAP_CHECKIN ? OK : FORBIDDEN);
}

static void only_operators_create_events(void **state)
{
	struct actor organiser = somebody(ROLE_ORGANISER), operator= somebody(0), stranger = {0};

	(void)state;
	operator.is_operator = true;
	stranger.is_operator = true;
	assert_int_equal(policy_capability(&organiser, NULL, CAP_OPERATE), FORBIDDEN);
	assert_int_equal(policy_capability(&stranger, NULL, CAP_OPERATE), FORBIDDEN);
	assert_int_equal(policy_capability(&operator, NULL, CAP_OPERATE), OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everybody_learns_what_the_table_says),
		cmocka_unit_test(no_combination_breaks_a_law),
		cmocka_unit_test(each_capability_opens_for_its_roles_alone),
		cmocka_unit_test(an_unknown_capability_opens_for_nobody),
		cmocka_unit_test(an_unpublished_event_exists_only_for_those_who_work_on_it),
		cmocka_unit_test(a_device_opens_the_door_and_nothing_else),
		cmocka_unit_test(only_operators_create_events),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
