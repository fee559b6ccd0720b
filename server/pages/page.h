/*
 * What every page handler works with. A handler lives in the file of its area, is named get_… or
 * post_…, and does three things: ask the domain, fill the view model, choose the answer.
 */
#ifndef PAGES_PAGE_H
#define PAGES_PAGE_H

#include "app.h"
#include "domain/event.h"
#include "domain/policy.h"
#include "http/form_view.h"
#include "http/server.h"
#include "http/request.h"
#include "view/vm.h"

/*
 * Runs a write. With an idempotency key the answer chosen by reply_…() is recorded in the same
 * transaction: call reply_…() first, then return page_write(). A repeated key answers as the first
 * time did; with another body it is CONFLICT. rq->db is refreshed, so that reading afterwards sees
 * the change. Event 0 is used outside events.
 */
enum rc page_write(struct request *rq, enum tx_kind kind, tx_fn fn, void *arg) NODISCARD;
/* The same for an event other than the request's (the wizard, sign-in). */
enum rc page_write_in(struct request *rq, int64_t event_id, tx_fn fn, void *arg) NODISCARD;
/* Outside events and without a key: signing in, where an earlier answer's cookie cannot be told. */
enum rc page_write_unkeyed(struct request *rq, tx_fn fn, void *arg) NODISCARD;

/* Gives the reading connection back before something slow that needs none; rq->db is NULL then. */
void page_release(struct request *rq);
/* Takes one again afterwards: a page that is shown again reads. */
enum rc page_acquire(struct request *rq) NODISCARD;

static inline int64_t page_event_id(const struct request *rq)
{
	return rq->event->row.id;
}

/* "/empathy", for links below the event. */
const char *page_event_path(struct request *rq);
/* An absolute address from the configured base URL: the only kind that goes into mail. */
const char *page_url(struct request *rq, const char *path);

/* The hooks of http/server.h: enter.c (who, where), frame.c (layout), write.c, uploads. */
struct http_hooks page_hooks(struct app *app);
/* The expanded routes.def and fields.def. */
const struct route_table *page_routes(void);

/* A name with its language, when it is known. */
void page_person_name(struct vm *vm, const char *key, const char *name, const char *lang);

#endif
