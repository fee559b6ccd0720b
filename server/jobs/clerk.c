#include "jobs/clerk.h"

#include "base/log.h"

enum { POLL_MS = 450 };

struct clerk {
	struct clerk_options o;
	struct loop *loop;
};

static int64_t work(void *context, struct loop *self, struct arena *a)
{
	struct clerk *c = context;
	struct err err = err_in(a);
	struct claim claim;
	bool found;

	if (queue_claim(c->o.store, a, c->o.kind, c->o.owner, &claim, &found, &err) != OK) {
		log_event(LOG_WARN, "queue", "rc=%s", rc_name(err.rc));
		return POLL_MS;
	}
	if (!found)
		return POLL_MS;
	if (c->o.run(c->o.context, self, a, &claim, &err) != OK)
		log_event(LOG_ERROR, c->o.kind, "rc=%s", rc_name(err.rc));
	return 0;
}

enum rc clerk_new(const struct clerk_options *options, struct clerk **out, struct err *err)
{
	struct clerk *c = heap_alloc(sizeof(*c));

	c->o = *options;
	c->loop = loop_new(work, c);
	if (c->loop) {
		*out = c;
		return OK;
	}
	heap_free(c);
	*out = NULL;
	return err_set(err, INTERNAL, "No thread can be started for jobs of kind %s", options->kind);
}

void clerk_wake(struct clerk *c)
{
	loop_wake(c->loop);
}

void clerk_free(struct clerk *c)
{
	if (!c)
		return;
	(void)loop_stop(c->loop, 0);
	loop_free(c->loop);
	heap_free(c);
}
