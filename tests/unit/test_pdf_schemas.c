/*
 * The schemas of all kinds of documents: pdf/model.c reads the keywords that pdf/model.h lists, and
 * a schema with others, or without the limits it counts on, would promise what nothing keeps.
 */
#include "pdf/print.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	json_setup();
	arena = arena_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static const cJSON *tree(const char *json)
{
	struct err err = err_in(arena);
	cJSON *parsed = NULL;
	if (json_parse(arena, str_from(json), &parsed, &err) != OK)
		fail_msg("%s: %.60s", err.message, json);
	return parsed;
}

/* The walk through a schema stops at its first fault. */
struct walk {
	const cJSON *root, *common;
	char *fault; /* NULL: none */
};

static void fault(struct walk *w, const char *path, const char *message)
{
	if (!w->fault)
		w->fault = arena_printf(arena, "%s: %s", path, message);
}

/* Words between blanks. */
static bool has_word(const char *words, const char *word)
{
	struct str rest = str_from(words);
	while (rest.p && rest.n)
		if (str_equal(str_cut(&rest, ' '), str_from(word)))
			return true;
	return false;
}

static void check_keywords(struct walk *w, const cJSON *s, const char *known, const char *path)
{
	const cJSON *keyword;
	cJSON_ArrayForEach(keyword, s) if (!has_word(known, keyword->string))
		fault(w, path, arena_printf(arena, "unknown keyword %s", keyword->string));
}

static const cJSON *target(const struct walk *w, const char *ref)
{
	static const char common[] = "common.schema.json", defs[] = "#/$defs/";
	bool in_common = strncmp(ref, common, sizeof common - 1) == 0;
	const char *at = in_common ? ref + sizeof common - 1 : ref;
	if (strncmp(at, defs, sizeof defs - 1) != 0)
		return NULL;
	return json_get(json_get(in_common ? w->common : w->root, "$defs"), at + sizeof defs - 1);
}

/* A chain of references that bites its own tail would never be resolved. */
static void check_ref(struct walk *w, const cJSON *s, const char *path)
{
	struct walk at = *w;
	int n = 0;
	check_keywords(w, s, "$ref title description default", path);
	for (const char *ref; (ref = json_text(s, "$ref")) != NULL && n < 10; n++) {
		s = target(&at, ref);
		if (!s) {
			fault(w, path, arena_printf(arena, "%s leads nowhere", ref));
			return;
		}
		if (ref[0] != '#')
			at.root = at.common;
	}
	if (n == 10)
		fault(w, path, "references go round in a circle");
}

/* Both bounds, of which the lower may be left out when `least_is_optional`. */
static void check_bounds(struct walk *w, const cJSON *s, const char *least, const char *most,
	bool least_is_optional, const char *path)
{
	const cJSON *low = json_get(s, least), *high = json_get(s, most);
	if (!cJSON_IsNumber(high) || (!cJSON_IsNumber(low) && (low || !least_is_optional)))
		fault(w, path, arena_printf(arena, "no %s and %s", least, most));
	else if ((low ? low->valuedouble : 0) > high->valuedouble)
		fault(w, path, arena_printf(arena, "%s above %s", least, most));
}

static void check_string(struct walk *w, const cJSON *s, const char *path)
{
	const cJSON *values = json_get(s, "enum"), *value;
	const char *format = json_text(s, "format"), *encoding = json_text(s, "contentEncoding");
	check_keywords(w, s,
		"type title description default minLength maxLength enum format contentEncoding",
		path);
	check_bounds(w, s, "minLength", "maxLength", true, path);
	if (json_get(s, "format") &&
		(!format || !has_word("date clock lang colour paragraphs", format)))
		fault(w, path, "unknown format");
	if (json_get(s, "contentEncoding") && (!encoding || strcmp(encoding, "base64") != 0))
		fault(w, path, "unknown contentEncoding");
	if (values && (!cJSON_IsArray(values) || !cJSON_GetArraySize(values)))
		fault(w, path, "an enum without values");
	cJSON_ArrayForEach(value, values)
	{
		const char *text = cJSON_GetStringValue(value);
		if (!text || strlen(text) > (size_t)json_int(s, "maxLength", 0))
			fault(w, path, "an enum with a value that maxLength refuses");
	}
}

