/* What several pages say about reviews. */
#ifndef PAGES_REVIEW_H
#define PAGES_REVIEW_H

#include "domain/review.h"
#include "pages/page.h"

/* The submitted reviews of a submission and their scores. The caller has asked DOC_REVIEWS. */
enum rc load_reviews(struct request *rq, int64_t submission_id,
	struct q_reviews_of_submission **reviews, size_t *n,
	struct q_scores_of_submission **scores, size_t *n_scores) NODISCARD;
/* reviews[] {number, to_authors, mean, scores[]}, names and confidential comments when granted. */
void put_review_list(struct vm *vm, const struct q_reviews_of_submission *reviews, size_t n,
	const struct q_scores_of_submission *scores, size_t n_scores, int64_t reader_person_id,
	bool shows_names, bool shows_confidence);

#endif
