/* The declarations of every handler, from the route table itself; each page file includes it, so
 * that a handler without a route, or with another shape, does not compile. */
#ifndef PAGES_HANDLERS_H
#define PAGES_HANDLERS_H

#include "pages/page.h"

#define ROUTE(method, pattern, capability, handler, template_name, flags) \
	enum rc handler(struct request *rq, struct vm *vm);
#define ACTION(pattern, capability, handler, shown_again, flags) \
	enum rc handler(struct request *rq, struct vm *vm);
#include "pages/routes.def"
#undef ROUTE
#undef ACTION

#endif
