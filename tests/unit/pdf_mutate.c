/* Walks a model and its schema side by side, picks members and changes them. */
#include "pdf_mutate.h"

#include "pdf/print.h"

#include <assert.h>
#include <string.h>

enum { MAX_NODES = 4096, MAX_CHANGES = 8, KEPT_ENTRIES = 3, LONG_LIST = 60, LONGEST = 100000 };

/* A value of the model, where it hangs, and the schema it is to keep to. */
struct node {
	cJSON *value, *parent; /* parent NULL: the root */
	const cJSON *schema;   /* behind its references; NULL: none is known */
	const cJSON *root;     /* of the file that the schema stands in */
};

struct mutation {
	struct arena *arena;
	struct dice dice;
	const cJSON *common;
	cJSON *model;
	struct node nodes[MAX_NODES];
	int n_nodes;
};

static cJSON *tree(struct arena *a, const char *json)
{
	struct err err = err_in(a);
	cJSON *parsed = NULL;
	enum rc rc = json_parse(a, str_from(json), &parsed, &err);
	assert(rc == OK);
	(void)rc;
	return parsed;
}

/* What stands behind the references; *root follows into the other file. */
static const cJSON *resolve(const struct mutation *m, const cJSON *schema, const cJSON **root)
{
	static const char defs[] = "#/$defs/";
	for (const char *ref; (ref = json_text(schema, "$ref")) != NULL;) {
		if (ref[0] != '#')
			*root = m->common;
		ref = strstr(ref, defs);
		schema = ref ? json_get(json_get(*root, "$defs"), ref + sizeof defs - 1) : NULL;
	}
	return schema;
}

static void list_nodes(
	struct mutation *m, cJSON *value, cJSON *parent, const cJSON *schema, const cJSON *root)
{
	cJSON *child;
	schema = resolve(m, schema, &root);
	if (m->n_nodes < MAX_NODES)
		m->nodes[m->n_nodes++] = (struct node){value, parent, schema, root};
	cJSON_ArrayForEach(child, value)
	{
		const cJSON *of_child =
			cJSON_IsArray(value)
				? json_get(schema, "items")
				: json_get(json_get(schema, "properties"), child->string);
		list_nodes(m, child, value, of_child, root);
	}
}

/* A few entries are left of every list, so that thousands of models are printed in a minute. */
static void cut_lists(struct mutation *m, cJSON *value)
{
	cJSON *child;
	int kept = 1 + dice_below(&m->dice, KEPT_ENTRIES);
	while (cJSON_IsArray(value) && cJSON_GetArraySize(value) > kept)
		cJSON_DetachItemFromArray(value, dice_below(&m->dice, cJSON_GetArraySize(value)));
	cJSON_ArrayForEach(child, value) cut_lists(m, child);
}

static const char *strange_text(struct mutation *m, const cJSON *schema)
{
	int most = (int)json_int(schema, "maxLength", 40), n;
	switch (dice_below(&m->dice, 40)) {
	case 0:
	case 1:
	case 2:
		n = most;
		break;
	case 3:
		n = most + 1;
		break;
	case 4:
	case 5:
		n = most / 2;
		break;
	case 6:
		n = dice_one_in(&m->dice, 5) ? LONGEST : dice_below(&m->dice, 3);
		break;
	default:
		n = 1 + dice_below(&m->dice, most < 30 ? most : 30);
		break;
	}
	return pdf_strange_text(m->arena, &m->dice, n);
}

static const char *strange_lang(struct dice *d)
{
	static const char *const tags[] = {"en-GB", "de", "fr", "ar", "he", "fa", "ur", "ja", "zh",
		"zh-Hant", "ko", "hi", "th", "tr", "az", "el", "ru", "sr-Latn", "vi", "und", "qaa",
		"zz", "en-x-a-b-c", "de-1996", "root", "en-US-u-ca-buddhist", "ar-u-nu-arab", "my",
		"fa-u-ca-persian", "ja-u-ca-japanese", "abcdefgh-abcdefgh", "bo", "tlh"};
	static const char *const no_tags[] = {"", "e", "x-y", "a1", "en_GB", "en-", "abcdefghi",
		"en-123456789", "en-a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p-q"};
	return dice_one_in(d, 9) ? no_tags[dice_below(d, (int)(sizeof no_tags / sizeof *no_tags))]
				 : tags[dice_below(d, (int)(sizeof tags / sizeof *tags))];
}

/* Bytes that are a picture no longer: one letter of the base64 changed, or the end cut off. */
static const char *spoilt_bytes(struct mutation *m, const char *old)
{
	char *bytes = arena_strdup(m->arena, old ? old : "AAAA");
	int n = (int)strlen(bytes);
	if (!n)
		return "!";
	for (int i = dice_below(&m->dice, 4); i >= 0; i--)
		bytes[dice_below(&m->dice, n)] = "AZaz09+/=! "[dice_below(&m->dice, 11)];
	if (dice_one_in(&m->dice, 3))
		bytes[dice_below(&m->dice, n)] = '\0';
	return bytes;
}

