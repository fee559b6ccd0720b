/* One table of letters; all patterns that start at a letter are met by growing its hash. */
#include "pdf/text/patterns.h"

#include "base/str.h"

#include <stdio.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ustring.h>

enum {
	MAX_FILE_BYTES = 8 << 20,
	MAX_PATTERN = 62, /* letters, with the dots at the ends */
	MAX_WORD = 64,
	FORBIDDEN = 8, /* even, and higher than what stands beside it */
	BEGINNING_BITS = 1 << 20,
};

struct pattern {
	uint32_t hash;
	uint32_t at; /* of its letters and values */
	uint8_t n;   /* letters; 0: an empty slot */
};

struct patterns {
	UChar *letters;
	unsigned char *values; /* of the pattern at n: from n, one more than it has letters */
	size_t n_pool;
	struct pattern *table;
	size_t n_slots; /* a power of two */
	/* One bit a beginning of a pattern, by hash: where none begins so, no longer one is sought.
	 */
	unsigned char beginnings[BEGINNING_BITS / 8];
};

static const uint32_t hash_start = 2166136261u;

static uint32_t hash_add(uint32_t hash, UChar c)
{
	return (hash ^ c) * 16777619u;
}

static struct pattern *find_slot(
	const struct patterns *p, uint32_t hash, const UChar *letters, int n)
{
	size_t i = (hash ^ hash >> 15) & (p->n_slots - 1);
	for (;; i = (i + 1) & (p->n_slots - 1)) {
		struct pattern *slot = &p->table[i];
		if (!slot->n || (slot->hash == hash && slot->n == n &&
					u_memcmp(p->letters + slot->at, letters, n) == 0))
			return slot;
	}
}

/* ---- reading -------------------------------------------------------------------------------- */

/* "ab3ol" as letters "abol" and values 00300; returns the number of letters, 0 when it is none. */
static int take_apart(const UChar *line, int length, UChar letters[], unsigned char values[])
{
	int n = 0;
	bool changes_spelling = u_memchr(line, '/', length) != NULL;
	values[0] = 0;
	for (int i = 0; i < length && line[i] != '/'; i++) {
		if (line[i] >= '0' && line[i] <= '9') {
			bool is_hyphen = line[i] & 1;
			values[n] = is_hyphen && changes_spelling ? FORBIDDEN
								  : (unsigned char)(line[i] - '0');
			continue;
		}
		if (n == MAX_PATTERN)
			return 0;
		letters[n++] = line[i];
		values[n] = 0;
	}
	return n;
}

static void set_beginning(struct patterns *p, uint32_t hash)
{
	uint32_t bit = (hash ^ hash >> 12) % BEGINNING_BITS;
	p->beginnings[bit / 8] |= (unsigned char)(1 << bit % 8);
}

static bool is_beginning(const struct patterns *p, uint32_t hash)
{
	uint32_t bit = (hash ^ hash >> 12) % BEGINNING_BITS;
	return p->beginnings[bit / 8] >> bit % 8 & 1;
}

static void add_pattern(struct patterns *p, const UChar *line, int length)
{
	UChar letters[MAX_PATTERN];
	unsigned char values[MAX_PATTERN + 1];
	uint32_t hash = hash_start;
	int n = take_apart(line, length, letters, values);
	if (!n)
		return;
	for (int i = 0; i < n; i++) {
		hash = hash_add(hash, letters[i]);
		set_beginning(p, hash);
	}
	struct pattern *slot = find_slot(p, hash, letters, n);
	if (slot->n) { /* given twice: the higher value holds */
		for (int i = 0; i <= n; i++)
			if (values[i] > p->values[slot->at + (uint32_t)i])
				p->values[slot->at + (uint32_t)i] = values[i];
		return;
	}
	*slot = (struct pattern){hash, (uint32_t)p->n_pool, (uint8_t)n};
	u_memcpy(p->letters + p->n_pool, letters, n);
	memcpy(p->values + p->n_pool, values, (size_t)n + 1);
	p->n_pool += (size_t)n + 1;
}

