/*
 * What `symposiarch optimise` can solve: one function a kind, from the text of an instance to the
 * figures of its answer. Files and the terminal are commands_optimise.c's.
 */
#ifndef OPTIMISE_KINDS_H
#define OPTIMISE_KINDS_H

#include <stdio.h>
#include "base/err.h"
#include "base/str.h"
#include "optimise/effort.h"

struct optimise_question {
	struct str text;   /* of the instance */
	FILE *beside;      /* the CSV of affinities, which stands beside an instance to assign */
	bool is_strict;    /* timetable: the strict regime */
	/* assign: the highest total; the highest lowest sum of a paper at the least loss; also the
	 * next lowest, and so on, whatever that costs */
	enum { OPTIMISE_BEST, OPTIMISE_FAIR, OPTIMISE_FAIREST } fairness;
	bool is_draft;     /* allocate: by lot */
	struct effort *effort;
};

struct optimise_answer {
	const char *value, *bound; /* JSON numbers, in the units of the instance */
	const char *gap;           /* |bound - value| / max(|value|, 1); "null" without a bound */
	bool is_certified;         /* checked by code that shares none with the solver */
	const char *more;          /* further members, each with a comma before it; or "" */
	struct buf solution;       /* in the form of its kind; empty for verify */
	struct buf result;         /* allocate: allocation-result-1, to be published */
};

typedef enum rc (*optimise_fn)(struct arena *a, const struct optimise_question *question,
	struct optimise_answer *out, struct err *err);

enum rc optimise_assign(struct arena *a, const struct optimise_question *question,
	struct optimise_answer *out, struct err *err) NODISCARD;
enum rc optimise_allocate(struct arena *a, const struct optimise_question *question,
	struct optimise_answer *out, struct err *err) NODISCARD;
enum rc optimise_timetable(struct arena *a, const struct optimise_question *question,
	struct optimise_answer *out, struct err *err) NODISCARD;
/* A result file of an allocation, with nothing but itself. INVALID: it is not what it says. */
enum rc optimise_verify(struct arena *a, const struct optimise_question *question,
	struct optimise_answer *out, struct err *err) NODISCARD;

#endif
