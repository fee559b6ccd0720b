/*
 * Zones by name, read once and kept; instants to wall clocks and back. Reading the files is
 * tzif.c, the rule of their footer tzrule.c, calendar arithmetic civil.c.
 */
#include "base/zone.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/log.h"
#include "base/tzif.h"

#define ZONE_FOLDER "/usr/share/zoneinfo"

enum { MAX_NAME_BYTES = 64, MAX_FILE_BYTES = 256 << 10, DAY_S = 86400, NAMES_MAX = 1000 };

struct zone {
	char name[MAX_NAME_BYTES + 1];
	struct tzif tz;
	struct zone *next;
};

static struct tz_type utc_types[] = {{.abbreviation = "UTC"}};
static struct tz_type aoe_types[] = {{.offset_s = -12 * 3600, .abbreviation = "AoE"}};
static struct zone aoe = {.name = "AoE", .tz = {.n_types = 1, .types = aoe_types}};
static struct zone utc = {.name = "UTC", .tz = {.n_types = 1, .types = utc_types}, .next = &aoe};

/* lock guards the list and the arena of all that is kept; zones themselves never change. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct zone *zones = &utc;
static struct arena *zone_arena;

static const char **names;
static size_t n_names;
static pthread_once_t names_once = PTHREAD_ONCE_INIT;

static struct arena *kept_arena(void)
{
	if (!zone_arena)
		zone_arena = arena_new();
	return zone_arena;
}

/* The whole file; a view without bytes when it cannot be read. */
static struct str read_file(struct arena *a, const char *path)
{
	struct buf b = buf_in(a, MAX_FILE_BYTES);
	char piece[1024];
	ssize_t got;
	int file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return STR("");
	do {
		got = read(file, piece, sizeof piece);
		if (got > 0)
			buf_add(&b, piece, (size_t)got);
	} while (got > 0 || (got < 0 && errno == EINTR));
	close(file);
	return got < 0 || b.failed ? STR("") : buf_view(&b);
}

/*
 * Names of zones begin with a capital: what else lies in the folder (zone tables, the copies with
 * leap seconds, the machine's own zone) does not.
 */
