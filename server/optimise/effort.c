#include "optimise/effort.h"

#include <stddef.h>
#include "base/clock.h"

enum { TELL_EVERY_MS = 200 };

void effort_begin(struct effort *e)
{
	e->started_ms = clock_elapsed_ms();
	e->told_ms = e->started_ms;
	e->is_cut = false;
}

double effort_elapsed_s(const struct effort *e)
{
	return (double)(clock_elapsed_ms() - e->started_ms) / SECOND_MS;
}

bool effort_go_on(struct effort *e, const struct effort_state *state)
{
	int64_t now = clock_elapsed_ms();

	if (e->is_cut)
		return false;
	if (e->seconds > 0 && (double)(now - e->started_ms) >= e->seconds * SECOND_MS)
		e->is_cut = true;
	if (e->tell && now - e->told_ms >= TELL_EVERY_MS) {
		e->told_ms = now;
		e->is_cut = !e->tell(e->arg, state) || e->is_cut;
	}
	return !e->is_cut;
}
