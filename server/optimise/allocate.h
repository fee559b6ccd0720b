/*
 * Seats in masterclasses by ranked wishes. An attendee gets at most `want` offerings, at most one a
 * slot, at most one of the same class, none in a busy slot, and only what was wished for.
 *
 * Two ways. The draft: lots decide the order, everybody takes their best free wish, then the same
 * in the reverse order, until nobody wants more; anyone can follow it by hand. The exact one: as
 * many as possible get one seat, then two, then three; among those allocations the best ranks.
 *
 * Everything is whole numbers. Ranks count from 0 (the first wish).
 */
#ifndef OPTIMISE_ALLOCATE_H
#define OPTIMISE_ALLOCATE_H

#include "base/err.h"
#include "base/str.h"
#include "optimise/effort.h"

enum {
	ALLOCATE_MAX_ATTENDEES = 50000,
	ALLOCATE_MAX_OFFERINGS = 1000,
	ALLOCATE_MAX_WISHES = 32,
	ALLOCATE_MAX_WANT = 8,
	ALLOCATE_MAX_SLOTS = 64,
	ALLOCATE_MAX_CLASSES = 65536,
	ALLOCATE_MAX_CAPACITY = 1000000,
	ALLOCATE_MAX_PRIORITY = 15,
	ALLOCATE_MAX_MOVES = 8
};

#define ALLOCATE_NONE UINT32_MAX

struct allocate_offering {
	uint32_t class_id; /* the same class offered again */
	uint32_t slot;
	uint32_t capacity;
};

struct allocate_attendee {
	uint32_t want;
	uint32_t priority;      /* 0 first: a group is served before any later one */
	const uint32_t *wishes; /* class ids, best first */
	uint32_t n_wishes;
	uint64_t busy;    /* bit s: busy in slot s */
	const char *code; /* opaque: by which they find themselves in the result; or NULL */
};

struct allocate_problem {
	struct allocate_offering *offerings;
	uint32_t n_offerings, n_slots, n_classes;
	struct allocate_attendee *attendees;
	uint32_t n_attendees;
};

enum allocate_method { ALLOCATE_DRAFT, ALLOCATE_EXACT };

struct allocate_seat {
	uint32_t attendee, offering;
	uint32_t turn; /* draft: from 0, over all groups and rounds; exact: 0 */
};

struct allocate_counts {
	uint32_t n_without; /* wished for something, wanted a seat, and have none */
	uint32_t n_first, n_second, n_third; /* seats of a first, second, third wish */
	uint32_t n_seats;
};

/*
 * The proof that a priority group could not get more. Prices are in parts of a point: `scale` of
 * them are one. Whatever the prices, nobody can get more than
 *   sum of capacity x price + sum over attendees of the best (value - prices) of any bundle
 * allowed, divided by the scale and rounded down (Lagrangian duality, Everett 1963; Geoffrion
 * 1974). Offerings without a seat are in no bundle.
 *
 * Where no prices reach the value because seats cannot be parted, the cases are told apart:
 * branches are a tree in preorder. An entry without prices asks whether the attendee has the
 * offering; the next entry begins the tree of those cases where so, and behind that tree begins the
 * one where not. An entry with prices ends its case. The bound is the highest of all cases.
 */
struct allocate_branch {
	uint32_t attendee, offering; /* not of an end */
	int64_t *price;              /* [offering], or NULL */
};

struct allocate_proof {
	uint32_t priority;
	int64_t value, bound; /* of the attendees of this group */
	int64_t scale;
	int64_t *price; /* [offering], each >= 0: the bound without telling cases apart */
	struct allocate_branch *branches;
	size_t n_branches; /* 0: the prices alone prove the bound */
};

struct allocate_solution {
	enum allocate_method method;
	uint64_t seed;
	struct allocate_seat *seats; /* by attendee, then offering */
	size_t n_seats;
	/* Sum over attendees of 10000 for a first seat, 1000 for a second, 100 for a third, none
	 * for more, plus 8 - rank of each, also where that is negative. */
	int64_t value, bound;          /* draft: the bound is 0, which says nothing */
	struct allocate_proof *proofs; /* by priority; one for each group of the exact method */
	size_t n_proofs;
	bool is_certified; /* exact: bound and value are equal, and so for every group */
	bool is_cut;       /* the clock or the caller ended it: it cannot be repeated */
	struct allocate_counts counts;
};

/* INVALID when a number is outside of what is said above, or a wish is named twice. */
enum rc allocate_check(const struct allocate_problem *p, struct err *err) NODISCARD;

/* ---- solving: INVALID only where allocate_check() is ---- */

