/*
 * Reviewers for submissions: who reads what, so that what they know fits best, or so that the
 * submission served worst is served as well as can be. Hard rules are never broken: an input that
 * cannot be satisfied is answered with the rules that clash.
 *
 * Affinities are whole numbers (millionths), so that a total is exact and a proof is a proof.
 * A set of pairs is sorted by paper, then reviewer.
 */
#ifndef OPTIMISE_ASSIGN_H
#define OPTIMISE_ASSIGN_H

#include "base/err.h"
#include "base/str.h"
#include "optimise/effort.h"

enum { ASSIGN_UNIT = 1000000, ASSIGN_MAX_AFFINITY = ASSIGN_UNIT * 1000,
	ASSIGN_MAX_PAPERS = 20000, ASSIGN_MAX_REVIEWERS = 10000,
	ASSIGN_MAX_PAIRS = 100000000 /* papers by reviewers, whatever the pairs are worth */ };

#define ASSIGN_BARRED          INT32_MIN
#define ASSIGN_NO_ORGANISATION UINT32_MAX

struct assign_pair {
	uint32_t paper, reviewer;
};

struct assign_problem {
	uint32_t n_papers, n_reviewers;
	/* [paper * n_reviewers + reviewer], 0 .. ASSIGN_MAX_AFFINITY; or ASSIGN_BARRED */
	int32_t *affinity;
	uint32_t *wanted;             /* [paper] reviews, exactly so many */
	uint32_t *min_load, *max_load; /* [reviewer] */
	/* At most so many readers of one organisation on a paper; 0: no such rule. */
	uint32_t per_organisation;
	const uint32_t *organisation; /* [reviewer], or ASSIGN_NO_ORGANISATION; NULL: none has one */
	/* Agreed already: they stay, even where they are barred, and count for every rule. */
	const struct assign_pair *kept;
	size_t n_kept;
};

struct assign_solution {
	struct assign_pair *pairs;
	size_t n_pairs;
	int64_t total, total_bound; /* no set of pairs has a higher total than the bound */
	/* The lowest sum of affinities of one paper, and what no set of pairs can exceed. */
	int64_t min_paper, min_paper_bound;
	/* The proof of total_bound: prices of a review of a paper and of a place of a reviewer. */
	int64_t *paper_price, *reviewer_price;
	/* [paper][organisation], sparse; empty without that rule */
	struct assign_org_price {
		uint32_t paper, organisation;
		int64_t price;
	} *org_prices;
	size_t n_org_prices;
	bool is_certified; /* checked: the bound equals the total */
	/*
	 * Of a fair one: no set of pairs, all of whose papers reach min_paper, has a higher total. Else 0.
	 */
	int64_t fair_total_bound;
	size_t n_changes; /* of a repaired one: pairs that went, and pairs that are new */
};

/* ---- solving ---- */

/*
 * The highest total. Exact: every pair is priced with the duals (assign_dense.h). The effort has
 * begun, or is NULL. With the clock running out: the best so far with its bound, or BUSY before
 * there is any. CONFLICT when the rules cannot all be kept: assign_clash() says which ones.
 * min_paper_bound is the plain one: the best `wanted` affinities of a paper, of the lowest such.
 */
enum rc assign_best(struct arena *a, const struct assign_problem *p, struct effort *effort,
	struct assign_solution *out, struct err *err) NODISCARD;

/*
 * The lowest sum of a paper as high as possible (maximin); among those sets the highest total. Both
 * are hard in general: min_paper_bound and fair_total_bound say how far it is from the best at most,
 * and are equal to what they bound where it is proved. With the clock running out: the best so far.
 * total_bound and its prices are those of assign_best.
 */
enum rc assign_maximin(struct arena *a, const struct assign_problem *p, struct effort *effort,
	struct assign_solution *out, struct err *err) NODISCARD;

/*
 * The fairest: the lowest sum of a paper is as high as possible, then the next lowest, and so on
 * (leximin); among equals the highest total. total_bound is that of assign_best. With the clock
 * running out: the best so far, with its bounds.
 */
enum rc assign_fair(struct arena *a, const struct assign_problem *p, struct effort *effort,
	struct assign_solution *out, struct err *err) NODISCARD;

/*
 * After a decline, a conflict or a withdrawal: `present` with as few pairs changed as the rules of p
 * allow; among those the highest total. present may break rules of p, which is why it is repaired.
 */
enum rc assign_repair(struct arena *a, const struct assign_problem *p,
	const struct assign_pair *present, size_t n_present, struct effort *effort,
	struct assign_solution *out, struct err *err) NODISCARD;

/* ---- proving: shares no code with the solving ---- */

/*
 * Do the pairs keep every rule, are total and min_paper theirs, and do the prices prove total_bound?
 * Sets is_certified when also bound and total are equal. INVALID, with what is wrong, else. Of
 * min_paper_bound only that it is not below min_paper. One pass over all pairs.
 *
 * The proof is weak duality. Let gain(p,r) = affinity - paper_price[p] - reviewer_price[r] -
 * org_price[p, organisation of r], where affinity counts as 0 if barred. With org prices >= 0, any
 * set of pairs that keeps the rules has
 *
 *     total = sum of gain + paper_price + reviewer_price + org_price over its pairs
 *          <= sum over p of wanted[p] * paper_price[p]
 *           + sum over r of max(max_load[r] * reviewer_price[r], min_load[r] * reviewer_price[r])
 *           + sum over org prices of per_organisation * price
 *           + sum over kept pairs of gain + sum over all others not barred of max(gain, 0)
 *
 * whatever the prices are. Prices beyond 2^60 are refused; the sums are done in 128 bits. A max_load
 * above n_papers counts as n_papers.
 */
