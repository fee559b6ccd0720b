/*
 * A place for bytes that are finished long before the file is: the drawing operators of pages. They
 * stay in memory while they are few, and go to a temporary file when they are many.
 */
#ifndef PDF_SPOOL_H
#define PDF_SPOOL_H

#include "pdf/file/sink.h"

#include <stdint.h>

struct spool;

struct spool *spool_new(void);
void spool_free(struct spool *s);

/* Keeps a copy; *at is where. false: the temporary file takes no more. */
bool spool_add(struct spool *s, const void *bytes, size_t n, uint64_t *at) NODISCARD;

/* Hands what was added in one go to the sink; false when it cannot be read, or is not taken. */
bool spool_write(struct spool *s, uint64_t at, size_t n, const struct sink *sink) NODISCARD;

#endif
