/* What several pages say about a registration and its purchase. */
#ifndef PAGES_REGISTRATION_H
#define PAGES_REGISTRATION_H

#include "domain/registration.h"
#include "pages/page.h"

/*
 * code, state, rev, name, badge_name, badge_affiliation, ticket (title), created_at, and purchase:
 * code, state, payer, total, paid, due, lines[], payments[]. Never what the person needs.
 */
enum rc put_registration(
	struct request *rq, struct vm *vm, const struct q_registration_by_code *row) NODISCARD;

/* What is still to pay; negative: to be paid back. Nothing once it is cancelled and refunded. */
int64_t purchase_due(const char *state, int64_t total, int64_t paid);

/* is_settled, is_owed, is_refund: the state of the money in one of three looks, with its words. */
void put_money_state(
	struct vm *vm, const char *state, int64_t total, int64_t paid, const char *currency);

/* A registration of the event by its code. NOT_FOUND when there is none. */
enum rc find_registration(
	struct request *rq, const char *code, struct q_registration_by_code *out) NODISCARD;

/* The reader's own confirmed one; *found false when there is none. */
enum rc find_own_registration(
	struct request *rq, struct q_registration_by_code *out, bool *found) NODISCARD;

/* What was typed into a search, for the predicate registration_words: "K7QF-3M2XG" in any spelling
 * is one word, else the folded words of a name; "" where there are fewer. end: the first text after
 * all that begin with the word. */
struct searched {
	const char *word[3], *end[3];
};
struct searched searched_words(struct arena *a, const char *q);

/* Address and words that every mail of a registration carries. */
enum rc registration_links(struct request *rq, struct registration_links *out) NODISCARD;

/* tickets[]: code, title, description, price, left, sale (on_sale, sold_out, not_sold), closes_at.
 */
void put_tickets(
	struct request *rq, struct vm *vm, const struct q_ticket_types_of_event *types, size_t n);
/* The same as choices of a form's field `ticket`; what cannot be chosen says why. sells_closed: the
 * desk, which also sells what is no longer on sale. */
void put_ticket_options(struct request *rq, struct form_view *form,
	const struct q_ticket_types_of_event *types, size_t n, bool sells_closed);

/*
 * Whose paper somebody wants: one's own registration, by its code; any other one, `asked` for by
 * code, for those with the capability (0: for nobody). NOT_FOUND: not registered, or not for them.
 */
enum rc registration_wanted(
	struct request *rq, const char *asked, int capability, const char **code) NODISCARD;

#endif
