/* Small services of every page. */
#include "pages/page.h"

const char *page_event_path(struct request *rq)
{
	return arena_printf(rq->arena, "/%s", rq->event->row.slug);
}

const char *page_url(struct request *rq, const char *path)
{
	return arena_printf(rq->arena, "%s%s", app_url(rq->app, rq->arena), path);
}

void page_person_name(struct vm *vm, const char *key, const char *name, const char *lang)
{
	vm_name(vm, key, name, text_is_empty(lang) ? NULL : lang);
}
