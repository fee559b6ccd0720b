/*
 * What an event knows of submissions and reviewers, as the input of optimise/affinity.h.
 *
 * It is read with the eyes of an actor: of submissions that are not in their selection nothing
 * counts, not as a reviewer's own text, not as a bid, not for how rare a word is. A reviewer's
 * texts are what they tell of themselves, and the sent submissions they are an author of.
 *
 *     struct affinity_load load;
 *     TRY(affinity_load(db, a, event_id, actor, ids, n, people, n_people, &load, err));
 *     db_release(db);                      // what follows only computes
 *     const struct affinity *f = affinity_prepare(a, &load.input);
 *     affinity_fill(f, problem.affinity);  // then bar what is barred
 *     affinity_load_explain(a, &load, f, paper, reviewer, &story);
 */
#ifndef PLANNING_AFFINITY_LOAD_H
#define PLANNING_AFFINITY_LOAD_H

#include "domain/actor.h"
#include "optimise/affinity.h"
#include "store/db.h"

struct affinity_load {
	struct affinity_input
		input; /* submissions and reviewers in the order they were asked for */
	struct q_affinity_texts
		*texts; /* the first n_texts of input.texts; the others are profiles */
	size_t n_texts;
	struct q_themes_of_event *themes; /* themes of the input are places in this list */
	size_t n_themes;
};

/*
 * In seven statements, however many are asked for. NOT_FOUND: a submission that is not in the
 * actor's selection. Everything lives in the arena.
 */
enum rc affinity_load(struct db *db, struct arena *a, int64_t event_id, const struct actor *actor,
	const int64_t *submission_ids, uint32_t n_submissions, const int64_t *reviewer_person_ids,
	uint32_t n_reviewers, struct affinity_load *out, struct err *err) NODISCARD;

/* Why a reviewer fits a submission, in the event's terms. */
struct affinity_story {
	struct affinity_reason reason;
	/* "eager", "willing", "reluctant"; NULL: no bid */
	const char *bid;
	/* The reviewer's text that `reason.words` are shared with: a submission, or with is_profile
	 * what they tell of themselves. Neither: no words are shared. */
	const struct q_affinity_texts *nearest;
	bool is_profile;
	const struct q_themes_of_event **themes; /* reason.n_themes of them: in common */
};

/* f: made of load->input */
void affinity_load_explain(struct arena *a, const struct affinity_load *load,
	const struct affinity *f, uint32_t submission, uint32_t reviewer,
	struct affinity_story *out);

#endif
