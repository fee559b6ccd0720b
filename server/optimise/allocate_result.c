/* allocation-result-1: written in one way, and proved from nothing but its own text. */
#include "optimise/allocate.h"

#include <inttypes.h>
#include <string.h>
#include "base/hash.h"
#include "optimise/spot.h"

static const struct str format = {"allocation-result-1", 19};

/* ---- writing ---- */

static void write_wishes(const struct allocate_attendee *who, struct buf *out)
{
	bool is_first = true;

	if (who->code) {
		buf_text(out, "\"code\":");
		json_add_string(out, who->code);
		buf_char(out, ',');
	}
	buf_printf(out, "\"want\":%u,\"priority\":%u,\"busy\":[", who->want, who->priority);
	for (uint32_t slot = 0; slot < ALLOCATE_MAX_SLOTS; slot++)
		if (who->busy >> slot & 1) {
			buf_printf(out, is_first ? "%u" : ",%u", slot);
			is_first = false;
		}
	buf_text(out, "],\"wishes\":[");
	for (uint32_t k = 0; k < who->n_wishes; k++)
		buf_printf(out, k ? ",%u" : "%u", who->wishes[k]);
	buf_char(out, ']');
}

static void write_problem(const struct allocate_problem *p, struct buf *out)
{
	buf_printf(out, "{\"slots\":%u,\"classes\":%u,\"offerings\":[", p->n_slots, p->n_classes);
	for (uint32_t o = 0; o < p->n_offerings; o++)
		buf_printf(out, "%s\n{\"class\":%u,\"slot\":%u,\"capacity\":%u}", o ? "," : "",
			p->offerings[o].class_id, p->offerings[o].slot, p->offerings[o].capacity);
	buf_text(out, "],\"attendees\":[");
	for (uint32_t i = 0; i < p->n_attendees; i++) {
		buf_text(out, i ? ",\n{" : "\n{");
		write_wishes(&p->attendees[i], out);
		buf_char(out, '}');
	}
	buf_text(out, "]}");
}

static void write_prices(const int64_t *price, uint32_t n, struct buf *out)
{
	buf_text(out, "\"price\":[");
	for (uint32_t o = 0; o < n; o++)
		buf_printf(out, o ? ",%" PRId64 : "%" PRId64, price[o]);
	buf_char(out, ']');
}

static void write_proof(
	const struct allocate_problem *p, const struct allocate_proof *proof, struct buf *out)
{
	buf_printf(out,
		"\n{\"priority\":%u,\"value\":%" PRId64 ",\"bound\":%" PRId64 ",\"scale\":%" PRId64
		",",
		proof->priority, proof->value, proof->bound, proof->scale);
	write_prices(proof->price, p->n_offerings, out);
	buf_text(out, ",\"branches\":[");
	for (size_t b = 0; b < proof->n_branches; b++) {
		const struct allocate_branch *branch = &proof->branches[b];
		buf_text(out, b ? ",\n{" : "\n{");
		if (branch->price)
			write_prices(branch->price, p->n_offerings, out);
		else
			buf_printf(out, "\"attendee\":%u,\"offering\":%u", branch->attendee,
				branch->offering);
		buf_char(out, '}');
	}
	buf_text(out, "]}");
}

static void write_outcome(
	const struct allocate_problem *p, const struct allocate_solution *s, struct buf *out)
{
	const struct allocate_counts *n = &s->counts;

	buf_printf(out, "\"method\":\"%s\",\n\"seed\":\"%" PRIu64 "\",\n\"seats\":[",
		s->method == ALLOCATE_DRAFT ? "draft" : "exact", s->seed);
	for (size_t k = 0; k < s->n_seats; k++)
		buf_printf(out, "%s\n{\"attendee\":%u,\"offering\":%u,\"turn\":%u}", k ? "," : "",
			s->seats[k].attendee, s->seats[k].offering, s->seats[k].turn);
	buf_printf(out, "],\n\"without\":%u,\"first\":%u,\"second\":%u,\"third\":%u,\n",
		n->n_without, n->n_first, n->n_second, n->n_third);
	buf_printf(out,
		"\"value\":%" PRId64 ",\"bound\":%" PRId64 ",\"certified\":%s,\"cut\":%s,\n"
		"\"proofs\":[",
		s->value, s->bound, s->is_certified ? "true" : "false",
		s->is_cut ? "true" : "false");
	for (size_t g = 0; g < s->n_proofs; g++) {
		buf_text(out, g ? "," : "");
		write_proof(p, &s->proofs[g], out);
	}
	buf_text(out, "]");
}