static bool is_pattern(const UChar *line, int length)
{
	static const char *const words[] = {
		"LEFTHYPHENMIN", "RIGHTHYPHENMIN", "COMPOUND", "NOHYPHEN", "NEXTLEVEL"};
	if (!length || line[0] == '%' || line[0] == '#')
		return false;
	if (line[0] < 'A' || line[0] > 'Z')
		return true;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		int k = 0;
		while (words[i][k] && k < length && line[k] == (UChar)words[i][k])
			k++;
		if (!words[i][k])
			return false;
	}
	return true;
}

static void read_lines(struct patterns *p, const UChar *text, int n)
{
	for (int start = 0, end; start < n; start = end + 1) {
		int length = 0;
		for (end = start; end < n && text[end] != '\n';)
			end++;
		while (start + length < end && text[start + length] > ' ')
			length++;
		if (is_pattern(text + start, length))
			add_pattern(p, text + start, length);
	}
}

static struct patterns *make_table(const UChar *text, int n)
{
	struct patterns *p = heap_alloc(sizeof *p);
	size_t n_patterns = 1; /* at most one a line */
	for (int i = 0; i < n; i++)
		n_patterns += text[i] == '\n';
	p->n_slots = 1024;
	while (p->n_slots * 3 < n_patterns * 4)
		p->n_slots *= 2;
	size_t room = (size_t)n + n_patterns + 1;
	p->letters = heap_alloc(room * sizeof *p->letters);
	p->values = heap_alloc(room);
	p->table = heap_alloc(p->n_slots * sizeof *p->table);
	read_lines(p, text, n);
	p->letters = heap_resize(p->letters, (p->n_pool + 1) * sizeof *p->letters);
	p->values = heap_resize(p->values, p->n_pool + 1);
	return p;
}

/* The text behind the first line, which names the character set. */
static UChar *to_units(const struct buf *file, int32_t *n)
{
	UErrorCode status = U_ZERO_ERROR;
	char set[32];
	size_t n_set = strcspn(file->p, "\r\n");
	if (n_set >= sizeof set)
		return NULL;
	memcpy(set, file->p, n_set);
	set[n_set] = '\0';
	UConverter *converter = ucnv_open(set, &status);
	if (U_FAILURE(status))
		return NULL;
	int32_t n_bytes = (int32_t)(file->n - n_set), room = n_bytes + 1;
	UChar *units = heap_alloc((size_t)room * sizeof *units);
	*n = ucnv_toUChars(converter, units, room, file->p + n_set, n_bytes, &status);
	ucnv_close(converter);
	if (U_SUCCESS(status))
		return units;
	heap_free(units);
	return NULL;
}

struct patterns *patterns_read(const char *path)
{
	struct patterns *p = NULL;
	char piece[4096];
	size_t n_piece;
	int32_t n = 0;
	FILE *in = fopen(path, "re");
	if (!in)
		return NULL;
	struct buf file = buf_on_heap(MAX_FILE_BYTES);
	while ((n_piece = fread(piece, 1, sizeof piece, in)) > 0)
		buf_add(&file, piece, n_piece);
	fclose(in);
	UChar *units = file.failed || !file.n ? NULL : to_units(&file, &n);
	if (units)
		p = make_table(units, n);
	heap_free(units);
	buf_free(&file);
	return p;
}

/* ---- asking --------------------------------------------------------------------------------- */

void patterns_mark(const struct patterns *p, const UChar *letters, int n, unsigned char marks[])
{
	UChar word[MAX_WORD + 2];
	memset(marks, 0, (size_t)n);
	if (n > MAX_WORD)
		return;
	word[0] = word[n + 1] = '.';
	u_memcpy(word + 1, letters, n);
	for (int start = 0; start < n + 2; start++) {
		uint32_t hash = hash_start;
		for (int k = 0; start + k < n + 2; k++) {
			hash = hash_add(hash, word[start + k]);
			if (!is_beginning(p, hash))
				break;
			const struct pattern *found = find_slot(p, hash, word + start, k + 1);
			const unsigned char *values = p->values + found->at;
			/* Value v stands in front of unit start + v, which is letter start + v - 1.
			 */
			for (int v = 0; found->n && v <= k + 1; v++) {
				int behind = start + v - 2;
				if (behind >= 0 && behind < n && values[v] > marks[behind])
					marks[behind] = values[v];
			}
		}
	}
}
