/* Every component with its examples, from the model beside the template. */
#include "base/json.h"
#include "pages/handlers.h"
#include "view/markdown.h"

static void put_value(struct vm *vm, const cJSON *item);

static void put_object(struct vm *vm, const cJSON *object)
{
	for (const cJSON *item = object->child; item; item = item->next)
		/* The frame's own words. */
		if (!text_equal(item->string, "page") && !text_equal(item->string, "flash"))
			put_value(vm, item);
}

static void put_list(struct vm *vm, const cJSON *array)
{
	struct vm_list *list = vm_page_list(vm, array->string);

	for (const cJSON *item = array->child; item; item = item->next) {
		if (cJSON_IsObject(item))
			put_object(vm_item(list), item);
		else if (cJSON_IsString(item))
			vm_item_text(list, item->valuestring);
	}
}

static void put_value(struct vm *vm, const cJSON *item)
{
	if (cJSON_IsObject(item))
		put_object(vm_page_object(vm, item->string), item);
	else if (cJSON_IsArray(item))
		put_list(vm, item);
	else if (cJSON_IsBool(item))
		vm_page_bool(vm, item->string, cJSON_IsTrue(item));
	else if (cJSON_IsNumber(item))
		vm_page_int(vm, item->string, (int64_t)item->valuedouble);
	else if (cJSON_IsString(item) &&
		str_ends_with(str_from(item->string), STR("_html")))
		vm_html(vm, item->string, markdown_html(vm_arena(vm), item->valuestring));
	else if (cJSON_IsString(item))
		vm_page_text(vm, item->string, item->valuestring);
}

/* GET /styleguide */
enum rc get_styleguide(struct request *rq, struct vm *vm)
{
	struct asset asset;
	cJSON *model;

	if (!asset_find(rq->app->assets, rq->arena, "templates/styleguide.json", &asset))
		return err_internal(&rq->err, "the styleguide has no model");
	TRY(json_parse(rq->arena, asset.bytes, &model, &rq->err));
	put_object(vm, model);
	return OK;
}