static const char *string_for(struct mutation *m, const cJSON *schema, const char *old)
{
	const char *format = json_text(schema, "format");
	const cJSON *values = json_get(schema, "enum");
	struct dice *d = &m->dice;
	if (json_get(schema, "contentEncoding"))
		return spoilt_bytes(m, old);
	if (values && !dice_one_in(d, 40))
		return cJSON_GetArrayItem(values, dice_below(d, cJSON_GetArraySize(values)))
			->valuestring;
	if (!format || dice_one_in(d, 20))
		return strange_text(m, schema);
	if (strcmp(format, "lang") == 0)
		return strange_lang(d);
	if (strcmp(format, "date") == 0)
		return arena_printf(m->arena, "%04d-%02d-%02d",
			dice_one_in(d, 9) ? dice_below(d, 10000) : 2027, 1 + dice_below(d, 12),
			1 + dice_below(d, 30));
	if (strcmp(format, "clock") == 0)
		return arena_printf(m->arena, "%02d:%02d", dice_below(d, 25), dice_below(d, 60));
	if (strcmp(format, "colour") == 0)
		return arena_printf(m->arena, "#%06x", (unsigned)dice_below(d, 1 << 24));
	const char *text = strange_text(m, schema); /* paragraphs */
	for (int i = dice_below(d, 4); i > 0; i--)
		text = arena_printf(m->arena, "%s%s%s", text, dice_one_in(d, 2) ? "\n" : "\n\n",
			strange_text(m, schema));
	return text;
}

static double number_for(struct mutation *m, const cJSON *schema)
{
	double least = model_number(schema, "minimum", 0),
	       most = model_number(schema, "maximum", 100);
	bool is_whole = !cJSON_IsString(json_get(schema, "type")) ||
			strcmp(model_text(schema, "type"), "integer") == 0;
	double between = least + (most - least) * dice_below(&m->dice, 1001) / 1000;
	switch (dice_below(&m->dice, 4)) {
	case 0:
		return least;
	case 1:
		return most;
	default:
		return is_whole ? (double)(int64_t)between : between;
	}
}

static cJSON *value_for(struct mutation *m, const cJSON *schema, const cJSON *root, int depth);

static cJSON *object_for(struct mutation *m, const cJSON *schema, const cJSON *root, int depth)
{
	cJSON *object = cJSON_CreateObject();
	const cJSON *property, *name;
	cJSON_ArrayForEach(property, json_get(schema, "properties"))
	{
		bool is_required = false;
		cJSON_ArrayForEach(name, json_get(schema, "required")) is_required =
			is_required || strcmp(name->valuestring, property->string) == 0;
		if (is_required || dice_one_in(&m->dice, 3))
			cJSON_AddItemToObject(
				object, property->string, value_for(m, property, root, depth + 1));
	}
	return object;
}

/* A value that keeps to the schema, but for what the dice want otherwise. */
static cJSON *value_for(struct mutation *m, const cJSON *schema, const cJSON *root, int depth)
{
	schema = resolve(m, schema, &root);
	const char *type = model_text(schema, "type");
	if (strcmp(type, "object") == 0)
		return object_for(m, schema, root, depth);
	if (strcmp(type, "string") == 0)
		return cJSON_CreateString(string_for(m, schema, NULL));
	if (strcmp(type, "boolean") == 0)
		return cJSON_CreateBool(dice_one_in(&m->dice, 2));
	if (strcmp(type, "array") != 0)
		return cJSON_CreateNumber(number_for(m, schema));
	cJSON *list = cJSON_CreateArray();
	int n = (int)json_int(schema, "minItems", 0) + dice_below(&m->dice, 3);
	while (n-- > 0 && depth < JSON_MAX_DEPTH)
		cJSON_AddItemToArray(
			list, value_for(m, json_get(schema, "items"), root, depth + 1));
	return list;
}

static void replace(const struct node *n, cJSON *with)
{
	if (n->parent)
		cJSON_ReplaceItemViaPointer(n->parent, n->value, with);
}

static void replace_named(const struct node *n, cJSON *with)
{
	if (n->parent && cJSON_IsObject(n->parent))
		with->string = n->value->string;
	replace(n, with);
}

/* A member more, or one less. */
static void change_object(struct mutation *m, const struct node *n)
{
	const cJSON *properties = json_get(n->schema, "properties");
	int n_properties = cJSON_GetArraySize(properties);
	if (!n_properties)
		return;
	const cJSON *property = cJSON_GetArrayItem(properties, dice_below(&m->dice, n_properties));
	const cJSON *name;
	bool is_required = false;
	cJSON_ArrayForEach(name, json_get(n->schema, "required")) is_required =
		is_required || strcmp(name->valuestring, property->string) == 0;
	if (!json_get(n->value, property->string))
		cJSON_AddItemToObject(
			n->value, property->string, value_for(m, property, n->root, 0));
	else if (!is_required)
		cJSON_DetachItemFromObjectCaseSensitive(n->value, property->string);
}

