/* The header block of an answer, from status line to empty line (OWASP ASVS 5.0, chapter V3). */
#ifndef HTTP_HEADERS_H
#define HTTP_HEADERS_H

#include "http/respond.h"

void headers_write(struct buf *head, struct request *rq, const struct answer *answer,
	int64_t n_bytes, bool is_gzipped);

/* attachment or inline; filename="…" in ASCII and filename*=UTF-8''… when the name needs it. */
void disposition_write(struct buf *head, const char *file_name, bool is_attachment);

#endif