/*
 * By lot. The attendees of the first priority group, in their order in p, are shuffled by
 * rng_shuffle() with a generator seeded once; then those of the next group, with the same
 * generator; and so on. Group by group: one turn each in the order of the lots, then one each in
 * the reverse order, and so on (a snake), until a whole round passes in which nobody takes a seat.
 * In a turn an attendee who has fewer seats than wanted takes the best wish of which an offering
 * has a seat left in a slot that suits; among several such offerings that with the most seats left,
 * then the first. Turns in which nothing is taken count as well.
 */
enum rc allocate_draft(struct arena *a, const struct allocate_problem *p, uint64_t seed,
	struct allocate_solution *out, struct err *err) NODISCARD;

/*
 * The highest value, proved. The linear program over whole bundles of an attendee (at most one
 * bundle each, capacities in common) is solved by the simplex method with generalised upper bounds
 * (Dantzig and Van Slyke 1967): one bundle of each attendee stands outside of a basis as large as
 * the number of offerings. Bundles are never listed: the best one at given prices is a matching of
 * classes and slots, found by augmenting paths. The start is a draft; ties fall as the seed's lots
 * do. Where bundles come out in parts, branch and bound on attendee and offering, with the same
 * prices. A result that is not cut is the same for the same problem and seed.
 *
 * Priority groups: the first group is solved alone. Then the next one, with the seats left over,
 * where everybody of the groups before keeps their classes, though perhaps at another time: so
 * nobody of an earlier group has another value than before, each of them proved the highest by
 * itself. Then the next. A group's proof is about its value under these terms; in it, attendees of
 * earlier groups choose among all ways to have their classes, at no value.
 *
 * effort has begun; its seed are the lots. With the clock run out, or when branching passes 20,000
 * cases: the best so far and an honest bound (subgradient steps, about a second more). Problems of
 * the size of a conference, with few wishes each, take a second; many wishes of thousands of people
 * for hundreds of offerings can take far longer than anybody waits: set effort->seconds.
 */
enum rc allocate_exact(struct arena *a, const struct allocate_problem *p, struct effort *effort,
	struct allocate_solution *out, struct err *err) NODISCARD;

/* ---- a seat becomes free ---- */

enum allocate_consent {
	ALLOCATE_IMPROVING, /* each one who moves has a better rank, or one seat more, than before
			     */
	ALLOCATE_ANY,       /* some may get a worse rank for the good of all; nobody loses a seat */
};

struct allocate_move {
	uint32_t attendee;
	uint32_t from, to; /* offerings; from NONE: a seat more */
	int64_t gain;      /* of this attendee, in points */
};

struct allocate_chain {
	struct allocate_move
		*moves; /* the first one takes the free seat, the next one the first's */
	size_t n_moves; /* 0: nobody takes it */
	int64_t gain;
	bool is_best; /* no chain of so many moves gains more; false: the search was cut short */
};

/*
 * Who takes a seat of `offering` that becomes free, who theirs, and so on: the chain with the
 * highest gain, of at most max_moves (up to ALLOCATE_MAX_MOVES), in which everybody moves once;
 * among equals the shortest. seats are by attendee, then offering, and keep the rules, before the
 * change. `giver` gives up theirs and gets nothing for it; NONE: one more seat than the capacity
 * says. Earlier priority groups are asked first: somebody of a later one gets a seat only when no
 * chain without them gains anything, and then nobody of an earlier group gets less for it. Seats
 * already free elsewhere are not considered. Method: longest walks by dynamic programming bound a
 * depth-first search over chains. INVALID: the giver has no such seat, or the seats do not fit p.
 */
enum rc allocate_chain(struct arena *a, const struct allocate_problem *p,
	const struct allocate_seat *seats, size_t n_seats, uint32_t offering, uint32_t giver,
	enum allocate_consent consent, uint32_t max_moves, struct allocate_chain *out,
	struct err *err) NODISCARD;

/* ---- proving: shares no code with the solving but the generator of lots ---- */

/*
 * Do the seats keep every rule, are value and counts theirs? A draft is drawn again by the rules
 * above. For the exact method every proof is recomputed, with an enumeration of bundles of its own,
 * and is_certified set when each group's bound equals its value. INVALID, with what is wrong, else;
 * also when bundles are too many to enumerate (ten million steps for an attendee, three hundred
 * million in all).
 */
enum rc allocate_verify(
	const struct allocate_problem *p, struct allocate_solution *s, struct err *err) NODISCARD;

/* ---- explaining ---- */