/* Some entries more; now and then as many as are allowed, or one too many. */
static void change_list(struct mutation *m, const struct node *n)
{
	const cJSON *items = json_get(n->schema, "items");
	int most = (int)json_int(n->schema, "maxItems", 3), size = cJSON_GetArraySize(n->value);
	int wanted = size + 1 + dice_below(&m->dice, 3);
	if (dice_one_in(&m->dice, 12) && (most <= LONG_LIST || dice_one_in(&m->dice, 40)))
		wanted = most + (dice_one_in(&m->dice, 3) ? 1 : 0);
	for (; size < wanted; size++) {
		bool copies = cJSON_GetArraySize(n->value) && !dice_one_in(&m->dice, 3);
		cJSON_AddItemToArray(n->value, copies ? cJSON_Duplicate(n->value->child, true)
						      : value_for(m, items, n->root, 4));
	}
}

static void change_within(struct mutation *m, const struct node *n)
{
	if (cJSON_IsObject(n->value))
		change_object(m, n);
	else if (cJSON_IsArray(n->value))
		change_list(m, n);
	else if (cJSON_IsString(n->value))
		replace_named(
			n, cJSON_CreateString(string_for(m, n->schema, n->value->valuestring)));
	else if (cJSON_IsBool(n->value))
		replace_named(n, cJSON_CreateBool(!cJSON_IsTrue(n->value)));
	else
		replace_named(n, cJSON_CreateNumber(number_for(m, n->schema)));
}

static cJSON *deep(int depth)
{
	cJSON *list = cJSON_CreateArray();
	if (depth)
		cJSON_AddItemToArray(list, deep(depth - 1));
	return list;
}

static cJSON *wrong_value(struct dice *d)
{
	static const double numbers[] = {-1, 0, 7, 0.5, 1e-9, 2147483648.0, -2147483649.0,
		9007199254740991.0, -9007199254740991.0, 999999999999999.5};
	switch (dice_below(d, 7)) {
	case 0:
		return cJSON_CreateNull();
	case 1:
		return cJSON_CreateObject();
	case 2:
		return cJSON_CreateArray();
	case 3:
		return cJSON_CreateBool(dice_one_in(d, 2));
	case 4:
		return cJSON_CreateString("");
	case 5:
		return deep(dice_below(d, 40));
	default:
		return cJSON_CreateNumber(
			numbers[dice_below(d, (int)(sizeof numbers / sizeof *numbers))]);
	}
}

/* What no schema allows: a member that is missing, misspelt, twice there or of another type. */
static void change_against(struct mutation *m, const struct node *n)
{
	char *misspelt;
	if (!n->parent)
		return;
	switch (dice_below(&m->dice, 4)) {
	case 0:
		cJSON_DetachItemViaPointer(n->parent, n->value);
		break;
	case 1:
		if (!n->value->string)
			break;
		misspelt = arena_printf(m->arena, "%s%s", n->value->string,
			pdf_strange_text(m->arena, &m->dice, 3));
		n->value->string = misspelt;
		break;
	case 2:
		if (cJSON_IsObject(n->parent))
			cJSON_AddItemToObject(
				n->parent, n->value->string, cJSON_Duplicate(n->value, true));
		break;
	default:
		replace_named(n, wrong_value(&m->dice));
		break;
	}
}

/* The order of days and hours is easily broken, and then nothing else is tried: they rarely change.
 */
static bool is_order(const struct node *n)
{
	const char *format = model_text(n->schema, "format");
	return strcmp(format, "date") == 0 || strcmp(format, "clock") == 0;
}

cJSON *pdf_mutate(struct arena *a, const char *kind, uint64_t seed)
{
	struct arena *before = json_arena_begin(a);
	struct mutation *m = ARENA_NEW(a, struct mutation);
	const cJSON *schema = tree(a, print_schema(kind));
	m->arena = a;
	m->dice.state = seed;
	m->common = tree(a, print_schema("common"));
	m->model = tree(a, print_example(kind));
	cut_lists(m, m->model);
	for (int i = 1 + dice_below(&m->dice, MAX_CHANGES); i > 0; i--) {
		m->n_nodes = 0;
		list_nodes(m, m->model, NULL, schema, schema);
		const struct node *n = &m->nodes[dice_below(&m->dice, m->n_nodes)];
		if (is_order(n) && !dice_one_in(&m->dice, 8))
			continue;
		if (dice_one_in(&m->dice, 30))
			change_against(m, n);
		else
			change_within(m, n);
	}
	json_arena_end(before);
	return m->model;
}
