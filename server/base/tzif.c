/*
 * See tzif.h. The file is the system's, but a broken one must not break the program: every count
 * and index is checked against the bytes that are there.
 */
#include "base/tzif.h"

#include <string.h>

enum { HEADER_BYTES = 44, MAX_COUNT = 100000, MAX_OFFSET_S = 26 * 3600 };

struct header {
	size_t n_ut, n_std, n_leaps, n_changes, n_types, n_characters;
};

static int64_t big_endian(const char *p, size_t n)
{
	uint64_t value = (unsigned char)p[0] & 0x80 ? UINT64_MAX : 0; /* the sign is extended */
	for (size_t i = 0; i < n; i++)
		value = value << 8 | (unsigned char)p[i];
	return (int64_t)value;
}

/* Takes n bytes off the front; NULL when there are fewer. */
static const char *take(struct str *s, size_t n)
{
	const char *p = s->p;
	if (n > s->n)
		return NULL;
	s->p += n;
	s->n -= n;
	return p;
}

static bool take_header(struct str *file, struct header *h)
{
	size_t *const counts[] = {
		&h->n_ut, &h->n_std, &h->n_leaps, &h->n_changes, &h->n_types, &h->n_characters};
	const char *p = take(file, HEADER_BYTES);
	if (!p || memcmp(p, "TZif", 4) != 0 || p[4] < '2')
		return false;
	for (size_t i = 0; i < 6; i++) {
		int64_t count = big_endian(p + 20 + i * 4, 4);
		if (count < 0 || count > MAX_COUNT)
			return false;
		*counts[i] = (size_t)count;
	}
	return true;
}

static size_t body_bytes(const struct header *h, size_t time_bytes)
{
	return h->n_changes * (time_bytes + 1) + h->n_types * 6 + h->n_characters +
	       h->n_leaps * (time_bytes + 4) + h->n_std + h->n_ut;
}

static bool read_changes(struct arena *a, const char *times, const char *indices, struct tzif *tz)
{
	tz->change_at_s = ARENA_ARRAY(a, tz->n_changes, int64_t);
	tz->change_to = ARENA_ARRAY(a, tz->n_changes, unsigned char);
	for (size_t i = 0; i < tz->n_changes; i++) {
		tz->change_at_s[i] = big_endian(times + i * 8, 8);
		tz->change_to[i] = (unsigned char)indices[i];
		if (tz->change_to[i] >= tz->n_types)
			return false;
		if (i && tz->change_at_s[i] <= tz->change_at_s[i - 1])
			return false;
	}
	return true;
}

static bool read_types(struct arena *a, const char *p, struct str names, struct tzif *tz)
{
	tz->types = ARENA_ARRAY(a, tz->n_types, struct tz_type);
	for (size_t i = 0; i < tz->n_types; i++, p += 6) {
		struct tz_type *type = &tz->types[i];
		int64_t offset_s = big_endian(p, 4);
		size_t at = (unsigned char)p[5];
		if (offset_s < -MAX_OFFSET_S || offset_s > MAX_OFFSET_S || at >= names.n)
			return false;
		type->offset_s = (int)offset_s;
		type->is_dst = p[4] != 0;
		size_t n = strnlen(names.p + at, names.n - at);
		if (n >= sizeof type->abbreviation)
			n = sizeof type->abbreviation - 1;
		memcpy(type->abbreviation, names.p + at, n);
	}
	return true;
}

bool tzif_parse(struct arena *a, struct str file, struct tzif *out)
{
	struct header h;
	struct tzif tz = {0};
	if (!take_header(&file, &h) || !take(&file, body_bytes(&h, 4)))
		return false;
	if (!take_header(&file, &h) || h.n_leaps || !h.n_types || h.n_types > 256 ||
		body_bytes(&h, 8) > file.n)
		return false;
	tz.n_changes = h.n_changes;
	tz.n_types = h.n_types;
	const char *times = take(&file, h.n_changes * 8);
	const char *indices = take(&file, h.n_changes);
	const char *types = take(&file, h.n_types * 6);
	struct str names = {take(&file, h.n_characters), h.n_characters};
	const char *flags = take(&file, h.n_std + h.n_ut); /* concern rules without dates only */
	if (!times || !indices || !types || !names.p || !flags)
		return false;
	if (!read_changes(a, times, indices, &tz) || !read_types(a, types, names, &tz))
		return false;
	struct str newline = str_cut(&file, '\n');
	struct str rule = str_cut(&file, '\n');
	if (newline.n || !file.p)
		return false;
	tz.has_rule = rule.n > 0;
	if (tz.has_rule && !tzrule_parse(rule, &tz.rule))
		return false;
	*out = tz;
	return true;
}

const struct tz_type *tzif_at(const struct tzif *tz, int64_t at_s)
{
	size_t low = 0, high = tz->n_changes; /* how many changes are not after at_s */
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (tz->change_at_s[middle] <= at_s)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == tz->n_changes && tz->has_rule)
		return tzrule_at(&tz->rule, at_s);
	return low ? &tz->types[tz->change_to[low - 1]] : &tz->types[0];
}