static const char *digest_of(struct arena *a, const struct allocate_problem *p)
{
	struct buf text = buf_on_heap(INSTANCE_MAX_BYTES);

	write_problem(p, &text);
	const char *hex = hash_hex(a, buf_view(&text));
	buf_free(&text);
	return hex;
}

void allocate_result_write(
	const struct allocate_problem *p, const struct allocate_solution *s, struct buf *out)
{
	struct arena *own = arena_new();

	buf_printf(out, "{\"format\":\"%s\",\n\"digest\":\"%s\",\n\"problem\":", format.p,
		digest_of(own, p));
	write_problem(p, out);
	buf_text(out, ",\n");
	write_outcome(p, s, out);
	buf_text(out, "}\n");
	arena_free(own);
}

/* ---- reading ---- */

static enum rc read_number(const struct spot *object, const char *key, int64_t max, uint32_t *out)
{
	int64_t value;

	TRY(spot_get_int(object, key, 0, max, &value));
	*out = (uint32_t)value;
	return OK;
}

static enum rc read_points(const struct spot *object, const char *key, int64_t *out)
{
	return spot_get_int(object, key, -((int64_t)1 << 52), (int64_t)1 << 52, out);
}

static enum rc read_offerings(
	struct arena *a, const struct spot *problem, struct allocate_problem *out)
{
	struct spot list, item = {0};
	size_t n;

	TRY(read_number(problem, "slots", ALLOCATE_MAX_SLOTS, &out->n_slots));
	TRY(read_number(problem, "classes", ALLOCATE_MAX_CLASSES, &out->n_classes));
	TRY(spot_get(problem, "offerings", &list));
	TRY(spot_count(&list, ALLOCATE_MAX_OFFERINGS, &n));
	out->n_offerings = (uint32_t)n;
	out->offerings = ARENA_ARRAY(a, n, struct allocate_offering);
	while (spot_next(&list, &item)) {
		struct allocate_offering *o = &out->offerings[item.index];
		TRY(read_number(&item, "class", ALLOCATE_MAX_CLASSES, &o->class_id));
		TRY(read_number(&item, "slot", ALLOCATE_MAX_SLOTS, &o->slot));
		TRY(read_number(&item, "capacity", ALLOCATE_MAX_CAPACITY, &o->capacity));
	}
	return OK;
}

static enum rc read_attendee(
	struct arena *a, const struct spot *item, struct allocate_attendee *out)
{
	int32_t *busy, *wishes;
	size_t n;

	if (spot_has(item, "code"))
		TRY(spot_get_text(a, item, "code", &out->code));
	TRY(read_number(item, "want", ALLOCATE_MAX_WANT, &out->want));
	TRY(read_number(item, "priority", ALLOCATE_MAX_PRIORITY, &out->priority));
	TRY(spot_get_ints(
		a, item, "busy", ALLOCATE_MAX_SLOTS, 0, ALLOCATE_MAX_SLOTS - 1, &busy, &n));
	for (size_t k = 0; k < n; k++)
		out->busy |= (uint64_t)1 << busy[k];
	TRY(spot_get_ints(
		a, item, "wishes", ALLOCATE_MAX_WISHES, 0, ALLOCATE_MAX_CLASSES - 1, &wishes, &n));
	uint32_t *classes = ARENA_ARRAY(a, n, uint32_t);
	for (size_t k = 0; k < n; k++)
		classes[k] = (uint32_t)wishes[k];
	out->wishes = classes;
	out->n_wishes = (uint32_t)n;
	return OK;
}