enum allocate_why {
	ALLOCATE_GOT,
	ALLOCATE_NOT_OFFERED, /* no offering of the class at all */
	ALLOCATE_BUSY,
	ALLOCATE_CLASS_GOT,  /* the same class, in another offering: `other` */
	ALLOCATE_SLOT_TAKEN, /* by a better wish: `other` */
	ALLOCATE_ENOUGH,     /* as many seats as wanted, all of better wishes */
	ALLOCATE_FULL,       /* no seat left */
	ALLOCATE_LEFT, /* a seat is left, and would not add to the value; or solving was cut */
};

/* What giving up one seat would cost the others, read off its price. */
enum allocate_worth {
	ALLOCATE_WORTH_NOTHING, /* nobody would have less */
	ALLOCATE_WORTH_RANKS,   /* somebody would have a worse wish */
	ALLOCATE_WORTH_THIRD,   /* somebody would be without a third seat */
	ALLOCATE_WORTH_SECOND,  /* somebody would be without a second seat */
	ALLOCATE_WORTH_FIRST,   /* somebody would be without any seat */
};

/* Of an offering, over all attendees. */
struct allocate_demand {
	uint32_t n_seats;    /* given out */
	uint32_t n_unserved; /* who wished for the class, are not busy then, and have no seat of it
			      */
	/* Draft: who took the last seat given out: the rank they gave it, and their turn. */
	uint32_t last_rank, last_turn;
};

struct allocate_reason {
	uint32_t rank, class_id;
	uint32_t offering; /* NONE: not offered */
	enum allocate_why why;
	uint32_t other;    /* the attendee's own offering that is in the way, or NONE */
	uint32_t n_others; /* n_unserved without this attendee */
	/* Draft, FULL: who took the last seat: the rank they gave it, and their turn. Else NONE. */
	uint32_t last_rank, last_turn;
	/* Exact: the price in the proof of the attendee's group, rounded to whole points. One seat
	 * more would raise the value of the group by no more than this. */
	int64_t price;
	enum allocate_worth worth;
};

/* [offering]. s has been verified, here and below. */
struct allocate_demand *allocate_demand(
	struct arena *a, const struct allocate_problem *p, const struct allocate_solution *s);

/* Each wish of an attendee with each of its offerings: by rank, then offering. How many. */
size_t allocate_explain(struct arena *a, const struct allocate_problem *p,
	const struct allocate_solution *s, const struct allocate_demand *demand, uint32_t attendee,
	struct allocate_reason **out);

/* ---- files ---- */

/*
 * allocation-1: workshops [{id, cls, slot, capacity}] with ids from 0 in their order, attendees
 * (how many), want (a number, or a list of one an attendee; 1 if missing), slots (how many; as many
 * as the workshops name if missing), preferences [attendee][class], busy_slots [attendee][slot]
 * (optional), priority [attendee] (optional), codes [attendee] (optional, all different). cls may
 * be missing from all workshops: then each is a class of its own, by its id. INVALID: "key: what is
 * wrong".
 */
enum rc allocation_read(
	struct arena *a, struct str json, struct allocate_problem *out, struct err *err) NODISCARD;

/* CSV with the header attendee,offering; numbers, LF. */
void allocation_write_csv(const struct allocate_solution *s, struct buf *out);

/*
 * allocation-result-1: the problem, the outcome and its proofs in one JSON text, for anybody who
 * wants to check them. Written in one way only. `digest` is SHA-256 over the bytes of the member
 * "problem": whoever publishes it before the lots are drawn binds themselves to the wishes.
 */
void allocate_result_write(
	const struct allocate_problem *p, const struct allocate_solution *s, struct buf *out);

/*
 * Reads what the above has written. INVALID: the text differs in any byte from what is written for
 * its content, or the digest is not that of the problem. hex digest in *digest.
 */
enum rc allocate_result_read(struct arena *a, struct str json, struct allocate_problem *p,
	struct allocate_solution *s, const char **digest, struct err *err) NODISCARD;

/*
 * Reads, verifies, and solves again with the same method and seed: the whole text must come out the
 * same, seat by seat and price by price. published: the digest as it was published, or NULL. effort
 * has begun; its seed does not matter. INVALID: with what is wrong. BUSY: effort ended it.
 *
 * So a wish changed is refused for its digest; with the digest made anew too, for what comes out
 * otherwise; and where nothing does, only a published digest tells. A result that was cut cannot be
 * repeated: its rules, value and bound are proved, and *is_repeated is false.
 */
enum rc allocate_result_verify(struct arena *a, struct str json, const char *published,
	struct effort *effort, bool *is_repeated, struct err *err) NODISCARD;

#endif