enum rc assign_verify(
	const struct assign_problem *p, struct assign_solution *s, struct err *err) NODISCARD;

/* ---- explaining ---- */

enum assign_rule {
	ASSIGN_RULE_NONE,         /* it is in the solution, or would be as good as what is */
	ASSIGN_RULE_BARRED,       /* a conflict of interest, or its own author */
	ASSIGN_RULE_LOAD,         /* the reviewer's places are needed more elsewhere */
	ASSIGN_RULE_MIN_LOAD,     /* another reviewer has to reach their least load */
	ASSIGN_RULE_WANTED,       /* the paper has enough reviewers that fit better */
	ASSIGN_RULE_ORGANISATION, /* colleagues of the same organisation read it already */
	ASSIGN_RULE_FAIRNESS,     /* it would take from a paper that is served worse */
};

#define ASSIGN_NO_WAY INT64_MAX

struct assign_reason {
	bool is_chosen;
	enum assign_rule rule;    /* what is in the way when it is not chosen */
	int64_t affinity;         /* 0 when barred */
	/*
	 * By how much the total falls if the choice were turned round and all else made the best of;
	 * below 0 when the solution is a fair or a repaired one, and the highest total has it so.
	 * ASSIGN_NO_WAY: no set of pairs has it the other way round.
	 */
	int64_t loss;
	uint32_t rank;            /* among all who may read the paper, 1 the best fit; 0 barred */
	uint32_t next;            /* chosen: who would read it instead; UINT32_MAX: nobody could */
};

/*
 * Why this pair, or why not. s is certified, or else first comes an assign_best(). A kept pair is
 * taken as if it were not kept.
 */
enum rc assign_explain(struct arena *a, const struct assign_problem *p,
	const struct assign_solution *s, struct assign_pair pair, struct assign_reason *out,
	struct err *err) NODISCARD;

/* All pairs at once, which is much cheaper than one by one: [paper * n_reviewers + reviewer]. */
enum rc assign_explain_all(struct arena *a, const struct assign_problem *p,
	const struct assign_solution *s, struct assign_reason **out, struct err *err) NODISCARD;

enum assign_demand_kind {
	ASSIGN_DEMAND_PAPER,        /* the paper wants exactly count reviews */
	ASSIGN_DEMAND_MIN_LOAD,     /* the reviewer reads at least count papers */
	ASSIGN_DEMAND_MAX_LOAD,     /* at most */
	ASSIGN_DEMAND_BARRED,       /* the pair; or count reviewers of the paper, or papers of the reviewer */
	ASSIGN_DEMAND_ORGANISATION, /* at most count readers of the organisation on the paper */
	ASSIGN_DEMAND_KEPT,         /* the pair stays */
};

/* One rule of an input that cannot be satisfied. */
struct assign_demand {
	enum assign_demand_kind kind;
	uint32_t paper, reviewer; /* UINT32_MAX where it has none */
	uint32_t organisation;    /* ASSIGN_NO_ORGANISATION where it has none */
	uint32_t count;
};

struct assign_clash {
	struct assign_demand *demands; /* together impossible; without any one of them possible */
	size_t n_demands;
	/* Reviews that these rules ask for (by papers, least loads, kept pairs), and room they leave. */
	uint32_t n_wanted, n_possible;
};

/*
 * Of an input whose rules clash: a set of rules that does, from which none can be left out, and the
 * smallest of several such. That nobody reads a paper twice is no rule but always so. NOT_FOUND when
 * none clash. With barred pairs by the dozen, those of one paper, or of one reviewer, are one rule.
 */
enum rc assign_clash(struct arena *a, const struct assign_problem *p, struct assign_clash *out,
	struct err *err) NODISCARD;

/* ---- files: review-1, a JSON file and the CSV of affinities ---- */

/*
 * JSON, format "review-1": reviewers, papers (how many), reviews_per_paper[paper], max_load[reviewer],
 * min_load[reviewer], conflicts[[reviewer, paper]]; and, where wanted, organisations[reviewer] (-1:
 * none) with per_organisation, and kept[[reviewer, paper]]. CSV: lines that begin with # are
 * skipped, the others are reviewer,paper,affinity, with up to six decimals and without a sign; what
 * is missing is 0. All numbers count from 0.
 *
 * INVALID with key or line. Both texts are read only. That the rules clash is no error here.
 */
enum rc assign_read(struct arena *a, struct str json, struct str csv, struct assign_problem *out,
	struct err *err) NODISCARD;

/*
 * The same in two steps, for a CSV file that is not to be held in memory: the JSON file, which leaves
 * all affinities 0 (but conflicts barred), then the CSV file in parts, cut anywhere, and its end. A
 * line has at most 1,000 bytes.
 */
enum rc assign_read_json(
	struct arena *a, struct str json, struct assign_problem *out, struct err *err) NODISCARD;
struct assign_rows;
struct assign_rows *assign_rows_new(const struct assign_problem *p);
void assign_rows_free(struct assign_rows *r);
enum rc assign_rows_add(struct assign_rows *r, struct str part, struct err *err) NODISCARD;
enum rc assign_rows_end(struct assign_rows *r, struct err *err) NODISCARD;

/* "reviewer,paper" and a line a pair. */
void assign_write(const struct assign_solution *s, struct buf *out);

#endif