static void check_schema(struct walk *w, const cJSON *s, const char *path);

static void check_object(struct walk *w, const cJSON *s, const char *path)
{
	const cJSON *properties = json_get(s, "properties"), *p, *name;
	check_keywords(w, s,
		"$schema $defs type title description properties required dateOrder "
		"additionalProperties",
		path);
	if (!cJSON_IsFalse(json_get(s, "additionalProperties")))
		fault(w, path, "additionalProperties is not false");
	if (!cJSON_IsObject(properties))
		fault(w, path, "no properties");
	cJSON_ArrayForEach(name, json_get(s, "required"))
	{
		const char *text = cJSON_GetStringValue(name);
		if (!text || !json_get(properties, text))
			fault(w, path, "a required member is no property");
	}
	if (json_get(s, "dateOrder") && cJSON_GetArraySize(json_get(s, "dateOrder")) != 2)
		fault(w, path, "dateOrder is not two members");
	cJSON_ArrayForEach(name, json_get(s, "dateOrder"))
	{
		const char *text = cJSON_GetStringValue(name);
		if (!text || !json_get(properties, text))
			fault(w, path, "a member of dateOrder is no property");
	}
	cJSON_ArrayForEach(p, properties)
		check_schema(w, p, arena_printf(arena, "%s.%s", path, p->string));
}

static void check_schema(struct walk *w, const cJSON *s, const char *path)
{
	const char *type = json_text(s, "type");
	if (json_get(s, "$ref")) {
		check_ref(w, s, path);
	} else if (!type) {
		fault(w, path, "no type");
	} else if (strcmp(type, "object") == 0) {
		check_object(w, s, path);
	} else if (strcmp(type, "array") == 0) {
		check_keywords(w, s, "type title description items minItems maxItems", path);
		check_bounds(w, s, "minItems", "maxItems", true, path);
		check_schema(w, json_get(s, "items"), arena_printf(arena, "%s.items", path));
	} else if (strcmp(type, "string") == 0) {
		check_string(w, s, path);
	} else if (strcmp(type, "integer") == 0 || strcmp(type, "number") == 0) {
		check_keywords(w, s, "type title description default minimum maximum", path);
		check_bounds(w, s, "minimum", "maximum", false, path);
	} else if (strcmp(type, "boolean") == 0) {
		check_keywords(w, s, "type title description default", path);
	} else {
		fault(w, path, "unknown type");
	}
}

/* A whole file; the one of common parts has definitions alone. NULL: nothing is wrong. */
static const char *fault_of(const cJSON *root, const cJSON *common)
{
	struct walk w = {.root = root, .common = common};
	const cJSON *def;
	if (root == common)
		check_keywords(&w, root, "$schema title description $defs", "#");
	else
		check_schema(&w, root, "#");
	cJSON_ArrayForEach(def, json_get(root, "$defs"))
		check_schema(&w, def, arena_printf(arena, "$defs.%s", def->string));
	return w.fault;
}

static void uses_only_what_the_check_of_models_understands(void **state)
{
	(void)state;
	const cJSON *common = tree(print_schema("common"));
	const char *wrong = fault_of(common, common);
	if (wrong)
		fail_msg("common.schema.json: %s", wrong);
	for (const char *const *kind = print_kinds(); *kind; kind++) {
		wrong = fault_of(tree(print_schema(*kind)), common);
		if (wrong)
			fail_msg("%s.schema.json: %s", *kind, wrong);
	}
}

