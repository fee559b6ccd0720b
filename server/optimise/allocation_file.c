/* Files of allocation-1, and the seats as CSV. */
#include "optimise/allocate.h"

#include <stdlib.h>
#include <string.h>
#include "optimise/spot.h"

struct reading {
	struct arena *arena;
	const struct spot *root;
	struct allocate_problem *out;
	bool has_classes;
};

/* ---- workshops ---- */

static enum rc read_workshop(struct reading *r, const struct spot *item, bool is_first)
{
	struct allocate_offering *o = &r->out->offerings[item->index];
	int64_t id, class_id = (int64_t)item->index, slot, capacity;
	struct spot member;

	TRY(spot_get_int(item, "id", 0, ALLOCATE_MAX_OFFERINGS, &id));
	if ((size_t)id != item->index) {
		TRY(spot_get(item, "id", &member));
		return spot_refuse(&member, "%lld is not the place in the list, which is %zu",
			(long long)id, item->index);
	}
	if (is_first)
		r->has_classes = spot_has(item, "cls");
	if (r->has_classes != spot_has(item, "cls"))
		return spot_refuse(item, "cls must be there for all workshops or for none");
	if (r->has_classes)
		TRY(spot_get_int(item, "cls", 0, ALLOCATE_MAX_CLASSES - 1, &class_id));
	int64_t last_slot = (r->out->n_slots ? r->out->n_slots : ALLOCATE_MAX_SLOTS) - 1;
	TRY(spot_get_int(item, "slot", 0, last_slot, &slot));
	TRY(spot_get_int(item, "capacity", 0, ALLOCATE_MAX_CAPACITY, &capacity));
	*o = (struct allocate_offering){(uint32_t)class_id, (uint32_t)slot, (uint32_t)capacity};
	if (class_id >= r->out->n_classes)
		r->out->n_classes = (uint32_t)class_id + 1;
	return OK;
}

static enum rc read_workshops(struct reading *r)
{
	struct spot list, item = {0};
	size_t n;
	int64_t n_slots = 0;

	if (spot_has(r->root, "slots"))
		TRY(spot_get_int(r->root, "slots", 1, ALLOCATE_MAX_SLOTS, &n_slots));
	r->out->n_slots = (uint32_t)n_slots;
	TRY(spot_get(r->root, "workshops", &list));
	TRY(spot_count(&list, ALLOCATE_MAX_OFFERINGS, &n));
	r->out->offerings = ARENA_ARRAY(r->arena, n, struct allocate_offering);
	r->out->n_offerings = (uint32_t)n;
	for (bool is_first = true; spot_next(&list, &item); is_first = false)
		TRY(read_workshop(r, &item, is_first));
	for (uint32_t o = 0; o < n && !n_slots; o++)
		if (r->out->offerings[o].slot >= r->out->n_slots)
			r->out->n_slots = r->out->offerings[o].slot + 1;
	return OK;
}

/* ---- attendees ---- */

/* The list of a key with one item an attendee. */
static enum rc open_list(const struct reading *r, const char *key, struct spot *list)
{
	size_t n;

	TRY(spot_get(r->root, key, list));
	TRY(spot_count(list, ALLOCATE_MAX_ATTENDEES, &n));
	if (n != r->out->n_attendees)
		return spot_refuse(
			list, "has %zu entries for %u attendees", n, r->out->n_attendees);
	return OK;
}

static enum rc read_wants(struct reading *r)
{
	struct spot list, item = {0};
	int64_t want = 1;

	if (spot_has(r->root, "want")) {
		TRY(spot_get(r->root, "want", &list));
		if (cJSON_IsArray(list.value)) {
			TRY(open_list(r, "want", &list));
			while (spot_next(&list, &item)) {
				TRY(spot_int(&item, 0, ALLOCATE_MAX_WANT, &want));
				r->out->attendees[item.index].want = (uint32_t)want;
			}
			return OK;
		}
		TRY(spot_int(&list, 0, ALLOCATE_MAX_WANT, &want));
	}
	for (uint32_t i = 0; i < r->out->n_attendees; i++)
		r->out->attendees[i].want = (uint32_t)want;
	return OK;
}

/* The wishes of one attendee. seen: [class] the attendee, from 1, who named it last. */
static enum rc read_wishes(struct reading *r, const struct spot *wishes, uint32_t *seen)
{
	struct allocate_attendee *who = &r->out->attendees[wishes->index];
	struct spot item = {0};
	size_t n;
	int64_t class_id;

