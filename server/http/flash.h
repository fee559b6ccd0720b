/*
 * One sentence from the page that did something to the next page shown, in a signed cookie: shown
 * once, then deleted, forgotten after a minute, refused when altered.
 */
#ifndef HTTP_FLASH_H
#define HTTP_FLASH_H

#include "http/exchange.h"

enum { FLASH_MAX_BYTES = 600 };

/* The sentence that came with this request, NULL when there is none or its signature is wrong. */
const char *flash_read(struct request *rq);

/* Was a flash cookie sent, sound or not? Then the answer is this reader's alone. */
bool flash_was_sent(const struct request *rq);

/* The cookie that carries the sentence, cut to FLASH_MAX_BYTES at a character. */
struct cookie flash_cookie(struct request *rq, const char *sentence);
struct cookie flash_deletion(void);

#endif
