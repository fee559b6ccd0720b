/* Value: 32 hex digits of MAC, a point, the sentence percent-encoded. */
#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "http/flash.h"

enum { MAC_CHARS = 32, MAX_AGE_S = 60 };

static struct str mac_of(struct request *rq, const char *sentence)
{
	const char *mac = hash_mac(
		rq->arena, str_from(rq->exchange->server->flash_secret), str_from(sentence));
	return (struct str){mac, MAC_CHARS};
}

const char *request_flash(struct request *rq)
{
	struct exchange *x = rq->exchange;
	if (x->flash == NULL && !rq->is_shown_again)
		x->flash = flash_read(rq);
	return x->flash;
}

bool flash_was_sent(const struct request *rq)
{
	return request_cookie(rq, "flash") != NULL;
}

const char *flash_read(struct request *rq)
{
	const char *value = request_cookie(rq, "flash");
	if (value == NULL || strlen(value) > 4 * FLASH_MAX_BYTES)
		return NULL;
	struct str rest = str_from(value);
	struct str mac = str_cut(&rest, '.');
	if (rest.p == NULL)
		return NULL;
	char *sentence = arena_alloc(rq->arena, rest.n + 1);
	size_t n = 0;
	if (!percent_decode(rest, false, sentence, &n))
		return NULL;
	sentence[n] = '\0';
	if (!text_is_utf8((struct str){sentence, n}))
		return NULL;
	return str_equal_secret(mac, mac_of(rq, sentence)) ? sentence : NULL;
}

struct cookie flash_cookie(struct request *rq, const char *sentence)
{
	size_t n = strlen(sentence);
	if (n > FLASH_MAX_BYTES) {
		n = FLASH_MAX_BYTES;
		while (n > 0 && ((unsigned char)sentence[n] & 0xc0) == 0x80)
			n--;
	}
	const char *cut = arena_strndup(rq->arena, sentence, n);
	struct buf value = buf_in(rq->arena, 4 * FLASH_MAX_BYTES + MAC_CHARS);
	buf_str(&value, mac_of(rq, cut));
	buf_char(&value, '.');
	buf_url(&value, str_from(cut));
	return (struct cookie){.name = "flash", .value = buf_cstr(&value), .max_age_s = MAX_AGE_S};
}

struct cookie flash_deletion(void)
{
	return (struct cookie){.name = "flash", .value = "", .max_age_s = -1};
}
