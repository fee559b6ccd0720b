/* The event's logos: their part of the settings page, and what goes with them into print. */
#ifndef PAGES_LOGOS_H
#define PAGES_LOGOS_H

#include "pages/page.h"

/* logos (code, alt, mime_type, size_bytes) and logo_form, for the settings page. */
enum rc put_logos(struct request *rq, struct vm *vm) NODISCARD;

/*
 * Reads the first `most` logos of the event, as a document's model holds them. One whose file is
 * lost is passed over: the desk prints badges without it.
 */
struct logo_image {
	const char *data; /* base64 */
	const char *alt;
};
enum rc logo_images(struct request *rq, size_t most, struct logo_image **out, size_t *n) NODISCARD;

/* "logos": the same as a member of the model's event; left out when there are none. */
enum rc put_logo_images(struct request *rq, struct vm *event, size_t most) NODISCARD;

#endif