static void says_what_a_model_is_and_what_it_needs(void **state)
{
	(void)state;
	for (const char *const *kind = print_kinds(); *kind; kind++) {
		const cJSON *schema = tree(print_schema(*kind));
		assert_string_equal(json_text(schema, "type"), "object");
		assert_string_equal(json_text(schema, "$schema"),
			"https://json-schema.org/draft/2020-12/schema");
		assert_non_null(json_text(schema, "title"));
		assert_non_null(json_text(schema, "description"));
		/* The typesetter wants the language of every document. */
		assert_string_equal(
			json_text(json_get(json_get(schema, "properties"), "lang"), "$ref"),
			"common.schema.json#/$defs/lang");
	}
}

static void every_example_keeps_to_its_schema(void **state)
{
	(void)state;
	for (const char *const *kind = print_kinds(); *kind; kind++) {
		struct err err = err_in(arena);
		if (print_check(*kind, tree(print_example(*kind)), &err) != OK)
			fail_msg("%s.example.json: %s: %s", *kind,
				err.fields ? err.fields->field : "",
				err.fields ? err.fields->message : err.message);
	}
}

#define OBJECT(properties)                                                                         \
	"{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{" properties "}}"

/* What each of these leaves out or adds is what the walk above must not pass over. */
static void finds_the_fault_of_a_wrong_schema(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"{\"type\":\"object\",\"properties\":{}}",
		"{\"type\":\"object\",\"properties\":{},\"additionalProperties\":true}",
		"{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false,"
		"\"required\":[\"name\"]}",
		"{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false,"
		"\"$defs\":{\"x\":{\"type\":\"string\"}}}",
		OBJECT("\"a\":{\"type\":\"string\"}"),
		OBJECT("\"a\":{\"type\":\"string\",\"maxLength\":9,\"pattern\":\"x\"}"),
		OBJECT("\"a\":{\"type\":\"string\",\"maxLength\":9,\"format\":\"email\"}"),
		OBJECT("\"a\":{\"type\":\"string\",\"maxLength\":9,\"minLength\":10}"),
		OBJECT("\"a\":{\"type\":\"string\",\"maxLength\":1,\"enum\":[\"xy\"]}"),
		OBJECT("\"a\":{\"type\":\"integer\",\"minimum\":0}"),
		OBJECT("\"a\":{\"type\":\"number\",\"maximum\":9}"),
		OBJECT("\"a\":{\"type\":\"array\",\"items\":{\"type\":\"boolean\"}}"),
		OBJECT("\"a\":{\"type\":\"array\",\"maxItems\":9}"),
		OBJECT("\"a\":{\"type\":\"null\"}"),
		OBJECT("\"a\":{\"$ref\":\"#/$defs/none\"}"),
		OBJECT("\"a\":{\"$ref\":\"other.schema.json#/$defs/note\"}"),
		OBJECT("\"a\":{\"$ref\":\"common.schema.json#/$defs/note\",\"maxLength\":3}"),
		OBJECT("\"a\":{\"$ref\":\"common.schema.json#/$defs/round\"}"),
	};
	const cJSON *common = tree("{\"$defs\":{\"note\":{\"type\":\"string\",\"maxLength\":5},"
				   "\"round\":{\"$ref\":\"#/$defs/round\"}}}");
	const char *right = OBJECT("\"a\":{\"$ref\":\"common.schema.json#/$defs/note\"}");
	assert_null(fault_of(tree(right), common));
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		if (!fault_of(tree(wrong[i]), common))
			fail_msg("nothing is found wrong with %s", wrong[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			uses_only_what_the_check_of_models_understands, setup, teardown),
		cmocka_unit_test_setup_teardown(
			says_what_a_model_is_and_what_it_needs, setup, teardown),
		cmocka_unit_test_setup_teardown(every_example_keeps_to_its_schema, setup, teardown),
		cmocka_unit_test_setup_teardown(finds_the_fault_of_a_wrong_schema, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
