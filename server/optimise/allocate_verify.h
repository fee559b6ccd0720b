/* The parts of allocate_verify(). Nothing here is shared with the solving but the lots. */
#ifndef OPTIMISE_ALLOCATE_VERIFY_H
#define OPTIMISE_ALLOCATE_VERIFY_H

#include "optimise/allocate.h"

/* The rules of a draft once more; every seat and every turn. */
enum rc allocate_verify_draft(const struct allocate_problem *p, const struct allocate_solution *s,
	struct err *err) NODISCARD;

/* All proofs: one for each priority, each with the value and the bound that follow. */
enum rc allocate_verify_proofs(const struct allocate_problem *p, const struct allocate_solution *s,
	struct err *err) NODISCARD;

#endif
