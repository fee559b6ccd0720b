/* What several pages say about the call. */
#ifndef PAGES_CALL_H
#define PAGES_CALL_H

#include "domain/call.h"
#include "pages/page.h"

/* `call` of the templates call/view and event/home. */
void put_call(struct request *rq, struct vm *vm, const struct call *call);
/* themes[] {code, letter, name, summary, hue} */
void put_themes(struct vm *vm, const struct call *call);

#endif
