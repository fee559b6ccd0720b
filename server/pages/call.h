/* What several pages say about the call. */
#ifndef PAGES_CALL_H
#define PAGES_CALL_H

#include "domain/call.h"
#include "pages/page.h"

/* `call` of the templates call/view and event/home. */
void put_call(struct request *rq, struct vm *vm, const struct call *call);
/* themes[] {code, letter, name, summary, hue} */
void put_themes(struct vm *vm, const struct call *call);
/* A DATETIME field as an instant in a zone; 0 when it is missing. */
int64_t form_instant(const struct request *rq, const char *name, const struct zone *zone);

#endif
