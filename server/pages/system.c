/* What programs ask of the server itself. */
#include "base/json.h"
#include "pages/handlers.h"

/* GET /healthz: 200 when the store answers a read and the writer lives, else 503. */
enum rc get_health(struct request *rq, struct vm *vm)
{
	TRY(store_check(rq->app->store, &rq->err));
	rq->wants_json = true;
	vm_text(vm, "status", "ok");
	vm_enum(vm, "store", "engine",
		store_engine(rq->app->store) == ENGINE_SQLITE ? "sqlite" : "postgres");
	return OK;
}

/* GET /openapi.json: the route table as OpenAPI 3.1. */
enum rc get_openapi(struct request *rq, struct vm *vm)
{
	struct buf b = buf_in(rq->arena, 4 << 20);

	(void)vm;
	route_table_openapi(rq->arena, page_routes(), app_url(rq->app, rq->arena), &b);
	if (b.failed)
		return err_internal(&rq->err, "openapi grew over its limit");
	reply_bytes(rq, "application/json", buf_view(&b), NULL, false);
	return OK;
}
