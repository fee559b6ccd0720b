/* Small services of every page. */
#include "pages/page.h"
#include "base/hash.h"

const char *page_event_path(struct request *rq)
{
	return arena_printf(rq->arena, "/%s", rq->event->row.slug);
}

const char *page_url(struct request *rq, const char *path)
{
	return arena_printf(rq->arena, "%s%s", app_url(rq->app, rq->arena), path);
}

const char *page_key(const struct app *app, struct arena *a, const char *purpose)
{
	return hash_mac(a, app->secret, str_from(arena_printf(a, "purpose:%s", purpose)));
}

void page_person_name(struct vm *vm, const char *key, const char *name, const char *lang)
{
	vm_name(vm, key, name, text_is_empty(lang) ? NULL : lang);
}
