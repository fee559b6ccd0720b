/* What came of the wishes, as everybody may read it. */
#include "pages/allocation.h"
#include "pages/handlers.h"

/* ---- figures ---- */

static const cJSON *method_of(const cJSON *plan, const char *word)
{
	const cJSON *method;

	cJSON_ArrayForEach(method, json_get(plan, "methods"))
	{
		if (text_equal(json_text(method, "method"), word))
			return method;
	}
	return NULL;
}

static void put_method(struct vm *vm, const cJSON *method)
{
	static const char *const numbers[] = {
		"seed", "n_without", "n_first", "n_second", "n_third", "n_seats", "value", "bound"};

	vm_enum(vm, "method", "allocation", json_text(method, "method"));
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		vm_int(vm, numbers[i], json_int(method, numbers[i], 0));
	vm_bool(vm, "is_certified", json_bool(method, "is_certified"));
	vm_bool(vm, "is_cut", json_bool(method, "is_cut"));
	vm_text(vm, "digest", json_text(method, "digest"));
}

/* One line of the comparison; sign 1: more is better, -1: less is, 0: neither. */
static void put_figure(
	struct vm_list *list, const char *what, const cJSON *draft, const cJSON *exact, int sign)
{
	struct vm *vm = vm_item(list);
	int64_t d = json_int(draft, what, 0), e = json_int(exact, what, 0);

	vm_enum(vm, "what", "allocation_figure", what);
	vm_page_int(vm, "draft", d);
	vm_page_int(vm, "exact", e);
	vm_page_bool(vm, "is_draft_better", sign * d > sign * e);
	vm_page_bool(vm, "is_exact_better", sign * e > sign * d);
}

void put_methods(struct request *rq, struct vm *vm, const cJSON *plan)
{
	const cJSON *draft = method_of(plan, "draft"), *exact = method_of(plan, "exact"), *method;
	struct vm_list *methods = vm_list(vm, "methods"), *figures = vm_page_list(vm, "figures");

	(void)rq;
	cJSON_ArrayForEach(method, json_get(plan, "methods")) put_method(vm_item(methods), method);
	put_figure(figures, "n_without", draft, exact, -1);
	put_figure(figures, "n_first", draft, exact, 1);
	put_figure(figures, "n_second", draft, exact, 0);
	put_figure(figures, "n_third", draft, exact, 0);
	put_figure(figures, "n_seats", draft, exact, 1);
	vm_page_bool(vm, "is_proved", json_bool(exact, "is_certified"));
	vm_page_bool(vm, "was_cut", json_bool(exact, "is_cut"));
}

/* ---- what was given ---- */

static void put_offerings(struct vm *vm, const cJSON *plan)
{
	struct vm_list *offerings = vm_list(vm, "offerings"), *classes = vm_list(vm, "classes");
	const cJSON *json;

	cJSON_ArrayForEach(json, json_get(plan, "offerings"))
	{
		int64_t number = (int64_t)vm_count(offerings);
		struct vm *offering = vm_item(offerings);
		vm_int(offering, "number", number);
		vm_text(offering, "session", json_text(json, "session"));
		vm_text(offering, "title", json_text(json, "title"));
		vm_time(offering, "starts_at", json_int(json, "starts_at", 0));
		vm_time(offering, "ends_at", json_int(json, "ends_at", 0));
		vm_int(offering, "places", json_int(json, "places", 0));
	}
	cJSON_ArrayForEach(json, json_get(plan, "classes"))
	{
		int64_t number = (int64_t)vm_count(classes);
		struct vm *class = vm_item(classes);
		vm_int(class, "number", number);
		vm_text(class, "masterclass", json_text(json, "masterclass"));
		vm_text(class, "title", json_text(json, "title"));
	}
}

enum rc put_allocation(
	struct request *rq, struct vm *parent, const struct q_allocation_get *allocation)
{
	struct vm *vm = vm_object(parent, "allocation");
	const cJSON *plan, *method;
	cJSON *figures;

	TRY(json_parse(rq->arena, str_from(allocation->figures), &figures, &rq->err));
	plan = json_get(figures, "plan");
	method = method_of(plan, allocation->method);
	put_method(vm, method);
	vm_time(vm, "given_at", allocation->given_at);
	vm_int(vm, "n_tries", json_int(figures, "n_tries", 0));
	vm_page_int(vm, "n", json_int(figures, "n_tries", 0));
	vm_int(vm, "n_wishers", json_int(plan, "n_wishers", 0));
	vm_int(vm, "n_attendees", json_int(plan, "n_attendees", 0));
	vm_int(vm, "n_places", json_int(plan, "n_places", 0));
	vm_int(vm, "most_seats", json_int(plan, "most_seats", 0));
	vm_bool(vm, "is_joined", json_bool(plan, "is_joined"));
	put_methods(rq, vm, plan);
	put_offerings(vm, plan);
	return OK;
}

static enum rc nothing_published(struct request *rq)
{
	return err_set(&rq->err, NOT_FOUND,
		"No result is published here. It is, as soon as seats are given by wishes");
}

/* GET /:event/masterclasses/allocation/result */
enum rc get_allocation_result(struct request *rq, struct vm *vm)
{
	struct q_allocation_get allocation;
	bool found;

	TRY(q_allocation_get(rq->db, rq->arena,
		&(struct q_allocation_get_in){.event_id = page_event_id(rq)}, &allocation, &found,
		&rq->err));
	if (!found)
		return nothing_published(rq);
	TRY(put_allocation(rq, vm, &allocation));
	vm_text(vm, "file",
		arena_printf(
			rq->arena, "%s/masterclasses/allocation/result.json", page_event_path(rq)));
	return OK;
}

/* GET /:event/masterclasses/allocation/result.json: byte for byte what the solver wrote. */
enum rc get_allocation_file(struct request *rq, struct vm *vm)
{
	struct q_allocation_file file;
	bool found;

	(void)vm;
	TRY(q_allocation_file(rq->db, rq->arena,
		&(struct q_allocation_file_in){.event_id = page_event_id(rq)}, &file, &found,
		&rq->err));
	if (!found)
		return nothing_published(rq);
	reply_bytes(rq, "application/json", str_from(file.result), "allocation-result.json", false);
	return OK;
}
