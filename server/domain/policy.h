/*
 * Who may see and do what: one table, default deny. Every page, list, count, search, export, mail
 * and PDF asks here, or through the SQL twin of the same rule in schema/queries/policy.sql; a test
 * compares the two for every row and role of the demo.
 *
 * The shape is that of CoCon (Popescu, Lammich, Hou, J. Autom. Reasoning 2020): for each kind of
 * document a bound (who may ever learn it) and a trigger (from when).
 */
#ifndef DOMAIN_POLICY_H
#define DOMAIN_POLICY_H

#include "domain/actor.h"

/* What a route demands, before any row is looked at. The first column of the golden matrix. */
enum capability {
	CAP_PUBLIC = 1,     /* anyone; of an unpublished event only those with a role in it */
	CAP_SELF,           /* anyone who is signed in: their own things */
	CAP_SUBMIT,         /* anyone, signed in or not: a text of theirs, found by row rules */
	CAP_OPERATE,        /* creates events on this installation */
	CAP_EVENT_MANAGE,   /* organiser */
	CAP_SELECTION,      /* chair: assignments, reviews, decisions */
	CAP_SUBMISSIONS,    /* chair or organiser: the list of what came in */
	CAP_REVIEW,         /* reviewer (a chair reviews only when assigned) */
	CAP_PROGRAMME_EDIT, /* organiser or chair */
	CAP_REGISTRATIONS,  /* organiser or treasurer */
	CAP_NEEDS,          /* organiser or catering: what people need at table and to take part */
	CAP_BADGES,         /* organiser or desk */
	CAP_CHECKIN,        /* organiser, desk or a paired device */
	CAP_OUTBOX,         /* organiser */
	CAP_PRINT,          /* whoever may have something printed; each kind asks for more */
	N_CAPABILITIES,
};

/* OK, FORBIDDEN (signed in without the right), NOT_FOUND (must not learn that the event exists). */
enum rc policy_capability(
	const struct actor *actor, const struct event *event, int capability) NODISCARD;

/* What there is to learn about one submission. */
enum document {
	DOC_OUTLINE,   /* type, themes, title, abstract, keywords: for reviewers to bid on */
	DOC_TEXT,      /* type, themes, title, abstract, poster */
	DOC_AUTHORS,   /* names, affiliations, addresses; also through files, mail, search, order */
	DOC_NOTE,      /* the authors' note to the chairs */
	DOC_HISTORY,   /* earlier versions */
	DOC_REVIEWERS, /* who reviews it */
	DOC_REVIEWS,   /* scores and comments to authors, of reviewers shown by label */
	DOC_TO_CHAIRS, /* reviewers' confidential comments */
	DOC_DECISION,
	N_DOCUMENTS,
};

/* What ties the actor to it (bits; enum role is in the low bits). */
enum relation {
	REL_ANYONE = 1 << 16,
	REL_AUTHOR = 1 << 17,   /* submitter or author of the newest version or the draft */
	REL_CLAIM = 1 << 18,    /* the browser that wrote it before its address was proved */
	REL_ASSIGNED = 1 << 19, /* has an assignment that was not declined */
	REL_REVIEWED = 1 << 20, /* has submitted the own review */
	REL_CONFLICT = 1 << 21,
};

/* What has happened to it (bits). */
enum fact {
	FACT_SENT = 1,       /* submitted or withdrawn, address proved */
	FACT_LIVE = 2,       /* submitted */
	FACT_UNBLINDED = 4,  /* the call is not double-blind */
	FACT_RELEASED = 8,   /* its decision was released */
	FACT_ACCEPTED = 16,  /* released, and accepted */
	FACT_PUBLISHED = 32, /* stands in a published programme */
	FACT_BIDDING = 64,   /* reviewers may say now what they would like to read */
};

/* relations: roles of the actor and REL_ bits; REL_ANYONE is implied. */
bool policy_may_see(enum document document, unsigned relations, unsigned facts);

#endif