static bool is_safe_name(const char *name)
{
	static const char allowed[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_+-";
	size_t n = strnlen(name, MAX_NAME_BYTES + 1);
	if (n > MAX_NAME_BYTES || name[0] < 'A' || name[0] > 'Z')
		return false;
	return strspn(name, allowed) == n && !strstr(name, "//") && name[n - 1] != '/';
}

static struct zone *zone_in_list(const char *name)
{
	struct zone *z = zones;
	while (z && strcmp(z->name, name) != 0)
		z = z->next;
	return z;
}

/* Reads a zone and adds it to the list; NULL when there is none. Caller holds the lock. */
static struct zone *zone_load(const char *name)
{
	struct arena *scratch = arena_new();
	struct zone *z = NULL;
	struct tzif tz;
	struct str file = read_file(scratch, arena_printf(scratch, ZONE_FOLDER "/%s", name));
	/* The first reading may leave pieces behind, so only a file that is known to be good is
	 * kept. */
	if (tzif_parse(scratch, file, &tz) && tzif_parse(kept_arena(), file, &tz)) {
		z = ARENA_NEW(kept_arena(), struct zone);
		memcpy(z->name, name, strlen(name));
		z->tz = tz;
		z->next = zones;
		zones = z;
	} else if (file.n) {
		log_event(LOG_WARN, "zone", "name=%s fault=unreadable", log_value(scratch, name));
	}
	arena_free(scratch);
	return z;
}

const struct zone *zone_find(const char *name)
{
	if (!name || !is_safe_name(name))
		return NULL;
	pthread_mutex_lock(&lock);
	struct zone *z = zone_in_list(name);
	if (!z)
		z = zone_load(name);
	pthread_mutex_unlock(&lock);
	return z;
}

const char *zone_name(const struct zone *z)
{
	return z->name;
}

const struct zone *zone_utc(void)
{
	return &utc;
}

static int64_t floor_divide(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

struct civil zone_civil(const struct zone *z, int64_t at_ms)
{
	struct civil c = {0};
	int64_t at_s = floor_divide(at_ms, 1000);
	const struct tz_type *type = tzif_at(&z->tz, at_s);
	int64_t local_s = at_s + type->offset_s;
	int64_t days = floor_divide(local_s, DAY_S);
	int rest = (int)(local_s - days * DAY_S);
	civil_from_days(days, &c.year, &c.month, &c.day);
	c.hour = rest / 3600;
	c.minute = rest % 3600 / 60;
	c.second = rest % 60;
	c.weekday = civil_weekday(c.year, c.month, c.day);
	c.offset_s = type->offset_s;
	c.is_dst = type->is_dst;
	memcpy(c.abbreviation, type->abbreviation, sizeof c.abbreviation);
	return c;
}

static int64_t wall_at(const struct zone *z, int64_t at_s)
{
	return at_s + tzif_at(&z->tz, at_s)->offset_s;
}

/* Every instant that shows wall_s is wall_s less an offset of the zone: all of them are tried. */
struct fit {
	int64_t wall_s;
	int n;            /* instants found, each once */
	int64_t earliest; /* of them */
	int least, most;  /* offsets of the zone */
};

static void try_offset(const struct zone *z, struct fit *fit, int offset_s)
{
	int64_t at_s = fit->wall_s - offset_s;
	if (offset_s < fit->least)
		fit->least = offset_s;
	if (offset_s > fit->most)
		fit->most = offset_s;
	if (tzif_at(&z->tz, at_s)->offset_s != offset_s || (fit->n && at_s == fit->earliest))
		return;
	if (!fit->n || at_s < fit->earliest)
		fit->earliest = at_s;
	fit->n++;
}

/* The offset that held before the gap over wall_s: bisects for the instant where clocks jump it. */
static int offset_before_gap(const struct zone *z, const struct fit *fit)
{
	int64_t before = fit->wall_s - fit->most - 1; /* shows less than wall_s */
	int64_t after = fit->wall_s - fit->least + 1; /* shows more */
	while (after - before > 1) {
		int64_t middle = before + (after - before) / 2;
		if (wall_at(z, middle) < fit->wall_s)
			before = middle;
		else
			after = middle;
	}
	return tzif_at(&z->tz, before)->offset_s;
}

enum civil_fit zone_instant(const struct zone *z, const struct civil *wall, int64_t *at_ms)
{
	struct fit fit = {.least = INT32_MAX, .most = INT32_MIN};
	fit.wall_s = civil_to_days(wall->year, wall->month, wall->day) * DAY_S + wall->hour * 3600 +
		     wall->minute * 60 + wall->second;
	for (size_t i = 0; i < z->tz.n_types; i++)
		try_offset(z, &fit, z->tz.types[i].offset_s);
	if (z->tz.has_rule) {
		try_offset(z, &fit, z->tz.rule.standard.offset_s);
		if (z->tz.rule.has_daylight)
			try_offset(z, &fit, z->tz.rule.daylight.offset_s);
	}
	if (fit.n == 0) {
		*at_ms = (fit.wall_s - offset_before_gap(z, &fit)) * 1000;
		return CIVIL_GAP;
	}
	*at_ms = fit.earliest * 1000;
	return fit.n == 1 ? CIVIL_OK : CIVIL_OVERLAP;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void load_names(void)
{
	pthread_mutex_lock(&lock);
	struct arena *a = kept_arena();
	struct arena *scratch = arena_new();
	names = ARENA_ARRAY(a, NAMES_MAX, const char *);
	names[n_names++] = "AoE";
	names[n_names++] = "UTC";
	struct str rest = read_file(scratch, ZONE_FOLDER "/zone.tab");
	while (rest.n && n_names < NAMES_MAX) {
		struct str line = str_cut(&rest, '\n');
		if (str_starts_with(line, STR("#")))
			continue;
		(void)str_cut(&line, '\t'); /* countries */
		(void)str_cut(&line, '\t'); /* coordinates */
		struct str name = str_trim(str_cut(&line, '\t'));
		if (name.n)
			names[n_names++] = str_dup(a, name);
	}
	arena_free(scratch);
	pthread_mutex_unlock(&lock);
	qsort(names, n_names, sizeof *names, compare_names);
}

const char *const *zone_names(size_t *n)
{
	pthread_once(&names_once, load_names);
	*n = n_names;
	return names;
}
