/* What several pages say about a submission. */
#ifndef PAGES_SUBMISSION_H
#define PAGES_SUBMISSION_H

#include "domain/submission.h"
#include "pages/page.h"

/* title, type, abstract (and _html), keywords, words.n, themes[]: never authors. */
void put_version_text(struct request *rq, struct vm *vm,
	const struct submission_version_text *text);
void put_version_themes(struct vm *vm, const struct submission_version_text *text);
/* authors[]: only where DOC_AUTHORS was granted. reader_person_id 0: nobody is "you". */
void put_version_authors(struct vm *vm, const struct submission_version_text *text,
	int64_t reader_person_id);
/* outcome and its word, is_accept, is_waiting, is_refusal. */
void put_outcome(struct vm *vm, const char *outcome);

/* One row of "my submissions". */
void put_own(struct vm *vm, const struct q_submissions_own *row, int64_t closes_at,
	int64_t now_ms);
/* Adds the unproved texts of this browser to the list. */
enum rc put_claimed(struct request *rq, struct vm_list *list, int64_t closes_at) NODISCARD;

/* selection.c: `selection` for chairs and organisers: what came in, searched by q and state. */
enum rc put_selection(struct request *rq, struct vm *vm) NODISCARD;

#endif
