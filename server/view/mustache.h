/*
 * Mustache (specification 1.4: core, partials, dynamic names `{{>*name}}`, inheritance with blocks
 * and parents; no lambdas) over cJSON. Compiled once, rendered many times, from any thread.
 *
 * Escapes by default. `{{{name}}}` and `{{&name}}` are compile errors unless the last part of the
 * name ends in "_html". `{{#t}}Save draft{{/t}}` is translated text: the literal source between
 * the tags is the message id, and tags inside the translation are filled afterwards with escaping
 * as usual; a plural is {{#t}}{{n}} place left|{{n}} places left{{/t}} ('|' parts the forms, the
 * number is `n` in the context, 1 when there is none). Only values may stand in {{#t}}.
 * Lookup and context rules are the specification's. False are: absent, null, false, 0, "" and [].
 *
 * The compiler does not know files: a loader hook turns a partial's name into its source.
 */
#ifndef VIEW_MUSTACHE_H
#define VIEW_MUSTACHE_H

#include "base/json.h"

struct mustache; /* one compiled template; immutable */

struct mustache_host {
	void *context;
	/* The compiled partial or parent, NULL when there is none (a static name: render nothing).
	 */
	const struct mustache *(*partial)(void *context, const char *name);
	/* The translation of a message id for the language; never NULL (falls back to the id). */
	const char *(*translate)(
		void *context, const char *lang, const char *message_id, int64_t n);
};

/* INVALID with line and reason ("line 12: {{/list}} closes nothing"). */
enum rc mustache_new(
	const char *name, struct str source, struct mustache **out, struct err *err) NODISCARD;
void mustache_free(struct mustache *m);

/*
 * Fails (INTERNAL) only when `out` reaches its maximum, partials nest deeper than 40, or sections
 * and partials together deeper than 160 (a bound on the stack: 100 kB suffice).
 */
enum rc mustache_render(const struct mustache *m, const struct mustache_host *host,
	const char *lang, const cJSON *model, struct buf *out, struct err *err) NODISCARD;
/* The same for text/plain: values stand as they are. */
enum rc mustache_render_text(const struct mustache *m, const struct mustache_host *host,
	const char *lang, const cJSON *model, struct buf *out, struct err *err) NODISCARD;

/*
 * Every name a template reads, for the checks of tests/: calls visit(context, "reviewers.name"),
 * with the names of the sections around it before its own. As the engine looks outwards, so must
 * the reader of the list: "reviewers.name" is there, or "name" is. {{.}} gives the sections alone.
 */
void mustache_names(
	const struct mustache *m, void (*visit)(void *context, const char *name), void *context);

/* Every partial and parent a template names (not those whose name is dynamic). */
void mustache_partials(
	const struct mustache *m, void (*visit)(void *context, const char *name), void *context);

/* Every message id in {{#t}}. */
void mustache_messages(
	const struct mustache *m, void (*visit)(void *context, const char *id), void *context);

#endif
