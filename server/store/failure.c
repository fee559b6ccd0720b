/* Failures in words, and the codes of PostgreSQL that mean them. */
#include "store/failure.h"

#include <string.h>

enum rc failure_set(struct err *err, enum failure what)
{
	switch (what) {
	case FAILURE_EXISTS:
		err_set(err, CONFLICT,
			"This exists already. Reload the page to see what has been saved");
		return CONFLICT;
	case FAILURE_REFERENCE:
		err_set(err, INVALID,
			"This refers to something that does not exist, or is still in use");
		return INVALID;
	case FAILURE_VALUE:
		err_set(err, INVALID, "One of the values is not allowed here");
		return INVALID;
	case FAILURE_BUSY:
		err_set(err, BUSY, "The server is very busy. Please try again in a moment");
		return BUSY;
	case FAILURE_UNREACHABLE:
		err_set(err, BUSY, "The database cannot be reached. Please try again in a moment");
		return BUSY;
	case FAILURE_COMMIT:
		err_set(err, INTERNAL,
			"We cannot tell whether this was saved. Please look before you try again");
		return INTERNAL;
	case FAILURE_DISK:
		err_set(err, INTERNAL,
			"Saving is switched off because the disk failed. The server must be "
			"restarted");
		return INTERNAL;
	case FAILURE_OURS:
		break;
	}
	err_set(err, INTERNAL, "This could not be saved. Please try again");
	return INTERNAL;
}

/* A code of five characters, or the first of them for a class; the first that fits holds. */
static const struct {
	const char *code;
	enum failure failure;
	bool is_retry;
} meanings[] = {
	{"23505", FAILURE_EXISTS, false}, {"23503", FAILURE_REFERENCE, false},
	{"23", FAILURE_VALUE, false}, {"22003", FAILURE_VALUE, false}, /* out of range */
	{"40003", FAILURE_OURS, false}, /* outcome unknown: never again by itself */
	{"40", FAILURE_BUSY, true},     /* serialisation failure, deadlock */
	{"55P03", FAILURE_BUSY, true},  /* lock_timeout */
	{"57014", FAILURE_BUSY, false}, /* statement_timeout */
	{"57P", FAILURE_BUSY, true},    /* the server is going down or coming up */
	{"53300", FAILURE_BUSY, true},  /* too many connections */
	{"08", FAILURE_BUSY, true},     /* the connection */
};

enum failure failure_of_sqlstate(const char *code, bool *is_retry)
{
	if (!code)
		code = "08";
	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
		if (strncmp(code, meanings[i].code, strlen(meanings[i].code)) == 0) {
			*is_retry = meanings[i].is_retry;
			return meanings[i].failure;
		}
	*is_retry = false;
	return FAILURE_OURS;
}
