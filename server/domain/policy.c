/* The table behind policy.h, and the one loop that reads it. */
#include "domain/policy.h"

/* Any bit of `who`, none of `unless`, all bits of `when`. */
struct rule {
	enum document document;
	unsigned who;
	unsigned unless;
	unsigned when;
};

#define OWN_OR_CONFLICT (REL_AUTHOR | REL_CONFLICT)

static const struct rule rules[] = {
	/* Authors see their own work from the first word; the writing browser too. */
	{DOC_TEXT, REL_AUTHOR | REL_CLAIM, 0, 0},
	{DOC_AUTHORS, REL_AUTHOR | REL_CLAIM, 0, 0},
	{DOC_NOTE, REL_AUTHOR | REL_CLAIM, 0, 0},
	{DOC_HISTORY, REL_AUTHOR, 0, FACT_SENT},

	/* Chairs and organisers, from the moment it is sent, unless it is theirs or in conflict. */
	{DOC_TEXT, ROLE_CHAIR | ROLE_ORGANISER, OWN_OR_CONFLICT, FACT_SENT},
	{DOC_AUTHORS, ROLE_CHAIR, OWN_OR_CONFLICT, FACT_SENT},
	{DOC_AUTHORS, ROLE_ORGANISER, OWN_OR_CONFLICT | REL_ASSIGNED, FACT_SENT},
	{DOC_NOTE, ROLE_CHAIR, OWN_OR_CONFLICT, FACT_SENT},
	{DOC_HISTORY, ROLE_CHAIR, OWN_OR_CONFLICT, FACT_SENT},
	{DOC_REVIEWERS, ROLE_CHAIR, OWN_OR_CONFLICT, FACT_SENT},
	{DOC_REVIEWS, ROLE_CHAIR, OWN_OR_CONFLICT, FACT_SENT},
	{DOC_TO_CHAIRS, ROLE_CHAIR, OWN_OR_CONFLICT, FACT_SENT},
	{DOC_DECISION, ROLE_CHAIR, OWN_OR_CONFLICT, FACT_SENT},
	{DOC_DECISION, ROLE_ORGANISER, OWN_OR_CONFLICT, FACT_RELEASED},

	/* While bidding is open every reviewer reads what they might be given; authors never. */
	{DOC_OUTLINE, ROLE_REVIEWER, OWN_OR_CONFLICT, FACT_LIVE | FACT_BIDDING},

	/* Reviewers: the text once assigned; others' reviews only after their own is in. */
	{DOC_TEXT, REL_ASSIGNED, OWN_OR_CONFLICT, FACT_LIVE},
	{DOC_AUTHORS, REL_ASSIGNED, OWN_OR_CONFLICT, FACT_LIVE | FACT_UNBLINDED},
	{DOC_REVIEWS, REL_REVIEWED, OWN_OR_CONFLICT, FACT_LIVE},

	/* Authors learn the outcome and the comments meant for them at the release, not before. */
	{DOC_DECISION, REL_AUTHOR, 0, FACT_RELEASED},
	{DOC_REVIEWS, REL_AUTHOR, 0, FACT_RELEASED},

	/* Whoever makes the programme knows what is to be placed and who presents it: a conflict
	 * was about judging, and the judgement has been told. */
	{DOC_TEXT, ROLE_CHAIR | ROLE_ORGANISER, 0, FACT_ACCEPTED | FACT_LIVE},
	{DOC_AUTHORS, ROLE_CHAIR | ROLE_ORGANISER, 0, FACT_ACCEPTED | FACT_LIVE},

	/* Everybody: what stands in the published programme. */
	{DOC_TEXT, REL_ANYONE, 0, FACT_ACCEPTED | FACT_PUBLISHED},
	{DOC_AUTHORS, REL_ANYONE, 0, FACT_ACCEPTED | FACT_PUBLISHED},
};

bool policy_may_see(enum document document, unsigned relations, unsigned facts)
{
	unsigned who = relations | REL_ANYONE;

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		const struct rule *r = &rules[i];
		if (r->document == document && (who & r->who) && !(who & r->unless) &&
			(facts & r->when) == r->when)
			return true;
	}
	return false;
}

/* The roles that open a capability; 0: needs no role. */
static const unsigned capability_roles[N_CAPABILITIES] = {
	[CAP_EVENT_MANAGE] = ROLE_ORGANISER,
	[CAP_SELECTION] = ROLE_CHAIR,
	[CAP_SUBMISSIONS] = ROLE_CHAIR | ROLE_ORGANISER,
	[CAP_REVIEW] = ROLE_REVIEWER | ROLE_CHAIR,
	[CAP_PROGRAMME_EDIT] = ROLE_ORGANISER | ROLE_CHAIR,
	[CAP_REGISTRATIONS] = ROLE_ORGANISER | ROLE_TREASURER,
	[CAP_NEEDS] = ROLE_ORGANISER | ROLE_CATERING,
	[CAP_BADGES] = ROLE_ORGANISER | ROLE_DESK,
	[CAP_CHECKIN] = ROLE_ORGANISER | ROLE_DESK,
	[CAP_OUTBOX] = ROLE_ORGANISER,
	[CAP_PRINT] = ROLE_ORGANISER | ROLE_CHAIR | ROLE_DESK | ROLE_TREASURER | ROLE_REVIEWER,
};

#define ROLES_GIVEN (ROLE_AUTHOR - 1) /* every role that is granted, none that is derived */

/* An event that is not published exists only for those who work on it. */
static bool may_know_event(const struct actor *actor, const struct event *event)
{
	return !event || event->row.is_published || (actor->roles & ROLES_GIVEN) ||
	       actor->device_id;
}

enum rc policy_capability(const struct actor *actor, const struct event *event, int capability)
{
	if (!may_know_event(actor, event))
		return NOT_FOUND;
	switch (capability) {
	case CAP_PUBLIC:
	case CAP_SUBMIT:
		return actor->device_id ? FORBIDDEN : OK;
	case CAP_SELF:
		return actor->account_id ? OK : FORBIDDEN;
	case CAP_OPERATE:
		return actor->account_id && actor->is_operator ? OK : FORBIDDEN;
	default:
		break;
	}
	if (capability == CAP_CHECKIN && actor->device_id)
		return OK;
	if (capability <= 0 || capability >= N_CAPABILITIES || !event)
		return FORBIDDEN;
	return actor->roles & capability_roles[capability] ? OK : FORBIDDEN;
}
