/*
 * The templates of web/templates, by name without suffix ("submission/edit", "components/field"),
 * from the embedded assets, or from disk in --dev, where a changed file is compiled anew.
 * All are compiled at start; one that does not compile stops the server with its line.
 */
#ifndef VIEW_TEMPLATE_H
#define VIEW_TEMPLATE_H

#include "view/assets.h"
#include "view/i18n.h"
#include "view/vm.h"

struct templates;

enum rc templates_new(const struct assets *assets, const struct i18n *i18n, struct templates **out,
	struct err *err) NODISCARD;
void templates_free(struct templates *t);

bool template_exists(struct templates *t, const char *name);

/* Renders in vm's language. INTERNAL when the name is unknown (the route table names it). */
enum rc template_render(struct templates *t, const char *name, const struct vm *vm, struct buf *out,
	struct err *err) NODISCARD;

/* Renders text/plain (mail bodies, web/templates/mail): values are not HTML-escaped. */
enum rc template_render_text(struct templates *t, const char *name, const struct vm *vm,
	struct buf *out, struct err *err) NODISCARD;

#endif
