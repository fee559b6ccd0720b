/* What people need at table and to take part: for those who provide it, and nobody else. */
#include <stdlib.h>
#include <string.h>
#include "base/text.h"
#include "domain/registration.h"
#include "pages/handlers.h"

struct tally {
	const char *text, *fold;
	int64_t n;
};

static int by_number(const void *a, const void *b)
{
	const struct tally *x = a, *y = b;

	return x->n != y->n ? (x->n < y->n) - (x->n > y->n) : strcmp(x->fold, y->fold);
}

/* Equal wishes, however they are spelt, counted; the most frequent first. */
static size_t tally_up(
	struct request *rq, const struct q_needs_of_event *rows, size_t n, struct tally *out)
{
	size_t n_out = 0;

	for (size_t i = 0; i < n; i++) {
		const char *fold = text_fold(rq->arena, rows[i].dietary);
		size_t k = 0;
		if (!*rows[i].dietary)
			continue;
		while (k < n_out && !text_equal(out[k].fold, fold))
			k++;
		if (k == n_out)
			out[n_out++] = (struct tally){rows[i].dietary, fold, 0};
		out[k].n++;
	}
	qsort(out, n_out, sizeof(*out), by_number);
	return n_out;
}

static void put_tallies(
	struct request *rq, struct vm *vm, const struct q_needs_of_event *rows, size_t n)
{
	struct tally *tallies = ARENA_ARRAY(rq->arena, n, struct tally);
	size_t n_tallies = tally_up(rq, rows, n, tallies);
	struct vm_list *list = vm_list(vm, "dietary_counts");

	for (size_t i = 0; i < n_tallies; i++) {
		struct vm *tally = vm_item(list);
		vm_text(tally, "dietary", tallies[i].text);
		vm_int(tally, "n", tallies[i].n);
	}
	vm_page_bool(vm, "has_dietary", n_tallies > 0);
}

/* GET /:event/needs */
enum rc get_needs(struct request *rq, struct vm *vm)
{
	struct vm_list *list = vm_list(vm, "needs");
	struct q_needs_of_event *rows;
	int64_t n_access = 0, n_dietary = 0;
	size_t n;

	TRY(q_needs_of_event(rq->db, rq->arena,
		&(struct q_needs_of_event_in){.event_id = page_event_id(rq)}, &rows, &n, &rq->err));
	for (size_t i = 0; i < n; i++) {
		struct vm *need = vm_item(list);
		vm_text(need, "code", rows[i].code);
		page_person_name(need, "name", rows[i].name, rows[i].name_lang);
		vm_text(need, "dietary", rows[i].dietary);
		vm_text(need, "access_needs", rows[i].access_needs);
		n_dietary += *rows[i].dietary != '\0';
		n_access += *rows[i].access_needs != '\0';
	}
	put_tallies(rq, vm, rows, n);
	vm_int(vm, "n_dietary", n_dietary);
	vm_int(vm, "n_access", n_access);
	vm_date(vm, "erase_on", needs_erase_on(rq->arena, rq->event));
	vm_page_bool(vm, "has_needs", n > 0);
	return OK;
}