	TRY(spot_count(wishes, ALLOCATE_MAX_WISHES, &n));
	uint32_t *out = ARENA_ARRAY(r->arena, n, uint32_t);
	who->wishes = out;
	who->n_wishes = (uint32_t)n;
	while (spot_next(wishes, &item)) {
		TRY(spot_int(&item, 0, (int64_t)ALLOCATE_MAX_CLASSES - 1, &class_id));
		if (seen[class_id] == wishes->index + 1)
			return spot_refuse(
				&item, "class %lld is wished for twice", (long long)class_id);
		seen[class_id] = (uint32_t)wishes->index + 1;
		out[item.index] = (uint32_t)class_id;
		if (class_id >= r->out->n_classes)
			r->out->n_classes = (uint32_t)class_id + 1;
	}
	return OK;
}

static enum rc read_preferences(struct reading *r)
{
	struct spot list, item = {0};
	enum rc rc = OK;

	TRY(open_list(r, "preferences", &list));
	uint32_t *seen = heap_alloc(ALLOCATE_MAX_CLASSES * sizeof *seen);
	while (rc == OK && spot_next(&list, &item))
		rc = read_wishes(r, &item, seen);
	heap_free(seen);
	return rc;
}

static enum rc read_busy(struct reading *r)
{
	struct spot list, item = {0};
	size_t n;
	int64_t slot;

	if (!spot_has(r->root, "busy_slots"))
		return OK;
	TRY(open_list(r, "busy_slots", &list));
	while (spot_next(&list, &item)) {
		struct spot one = {0};
		TRY(spot_count(&item, ALLOCATE_MAX_SLOTS, &n));
		while (spot_next(&item, &one)) {
			/* Without "slots", people may be busy when no workshop is. */
			TRY(spot_int(&one, 0, ALLOCATE_MAX_SLOTS - 1, &slot));
			if (slot >= r->out->n_slots && spot_has(r->root, "slots"))
				return spot_refuse(&one, "there are %u slots", r->out->n_slots);
			if (slot < r->out->n_slots)
				r->out->attendees[item.index].busy |= (uint64_t)1 << slot;
		}
	}
	return OK;
}

static enum rc read_priorities(struct reading *r)
{
	struct spot list, item = {0};
	int64_t priority;

	if (!spot_has(r->root, "priority"))
		return OK;
	TRY(open_list(r, "priority", &list));
	while (spot_next(&list, &item)) {
		TRY(spot_int(&item, 0, ALLOCATE_MAX_PRIORITY, &priority));
		r->out->attendees[item.index].priority = (uint32_t)priority;
	}
	return OK;
}

static int compare_attendees_by_code(const void *a, const void *b)
{
	const struct allocate_attendee *const *x = a, *const *y = b;
	int order = strcmp((*x)->code, (*y)->code);

	return order ? order : (*x > *y) - (*x < *y);
}

static enum rc read_codes(struct reading *r)
{
	struct spot list, item = {0};
	uint32_t n = r->out->n_attendees;
	enum rc rc = OK;

	if (!spot_has(r->root, "codes"))
		return OK;
	TRY(open_list(r, "codes", &list));
	const struct allocate_attendee **sorted = heap_alloc(n * sizeof *sorted);
	while (rc == OK && spot_next(&list, &item)) {
		const char *code = cJSON_GetStringValue(item.value);
		if (text_is_empty(code) || strlen(code) > 100)
			rc = spot_refuse(&item, "a text of 1 to 100 bytes is wanted");
		else
			r->out->attendees[item.index].code = arena_strdup(r->arena, code);
		sorted[item.index] = &r->out->attendees[item.index];
	}
	if (rc == OK && n) {
		qsort(sorted, n, sizeof *sorted, compare_attendees_by_code);
		for (uint32_t i = 1; i < n && rc == OK; i++)
			if (text_equal(sorted[i - 1]->code, sorted[i]->code))
				rc = spot_refuse(&list, "%s is there twice", sorted[i]->code);
	}
	heap_free(sorted);
	return rc;
}

/* ---- the whole ---- */

enum rc allocation_read(
	struct arena *a, struct str json, struct allocate_problem *out, struct err *err)
{
	struct spot root;
	struct reading r = {.arena = a, .root = &root, .out = out};
	int64_t n;

	*out = (struct allocate_problem){0};
	TRY(spot_open(a, json, "allocation-1", &root, err));
	TRY(spot_get_int(&root, "attendees", 0, ALLOCATE_MAX_ATTENDEES, &n));
	out->n_attendees = (uint32_t)n;
	out->attendees = ARENA_ARRAY(a, out->n_attendees, struct allocate_attendee);
	TRY(read_workshops(&r));
	TRY(read_wants(&r));
	TRY(read_preferences(&r));
	TRY(read_busy(&r));
	TRY(read_priorities(&r));
	TRY(read_codes(&r));
	return allocate_check(out, err);
}

void allocation_write_csv(const struct allocate_solution *s, struct buf *out)
{
	buf_text(out, "attendee,offering\n");
	for (size_t k = 0; k < s->n_seats; k++)
		buf_printf(out, "%u,%u\n", s->seats[k].attendee, s->seats[k].offering);
}
