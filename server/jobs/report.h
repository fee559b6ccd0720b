/*
 * What a document warns of, as it is kept in print_job.warnings (domain/print_job.h): with the
 * public code of the abstract or registration it is about, which the printer does not know of but
 * the model does.
 */
#ifndef JOBS_REPORT_H
#define JOBS_REPORT_H

#include "base/json.h"
#include "pdf/text/warning.h"

/* A JSON list. */
const char *report_write(
	struct arena *a, const cJSON *model, const struct print_warnings *warnings);

/*
 * The "code" of the innermost object of the model that a warning names: its `where` is, or begins
 * with, that code, or is its title or name; or, with a code point, it holds that character. Of an
 * object that has a "submission" it is that instead. NULL: of none.
 */
const char *report_code_of(const cJSON *model, const char *where, uint32_t code_point);

#endif