static enum rc read_problem(struct arena *a, const struct spot *root, struct allocate_problem *out)
{
	struct spot problem, list, item = {0};
	size_t n;

	TRY(spot_get(root, "problem", &problem));
	TRY(read_offerings(a, &problem, out));
	TRY(spot_get(&problem, "attendees", &list));
	TRY(spot_count(&list, ALLOCATE_MAX_ATTENDEES, &n));
	out->n_attendees = (uint32_t)n;
	out->attendees = ARENA_ARRAY(a, n, struct allocate_attendee);
	while (spot_next(&list, &item))
		TRY(read_attendee(a, &item, &out->attendees[item.index]));
	return allocate_check(out, root->err);
}

static enum rc read_seed(struct arena *a, const struct spot *root, uint64_t *out)
{
	const char *digits;
	struct spot at;

	TRY(spot_get_text(a, root, "seed", &digits));
	TRY(spot_get(root, "seed", &at));
	*out = 0;
	for (const char *c = digits; *c; c++) {
		if (*c < '0' || *c > '9' || *out > (UINT64_MAX - (uint64_t)(*c - '0')) / 10)
			return spot_refuse(&at, "a whole number below 2^64 is wanted");
		*out = *out * 10 + (uint64_t)(*c - '0');
	}
	return OK;
}

static enum rc read_seats(struct arena *a, const struct spot *root, struct allocate_solution *out)
{
	struct spot list, item = {0};

	TRY(spot_get(root, "seats", &list));
	TRY(spot_count(&list, (size_t)ALLOCATE_MAX_ATTENDEES * ALLOCATE_MAX_WANT, &out->n_seats));
	out->seats = ARENA_ARRAY(a, out->n_seats, struct allocate_seat);
	while (spot_next(&list, &item)) {
		struct allocate_seat *seat = &out->seats[item.index];
		TRY(read_number(&item, "attendee", ALLOCATE_MAX_ATTENDEES, &seat->attendee));
		TRY(read_number(&item, "offering", ALLOCATE_MAX_OFFERINGS, &seat->offering));
		TRY(read_number(&item, "turn", UINT32_MAX, &seat->turn));
	}
	return OK;
}

static enum rc read_prices(struct arena *a, const struct spot *object, uint32_t n, int64_t **out)
{
	struct spot list, item = {0};
	size_t n_there;

	TRY(spot_get(object, "price", &list));
	TRY(spot_count(&list, n, &n_there));
	if (n_there != n)
		return spot_refuse(&list, "has %zu prices for %u offerings", n_there, n);
	*out = ARENA_ARRAY(a, n, int64_t);
	while (spot_next(&list, &item))
		TRY(spot_int(&item, 0, (int64_t)1 << 50, &(*out)[item.index]));
	return OK;
}

static enum rc read_proof(struct arena *a, const struct spot *at, const struct allocate_problem *p,
	struct allocate_proof *out)
{
	struct spot list, item = {0};

	TRY(read_number(at, "priority", ALLOCATE_MAX_PRIORITY, &out->priority));
	TRY(read_points(at, "value", &out->value));
	TRY(read_points(at, "bound", &out->bound));
	TRY(read_points(at, "scale", &out->scale));
	TRY(read_prices(a, at, p->n_offerings, &out->price));
	TRY(spot_get(at, "branches", &list));
	TRY(spot_count(&list, 1000000, &out->n_branches));
	out->branches = ARENA_ARRAY(a, out->n_branches, struct allocate_branch);
	while (spot_next(&list, &item)) {
		struct allocate_branch *branch = &out->branches[item.index];
		if (spot_has(&item, "price")) {
			TRY(read_prices(a, &item, p->n_offerings, &branch->price));
			continue;
		}
		TRY(read_number(&item, "attendee", ALLOCATE_MAX_ATTENDEES, &branch->attendee));
		TRY(read_number(&item, "offering", ALLOCATE_MAX_OFFERINGS, &branch->offering));
	}
	return OK;
}

