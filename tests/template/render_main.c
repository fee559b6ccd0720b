/*
 * The engine on a pipe, for comparison with others: reads one JSON object a line,
 *   {"template": "…", "partials": {"name": "…"}, "model": …}
 * and answers each with one line, {"output": "…"} or {"error": "…"}.
 */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "view/mustache.h"

enum { MAX_PARTIALS = 16, MAX_OUTPUT_BYTES = 16 << 20 };

struct partials {
	const char *names[MAX_PARTIALS];
	struct mustache *compiled[MAX_PARTIALS];
	size_t n;
};

static const struct mustache *partial(void *context, const char *name)
{
	const struct partials *p = context;
	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->names[i], name) == 0)
			return p->compiled[i];
	return NULL;
}

static const char *translate(void *context, const char *lang, const char *id, int64_t n)
{
	(void)context;
	(void)lang;
	(void)n;
	return id;
}

static const char *text_of(const cJSON *item)
{
	return cJSON_IsString(item) ? item->valuestring : "";
}

static enum rc answer(const cJSON *job, struct partials *p, struct buf *out, struct err *err)
{
	struct mustache *m = NULL;
	const cJSON *one;
	cJSON_ArrayForEach(one, cJSON_GetObjectItemCaseSensitive(job, "partials"))
	{
		if (p->n == MAX_PARTIALS)
			return err_set(err, INVALID, "more than %d partials", MAX_PARTIALS);
		TRY(mustache_new(one->string, str_from(text_of(one)), &p->compiled[p->n], err));
		p->names[p->n++] = one->string;
	}
	const char *source = text_of(cJSON_GetObjectItemCaseSensitive(job, "template"));
	TRY(mustache_new("template", str_from(source), &m, err));
	struct mustache_host host = {.context = p, .partial = partial, .translate = translate};
	enum rc rc = mustache_render(
		m, &host, "en", cJSON_GetObjectItemCaseSensitive(job, "model"), out, err);
	mustache_free(m);
	return rc;
}

static void answer_line(const char *line)
{
	struct arena *a = arena_new();
	struct err err = err_in(a);
	struct buf out = buf_in(a, MAX_OUTPUT_BYTES);
	struct partials partials = {.n = 0};
	cJSON *job = cJSON_Parse(line), *reply = cJSON_CreateObject();
	if (!job)
		err_set(&err, INVALID, "not JSON");
	else
		answer(job, &partials, &out, &err);
	if (err.rc == OK)
		cJSON_AddStringToObject(reply, "output", buf_cstr(&out));
	else
		cJSON_AddStringToObject(reply, "error", err.message);
	char *text = cJSON_PrintUnformatted(reply);
	puts(text);
	cJSON_free(text);
	cJSON_Delete(reply);
	cJSON_Delete(job);
	for (size_t i = 0; i < partials.n; i++)
		mustache_free(partials.compiled[i]);
	arena_free(a);
}

int main(void)
{
	char *line = NULL;
	size_t size = 0;
	while (getline(&line, &size, stdin) > 0)
		answer_line(line);
	free(line);
	return 0;
}
