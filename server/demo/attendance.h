/* The people who come, shared by the parts of the demo about them. */
#ifndef DEMO_ATTENDANCE_H
#define DEMO_ATTENDANCE_H

#include "demo/demo.h"

struct attendee {
	const char *name, *email, *affiliation;
	int64_t account_id, person_id, registration_id;
};

enum { N_ATTENDEES_MAX = 200 };

struct crowd {
	struct demo *d;
	struct attendee list[N_ATTENDEES_MAX];
	size_t n;
};

struct actor demo_attendee_actor(const struct attendee *p);

/* Four masterclasses, twice each, on the second afternoon; booked by the crowd until two are full, or
 * wished for.
 */
enum rc demo_make_masterclasses(struct crowd *c, struct err *err) NODISCARD;

/* In the stage of wishes: the event gives seats by wishes, and most of the crowd have ranked some. */
enum rc demo_make_wishes(struct crowd *c, struct err *err) NODISCARD;

#endif