static enum rc read_outcome(struct arena *a, const struct spot *root,
	const struct allocate_problem *p, struct allocate_solution *out)
{
	struct spot list, item = {0}, method;
	struct allocate_counts *n = &out->counts;

	TRY(spot_get(root, "method", &method));
	const char *name = cJSON_GetStringValue(method.value);
	if (!text_equal(name, "draft") && !text_equal(name, "exact"))
		return spot_refuse(&method, "\"draft\" or \"exact\" is wanted");
	out->method = text_equal(name, "draft") ? ALLOCATE_DRAFT : ALLOCATE_EXACT;
	TRY(read_seed(a, root, &out->seed));
	TRY(read_seats(a, root, out));
	n->n_seats = (uint32_t)out->n_seats;
	TRY(read_number(root, "without", ALLOCATE_MAX_ATTENDEES, &n->n_without));
	TRY(read_number(root, "first", ALLOCATE_MAX_ATTENDEES, &n->n_first));
	TRY(read_number(root, "second", ALLOCATE_MAX_ATTENDEES, &n->n_second));
	TRY(read_number(root, "third", ALLOCATE_MAX_ATTENDEES, &n->n_third));
	TRY(read_points(root, "value", &out->value));
	TRY(read_points(root, "bound", &out->bound));
	out->is_certified = json_bool(root->value, "certified");
	out->is_cut = json_bool(root->value, "cut");
	TRY(spot_get(root, "proofs", &list));
	TRY(spot_count(&list, ALLOCATE_MAX_PRIORITY + 1, &out->n_proofs));
	out->proofs = ARENA_ARRAY(a, out->n_proofs, struct allocate_proof);
	while (spot_next(&list, &item))
		TRY(read_proof(a, &item, p, &out->proofs[item.index]));
	return OK;
}

/* Is the text, to the byte, what is written for this? */
static bool is_written_so(
	const struct allocate_problem *p, const struct allocate_solution *s, struct str json)
{
	struct buf text = buf_on_heap(INSTANCE_MAX_BYTES);

	allocate_result_write(p, s, &text);
	bool is_same = !text.failed && str_equal(buf_view(&text), json);
	buf_free(&text);
	return is_same;
}

enum rc allocate_result_read(struct arena *a, struct str json, struct allocate_problem *p,
	struct allocate_solution *s, const char **digest, struct err *err)
{
	struct spot root, at;
	const char *said;

	*p = (struct allocate_problem){0};
	*s = (struct allocate_solution){0};
	TRY(spot_open(a, json, format.p, &root, err));
	TRY(read_problem(a, &root, p));
	*digest = digest_of(a, p);
	TRY(spot_get_text(a, &root, "digest", &said));
	TRY(spot_get(&root, "digest", &at));
	if (!text_equal(said, *digest))
		return spot_refuse(&at, "the problem has the digest %s", *digest);
	TRY(read_outcome(a, &root, p, s));
	if (!is_written_so(p, s, json))
		return err_set(err, INVALID, "the file is not written as such files are");
	return OK;
}

/* ---- proving ---- */

enum rc allocate_result_verify(struct arena *a, struct str json, const char *published,
	struct effort *effort, bool *is_repeated, struct err *err)
{
	struct allocate_problem p;
	struct allocate_solution s, again;
	const char *digest;

	*is_repeated = false;
	TRY(allocate_result_read(a, json, &p, &s, &digest, err));
	if (published && !text_equal(published, digest))
		return err_set(err, INVALID, "the wishes are not those of the digest published: %s",
			digest);
	bool is_certified = s.is_certified;
	TRY(allocate_verify(&p, &s, err));
	if (s.is_certified != is_certified)
		return err_set(err, INVALID, "certified: the proofs say otherwise");
	if (s.is_cut)
		return OK;
	effort->seed = s.seed;
	if (s.method == ALLOCATE_DRAFT)
		TRY(allocate_draft(a, &p, s.seed, &again, err));
	else
		TRY(allocate_exact(a, &p, effort, &again, err));
	if (again.is_cut)
		return err_set(err, BUSY, "there was no time to solve it again");
	if (!is_written_so(&p, &again, json))
		return err_set(err, INVALID, "solved again, the outcome is another one");
	*is_repeated = true;
	return OK;
}
