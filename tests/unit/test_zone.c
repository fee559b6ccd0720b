/*
 * Zones against another reader of the same files: the rows come from Python's zoneinfo (tzdata
 * 2025b). They hold changes of the past and standing rules, which a newer tzdata may only change
 * where a government does.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <string.h>
#include "base/tzif.h"
#include "base/zone.h"

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static const struct {
	const char *zone;
	int64_t at_s;
	const char *wall;
	int offset_s, is_dst;
	const char *abbreviation;
	int weekday;
} instants[] = {
	{"Europe/London", INT64_C(-3786825600), "1850-01-01T00:00:00", 0, 0, "GMT", 1},
	{"Europe/London", INT64_C(0), "1970-01-01T01:00:00", 3600, 0, "BST", 3},
	{"Europe/London", INT64_C(1743296399), "2025-03-30T00:59:59", 0, 0, "GMT", 6},
	{"Europe/London", INT64_C(1743296400), "2025-03-30T02:00:00", 3600, 1, "BST", 6},
	{"Europe/London", INT64_C(1761440399), "2025-10-26T01:59:59", 3600, 1, "BST", 6},
	{"Europe/London", INT64_C(1761440400), "2025-10-26T01:00:00", 0, 0, "GMT", 6},
	{"Europe/London", INT64_C(1820390400), "2027-09-08T09:00:00", 3600, 1, "BST", 2},
	{"Europe/London", INT64_C(2382523200), "2045-07-01T13:00:00", 3600, 1, "BST", 5},
	{"Europe/London", INT64_C(4109878800), "2100-03-28T02:00:00", 3600, 1, "BST", 6},
	{"Europe/Dublin", INT64_C(1768478400), "2026-01-15T12:00:00", 0, 1, "GMT", 3},
	{"Europe/Dublin", INT64_C(1784116800), "2026-07-15T13:00:00", 3600, 0, "IST", 2},
	{"Europe/Dublin", INT64_C(1774745999), "2026-03-29T00:59:59", 0, 1, "GMT", 6},
	{"Europe/Dublin", INT64_C(1774746000), "2026-03-29T02:00:00", 3600, 0, "IST", 6},
	{"Europe/Dublin", INT64_C(2525860800), "2050-01-15T12:00:00", 0, 1, "GMT", 5},
	{"Europe/Dublin", INT64_C(2541499200), "2050-07-15T13:00:00", 3600, 0, "IST", 4},
	{"Europe/Dublin", INT64_C(2550704399), "2050-10-30T01:59:59", 3600, 0, "IST", 6},
	{"Europe/Dublin", INT64_C(2550704400), "2050-10-30T01:00:00", 0, 1, "GMT", 6},
	{"America/St_Johns", INT64_C(1782907200), "2026-07-01T09:30:00", -9000, 1, "NDT", 2},
	{"America/St_Johns", INT64_C(2143281600), "2037-12-01T08:30:00", -12600, 0, "NST", 1},
	{"America/St_Johns", INT64_C(2145960000), "2038-01-01T08:30:00", -12600, 0, "NST", 4},
	{"America/St_Johns", INT64_C(2152157399), "2038-03-14T01:59:59", -12600, 0, "NST", 6},
	{"America/St_Johns", INT64_C(2152157400), "2038-03-14T03:00:00", -9000, 1, "NDT", 6},
	{"America/St_Johns", INT64_C(2161598400), "2038-07-01T09:30:00", -9000, 1, "NDT", 3},
	{"America/St_Johns", INT64_C(2172716999), "2038-11-07T01:59:59", -9000, 1, "NDT", 6},
	{"America/St_Johns", INT64_C(2172717000), "2038-11-07T01:00:00", -12600, 0, "NST", 6},
	{"America/St_Johns", INT64_C(2382523200), "2045-07-01T09:30:00", -9000, 1, "NDT", 5},
	{"Asia/Kathmandu", INT64_C(504901799), "1985-12-31T23:59:59", 19800, 0, "+0530", 1},
	{"Asia/Kathmandu", INT64_C(504901800), "1986-01-01T00:15:00", 20700, 0, "+0545", 2},
	{"Asia/Kathmandu", INT64_C(1780272000), "2026-06-01T05:45:00", 20700, 0, "+0545", 0},
	{"Asia/Kolkata", INT64_C(1767225600), "2026-01-01T05:30:00", 19800, 0, "IST", 3},
	{"Pacific/Apia", INT64_C(1325239199), "2011-12-29T23:59:59", -36000, 1, "-10", 3},
	{"Pacific/Apia", INT64_C(1325239200), "2011-12-31T00:00:00", 50400, 1, "+14", 5},
	{"Pacific/Apia", INT64_C(1767225600), "2026-01-01T13:00:00", 46800, 0, "+13", 3},
	{"Pacific/Apia", INT64_C(2208988800), "2040-01-01T13:00:00", 46800, 0, "+13", 6},
	{"Pacific/Kiritimati", INT64_C(1767225600), "2026-01-01T14:00:00", 50400, 0, "+14", 3},
	{"Australia/Lord_Howe", INT64_C(1767225600), "2026-01-01T11:00:00", 39600, 1, "+11", 3},
	{"Australia/Lord_Howe", INT64_C(1775314799), "2026-04-05T01:59:59", 39600, 1, "+11", 6},
	{"Australia/Lord_Howe", INT64_C(1775314800), "2026-04-05T01:30:00", 37800, 0, "+1030", 6},
	{"Australia/Lord_Howe", INT64_C(1791041399), "2026-10-04T01:59:59", 37800, 0, "+1030", 6},
	{"Australia/Lord_Howe", INT64_C(1791041400), "2026-10-04T02:30:00", 39600, 1, "+11", 6},
	{"Australia/Lord_Howe", INT64_C(2855865600), "2060-07-01T10:30:00", 37800, 0, "+1030", 3},
	{"Africa/Casablanca", INT64_C(1710035999), "2024-03-10T02:59:59", 3600, 0, "+01", 6},
	{"Africa/Casablanca", INT64_C(1710036000), "2024-03-10T02:00:00", 0, 1, "+00", 6},
	{"Africa/Casablanca", INT64_C(1713059999), "2024-04-14T01:59:59", 0, 1, "+00", 6},
	{"Africa/Casablanca", INT64_C(1713060000), "2024-04-14T03:00:00", 3600, 0, "+01", 6},
	{"Africa/Casablanca", INT64_C(3786912000), "2090-01-01T01:00:00", 3600, 0, "+01", 6},
	{"America/New_York", INT64_C(-2717650800), "1883-11-18T12:00:00", -18000, 0, "EST", 6},
	{"America/New_York", INT64_C(1772953199), "2026-03-08T01:59:59", -18000, 0, "EST", 6},
	{"America/New_York", INT64_C(1772953200), "2026-03-08T03:00:00", -14400, 1, "EDT", 6},
	{"America/New_York", INT64_C(1793512799), "2026-11-01T01:59:59", -14400, 1, "EDT", 6},
	{"America/New_York", INT64_C(1793512800), "2026-11-01T01:00:00", -18000, 0, "EST", 6},
	{"America/New_York", INT64_C(3171715200), "2070-07-04T12:00:00", -14400, 1, "EDT", 4},
	{"America/Sao_Paulo", INT64_C(1541300400), "2018-11-04T01:00:00", -7200, 1, "-02", 6},
	{"America/Sao_Paulo", INT64_C(1796083200), "2026-11-30T21:00:00", -10800, 0, "-03", 0},
	{"Asia/Tehran", INT64_C(1625097600), "2021-07-01T04:30:00", 16200, 1, "+0430", 3},
	{"Asia/Tehran", INT64_C(1782864000), "2026-07-01T03:30:00", 12600, 0, "+0330", 2},
	{"Antarctica/Troll", INT64_C(1767225600), "2026-01-01T00:00:00", 0, 0, "+00", 3},
	{"Antarctica/Troll", INT64_C(1782864000), "2026-07-01T02:00:00", 7200, 1, "+02", 2},
	{"Antarctica/Troll", INT64_C(2540246400), "2050-07-01T02:00:00", 7200, 1, "+02", 4},
	{"America/Nuuk", INT64_C(1711846799), "2024-03-30T22:59:59", -7200, 0, "-02", 5},
	{"America/Nuuk", INT64_C(1711846800), "2024-03-31T00:00:00", -3600, 1, "-01", 6},
	{"America/Nuuk", INT64_C(2531953800), "2050-03-26T22:30:00", -7200, 0, "-02", 5},
	{"America/Nuuk", INT64_C(2531955600), "2050-03-27T00:00:00", -3600, 1, "-01", 6},
	{"Africa/Monrovia", INT64_C(-315619200), "1959-12-31T23:15:30", -2670, 0, "MMT", 3},
	{"Asia/Tokyo", INT64_C(1782864000), "2026-07-01T09:00:00", 32400, 0, "JST", 2},
	{"Europe/Moscow", INT64_C(1325376000), "2012-01-01T04:00:00", 14400, 0, "MSK", 6},
	{"Europe/Moscow", INT64_C(1767225600), "2026-01-01T03:00:00", 10800, 0, "MSK", 3},
};

static const struct {
	const char *zone, *wall;
	int64_t at_s;
	enum civil_fit fit;
} walls[] = {
	{"Europe/London", "2027-05-02T23:59", INT64_C(1809298740), CIVIL_OK},
	{"Europe/London", "2026-03-29T00:59:59", INT64_C(1774745999), CIVIL_OK},
	{"Europe/London", "2026-03-29T01:00", INT64_C(1774746000), CIVIL_GAP},
	{"Europe/London", "2026-03-29T01:59:59", INT64_C(1774749599), CIVIL_GAP},
	{"Europe/London", "2026-03-29T02:00", INT64_C(1774746000), CIVIL_OK},
	{"Europe/London", "2026-10-25T00:59:59", INT64_C(1792886399), CIVIL_OK},
	{"Europe/London", "2026-10-25T01:00", INT64_C(1792886400), CIVIL_OVERLAP},
	{"Europe/London", "2026-10-25T01:30", INT64_C(1792888200), CIVIL_OVERLAP},
	{"Europe/London", "2026-10-25T01:59:59", INT64_C(1792889999), CIVIL_OVERLAP},
	{"Europe/London", "2026-10-25T02:00", INT64_C(1792893600), CIVIL_OK},
	{"Europe/London", "2090-03-26T01:30", INT64_C(3794175000), CIVIL_GAP},
	{"Europe/London", "2090-10-29T01:30", INT64_C(3812920200), CIVIL_OVERLAP},
	{"Europe/Dublin", "2026-03-29T01:30", INT64_C(1774747800), CIVIL_GAP},
	{"Europe/Dublin", "2026-10-25T01:30", INT64_C(1792888200), CIVIL_OVERLAP},
	{"Europe/Dublin", "2050-07-01T12:00", INT64_C(2540286000), CIVIL_OK},
	{"America/New_York", "2026-03-08T01:59:59", INT64_C(1772953199), CIVIL_OK},
	{"America/New_York", "2026-03-08T02:00", INT64_C(1772953200), CIVIL_GAP},
	{"America/New_York", "2026-03-08T02:30", INT64_C(1772955000), CIVIL_GAP},
	{"America/New_York", "2026-03-08T03:00", INT64_C(1772953200), CIVIL_OK},
	{"America/New_York", "2026-11-01T00:59:59", INT64_C(1793509199), CIVIL_OK},
	{"America/New_York", "2026-11-01T01:00", INT64_C(1793509200), CIVIL_OVERLAP},
	{"America/New_York", "2026-11-01T01:59:59", INT64_C(1793512799), CIVIL_OVERLAP},
	{"America/New_York", "2026-11-01T02:00", INT64_C(1793516400), CIVIL_OK},
	{"America/New_York", "2077-03-14T02:30", INT64_C(3382932600), CIVIL_GAP},
	{"America/St_Johns", "2038-03-14T02:30", INT64_C(2152159200), CIVIL_GAP},
	{"America/St_Johns", "2038-11-07T01:30", INT64_C(2172715200), CIVIL_OVERLAP},
	{"America/St_Johns", "2045-07-01T12:00", INT64_C(2382532200), CIVIL_OK},
	{"Australia/Lord_Howe", "2026-10-04T02:00", INT64_C(1791041400), CIVIL_GAP},
	{"Australia/Lord_Howe", "2026-10-04T02:15", INT64_C(1791042300), CIVIL_GAP},
	{"Australia/Lord_Howe", "2026-10-04T02:30", INT64_C(1791041400), CIVIL_OK},
	{"Australia/Lord_Howe", "2026-04-05T01:29:59", INT64_C(1775312999), CIVIL_OK},
	{"Australia/Lord_Howe", "2026-04-05T01:30", INT64_C(1775313000), CIVIL_OVERLAP},
	{"Australia/Lord_Howe", "2026-04-05T01:45", INT64_C(1775313900), CIVIL_OVERLAP},
	{"Australia/Lord_Howe", "2026-04-05T02:00", INT64_C(1775316600), CIVIL_OK},
	{"Pacific/Apia", "2011-12-29T23:59:59", INT64_C(1325239199), CIVIL_OK},
	{"Pacific/Apia", "2011-12-30T00:00", INT64_C(1325239200), CIVIL_GAP},
	{"Pacific/Apia", "2011-12-30T12:00", INT64_C(1325282400), CIVIL_GAP},
	{"Pacific/Apia", "2011-12-30T23:59:59", INT64_C(1325325599), CIVIL_GAP},
	{"Pacific/Apia", "2011-12-31T00:00", INT64_C(1325239200), CIVIL_OK},
	{"Africa/Casablanca", "2024-03-10T02:30", INT64_C(1710034200), CIVIL_OVERLAP},
	{"Africa/Casablanca", "2024-04-14T02:30", INT64_C(1713061800), CIVIL_GAP},
	{"Asia/Kathmandu", "1986-01-01T00:10", INT64_C(504902400), CIVIL_GAP},
	{"Asia/Kathmandu", "2026-01-01T00:00", INT64_C(1767204900), CIVIL_OK},
	{"Africa/Monrovia", "1972-01-07T00:20", INT64_C(63594270), CIVIL_GAP},
	{"Africa/Monrovia", "1972-01-06T23:59:59", INT64_C(63593069), CIVIL_OK},
	{"America/Nuuk", "2050-03-26T23:30", INT64_C(2531957400), CIVIL_GAP},
	{"America/Nuuk", "2050-03-27T00:30", INT64_C(2531957400), CIVIL_OK},
};

static void an_instant_shows_its_wall_time(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof instants / sizeof *instants; i++) {
		const struct zone *z = zone_find(instants[i].zone);
		assert_non_null(z);
		assert_string_equal(zone_name(z), instants[i].zone);
		struct civil c = zone_civil(z, instants[i].at_s * 1000);
		const char *wall = arena_printf(arena, "%s %04d-%02d-%02dT%02d:%02d:%02d",
			zone_name(z), c.year, c.month, c.day, c.hour, c.minute, c.second);
		assert_string_equal(
			wall, arena_printf(arena, "%s %s", instants[i].zone, instants[i].wall));
		assert_int_equal(c.offset_s, instants[i].offset_s);
		assert_int_equal(c.is_dst, instants[i].is_dst);
		assert_string_equal(c.abbreviation, instants[i].abbreviation);
		assert_int_equal(c.weekday, instants[i].weekday);
		/* The last millisecond of a second belongs to it, before 1970 as well. */
		assert_int_equal(zone_civil(z, instants[i].at_s * 1000 + 999).second, c.second);
	}
}

static void a_wall_time_finds_its_instant(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof walls / sizeof *walls; i++) {
		struct civil wall;
		int64_t at_ms = 0;
		assert_true(civil_parse_datetime(str_from(walls[i].wall), &wall));
		enum civil_fit fit = zone_instant(zone_find(walls[i].zone), &wall, &at_ms);
		if (at_ms != walls[i].at_s * 1000 || fit != walls[i].fit)
			fail_msg("%s %s: %lld, %d", walls[i].zone, walls[i].wall, (long long)at_ms,
				fit);
	}
}

static void anywhere_on_earth_is_twelve_hours_west(void **state)
{
	(void)state;
	const struct zone *aoe = zone_find("AoE");
	struct civil wall;
	int64_t at_ms;
	assert_true(civil_parse_datetime(STR("2027-05-02T23:59"), &wall));
	assert_int_equal(zone_instant(aoe, &wall, &at_ms), CIVIL_OK);
	assert_int_equal(at_ms, INT64_C(1809345540000));
	struct civil c = zone_civil(aoe, at_ms);
	assert_string_equal(c.abbreviation, "AoE");
	assert_int_equal(c.offset_s, -43200);
	assert_int_equal(c.day, 2);
	assert_int_equal(c.weekday, 6);
}

static void utc_needs_no_file(void **state)
{
	(void)state;
	assert_ptr_equal(zone_find("UTC"), zone_utc());
	struct civil c = zone_civil(zone_utc(), -1);
	assert_string_equal(civil_datetime(arena, &c), "1969-12-31T23:59:59");
	assert_string_equal(c.abbreviation, "UTC");
	assert_int_equal(c.weekday, 2);
}

static void a_zone_is_read_once(void **state)
{
	(void)state;
	assert_ptr_equal(zone_find("Europe/Paris"), zone_find("Europe/Paris"));
	assert_ptr_not_equal(zone_find("Europe/Paris"), zone_find("Europe/Berlin"));
	/* A name of before, which the tables no longer list, still works. */
	assert_non_null(zone_find("Asia/Calcutta"));
	assert_non_null(zone_find("America/Argentina/Buenos_Aires"));
	assert_non_null(zone_find("Etc/GMT+12"));
}

static void unknown_and_unsafe_names_are_refused(void **state)
{
	(void)state;
	static const char *const bad[] = {"", "Europe", "Europe/", "Europe/Nowhere",
		"europe/london", "../../etc/passwd", "Europe/../Europe/London",
		"/usr/share/zoneinfo/Europe/London", "Europe//London", "Europe/London ",
		"Europe/London\n", "right/Europe/London", "posix/Europe/London", "localtime",
		"zone1970.tab", "tzdata.zi", "Z%2e%2e", "GMT.", "aoe",
		"Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (zone_find(bad[i]))
			fail_msg("\"%s\" was found", bad[i]);
	assert_null(zone_find(NULL));
}

static void every_listed_zone_exists_in_order(void **state)
{
	(void)state;
	size_t n;
	bool has_london = false, has_ljubljana = false, has_utc = false, has_aoe = false;
	const char *const *names = zone_names(&n);
	assert_true(n > 300);
	for (size_t i = 0; i < n; i++) {
		assert_non_null(zone_find(names[i]));
		if (i)
			assert_true(strcmp(names[i - 1], names[i]) < 0);
		has_london |= strcmp(names[i], "Europe/London") == 0;
		has_ljubljana |= strcmp(names[i], "Europe/Ljubljana") == 0;
		has_utc |= strcmp(names[i], "UTC") == 0;
		has_aoe |= strcmp(names[i], "AoE") == 0;
	}
	assert_true(has_london && has_ljubljana && has_utc && has_aoe);
}

/* Each month of 150 years in every zone: to the wall and back gives the same, but for overlaps. */
static void walls_lead_back_to_their_instants(void **state)
{
	(void)state;
	size_t n;
	const char *const *names = zone_names(&n);
	for (size_t i = 0; i < n; i += 7) {
		const struct zone *z = zone_find(names[i]);
		for (int64_t at = INT64_C(-2000000000000); at < INT64_C(4000000000000);
			at += INT64_C(2629746000)) {
			struct civil c = zone_civil(z, at);
			int64_t again;
			enum civil_fit fit = zone_instant(z, &c, &again);
			assert_int_not_equal(fit, CIVIL_GAP);
			assert_true(fit == CIVIL_OVERLAP ? again <= at : again == at);
		}
	}
}

static void the_ends_of_time_are_survived(void **state)
{
	(void)state;
	const int64_t ends[] = {INT64_MIN, INT64_MIN + 1, INT64_MAX, 0};
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		struct civil c = zone_civil(zone_find("America/New_York"), ends[i]);
		assert_in_range(c.month, 1, 12);
		assert_in_range(c.day, 1, 31);
	}
	struct civil first = {.year = 1, .month = 1, .day = 1};
	struct civil last = {.year = 9999, .month = 12, .day = 31, .hour = 23, .minute = 59};
	int64_t at_ms;
	assert_int_equal(zone_instant(zone_find("Europe/London"), &first, &at_ms), CIVIL_OK);
	assert_int_equal(zone_instant(zone_find("Europe/London"), &last, &at_ms), CIVIL_OK);
	assert_int_equal(zone_civil(zone_find("Europe/London"), at_ms).year, 9999);
}

static void days_and_dates_are_one_to_one(void **state)
{
	(void)state;
	int64_t days = civil_to_days(1, 1, 1);
	int y, m, d, weekday = 0; /* 0001-01-01 was a Monday */
	for (y = 1; y <= 9999; y += y == 401 ? 1400 : y == 2401 ? 7000 : 1) {
		days = civil_to_days(y, 1, 1);
		weekday = civil_weekday(y, 1, 1);
		for (m = 1; m <= 12; m++) {
			for (d = 1; d <= 31; d++) {
				if (!civil_is_date(y, m, d))
					continue;
				int year, month, day;
				assert_int_equal(civil_to_days(y, m, d), days);
				assert_int_equal(civil_weekday(y, m, d), weekday);
				civil_from_days(days, &year, &month, &day);
				assert_true(year == y && month == m && day == d);
				days++;
				weekday = (weekday + 1) % 7;
			}
		}
		assert_int_equal(days, civil_to_days(y + 1, 1, 1));
	}
	assert_int_equal(civil_to_days(1970, 1, 1), 0);
	assert_int_equal(civil_to_days(2000, 3, 1), 11017);
	assert_int_equal(civil_weekday(2025, 3, 16), 6);
	assert_int_equal(civil_weekday(1, 1, 1), 0);
}

static void dates_are_read_strictly(void **state)
{
	(void)state;
	struct civil c;
	assert_true(civil_parse_date(STR("2028-02-29"), &c));
	assert_int_equal(c.weekday, 1);
	assert_string_equal(civil_date(arena, &c), "2028-02-29");
	assert_true(civil_parse_datetime(STR("2027-05-02T23:59"), &c));
	assert_string_equal(civil_datetime(arena, &c), "2027-05-02T23:59");
	assert_true(civil_parse_datetime(STR("2027-05-02T23:59:58"), &c));
	assert_string_equal(civil_datetime(arena, &c), "2027-05-02T23:59:58");
	static const char *const bad_dates[] = {"", "2027-02-29", "2100-02-29", "2027-13-01",
		"2027-00-01", "2027-01-00", "2027-04-31", "0000-01-01", "27-01-01", "2027/01/01",
		"2027-1-1", "2027-01-01 ", "+027-01-01", "2027-01-0x"};
	for (size_t i = 0; i < sizeof bad_dates / sizeof *bad_dates; i++)
		assert_false(civil_parse_date(str_from(bad_dates[i]), &c));
	static const char *const bad_times[] = {"2027-05-02", "2027-05-02T24:00",
		"2027-05-02T23:60", "2027-05-02T23:59:60", "2027-05-02 23:59", "2027-05-02T23:59Z",
		"2027-05-02T23:5", "2027-02-30T10:00", "2027-05-02T23:59:5", "2027-05-02T2:59:05"};
	for (size_t i = 0; i < sizeof bad_times / sizeof *bad_times; i++)
		assert_false(civil_parse_datetime(str_from(bad_times[i]), &c));
}

static void rules_of_every_form_are_read(void **state)
{
	(void)state;
	static const struct {
		const char *rule;
		int64_t at_s;
		int offset_s, is_dst;
		const char *abbreviation;
	} cases[] = {
		{"<+0545>-5:45", 0, 20700, 0, "+0545"},
		{"EST5EDT,M3.2.0,M11.1.0", INT64_C(1772953199), -18000, 0, "EST"},
		{"EST5EDT,M3.2.0,M11.1.0", INT64_C(1772953200), -14400, 1, "EDT"},
		{"EST5EDT,0/0,J365/25", INT64_C(1767225600), -14400, 1, "EDT"}, /* all year */
		{"EST5EDT,0/0,J365/25", INT64_C(1767243600), -14400, 1, "EDT"},
		{"EST5EDT,0/0,J365/25", INT64_C(1783000000), -14400, 1, "EDT"},
		{"IST-1GMT0,M10.5.0,M3.5.0/1", INT64_C(1768478400), 0, 1, "GMT"},
		{"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", INT64_C(2531955600) - 1, -7200, 0, "-02"},
		{"AAA0BBB,J60,J61", INT64_C(1835488800), 3600, 1,
			"BBB"}, /* 1 March of a leap year, 02:00 */
		{"AAA0BBB,J60,J61", INT64_C(1835440000), 0, 0,
			"AAA"}, /* 29 February is not day 60 */
		{"AAA0BBB,59,60", INT64_C(1835402400), 3600, 1, "BBB"}, /* 29 February, 02:00 */
		{"AAA0BBB,59,60", INT64_C(1835402399), 0, 0, "AAA"},
		{"ABC-1:02:03", 0, 3723, 0, "ABC"},
		{"NZST-12NZDT,M9.5.0,M4.1.0/3", INT64_C(1767225600), 46800, 1, "NZDT"},
		{"NZST-12NZDT,M9.5.0,M4.1.0/3", INT64_C(1782864000), 43200, 0, "NZST"},
		{"EET-2EEST,M3.4.4/50,M10.4.4/50", INT64_C(1774655999), 7200, 0, "EET"},
		{"EET-2EEST,M3.4.4/50,M10.4.4/50", INT64_C(1774656000), 10800, 1, "EEST"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct tzrule rule;
		assert_true(tzrule_parse(str_from(cases[i].rule), &rule));
		const struct tz_type *type = tzrule_at(&rule, cases[i].at_s);
		if (type->offset_s != cases[i].offset_s || type->is_dst != cases[i].is_dst)
			fail_msg("%s at %lld: %d", cases[i].rule, (long long)cases[i].at_s,
				type->offset_s);
		assert_string_equal(type->abbreviation, cases[i].abbreviation);
	}
	static const char *const bad[] = {"", "A5", "EST", "EST5EDT", "EST5EDT,M3.2.0", "<+05-5",
		"EST5EDT,M0.2.0,M11.1.0", "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M3.0.0,M11.1.0",
		"EST5EDT,M3.6.0,M11.1.0", "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,J0,J1",
		"EST5EDT,J366,J1", "EST5EDT,366,1", "EST168", "EST5EDT,M3.2.0,M11.1.0x",
		"EST5EDT,M3.2.0/168,M11.1.0", "EST5:60", "ABCDEFGH5", "EST5EDT,M3.2.0/,M11.1.0",
		"EST5ED,M3.2.0,M11.1.0"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct tzrule rule;
		if (tzrule_parse(str_from(bad[i]), &rule))
			fail_msg("\"%s\" was read", bad[i]);
	}
}

/* A small sound file: one change, two types and a rule. */
static struct str small_file(void)
{
	struct buf b = buf_in(arena, 1000);
	static const char empty[44] = "TZif2";
	static const char header[44] = {'T', 'Z', 'i', 'f', '2', [35] = 1, [39] = 2, [43] = 8};
	buf_add(&b, empty, sizeof empty);
	buf_add(&b, header, sizeof header);
	buf_add(&b, "\0\0\0\0\0\0\0\x64\x01", 9);
	buf_add(&b, "\0\0\0\0\0\0\0\0\x0e\x10\x01\x04", 12);
	buf_add(&b, "AAA\0BBB\0\nAAA0\n", 14);
	return buf_view(&b);
}

static void a_sound_file_is_read_and_a_broken_one_is_not(void **state)
{
	(void)state;
	struct str file = small_file();
	struct tzif tz;
	assert_true(tzif_parse(arena, file, &tz));
	assert_string_equal(tzif_at(&tz, 99)->abbreviation, "AAA");
	assert_string_equal(
		tzif_at(&tz, 100)->abbreviation, "AAA"); /* the rule holds after the last */
	assert_int_equal(tz.types[1].offset_s, 3600);
	for (size_t n = 0; n < file.n; n++)
		assert_false(tzif_parse(arena, (struct str){file.p, n}, &tz));
	/* Each byte changed to each of some values: refused or read, never out of bounds. */
	for (size_t at = 0; at < file.n; at++) {
		for (int value = 0; value < 256; value += value < 16 ? 1 : 15) {
			struct str copy = {arena_strndup(arena, file.p, file.n), file.n};
			char *bytes = arena_strndup(arena, file.p, file.n);
			bytes[at] = (char)value;
			copy.p = bytes;
			if (tzif_parse(arena, copy, &tz))
				for (int64_t t = -1000; t < 1000; t += 50)
					assert_non_null(tzif_at(&tz, t));
		}
	}
}

static void *find_all(void *unused)
{
	size_t n;
	const char *const *names = zone_names(&n);
	(void)unused;
	for (size_t i = 0; i < n; i++)
		if (!zone_find(names[i]))
			return NULL;
	return &arena;
}

static void threads_share_the_cache(void **state)
{
	(void)state;
	pthread_t threads[4];
	for (int i = 0; i < 4; i++)
		pthread_create(&threads[i], NULL, find_all, NULL);
	for (int i = 0; i < 4; i++) {
		void *done;
		pthread_join(threads[i], &done);
		assert_non_null(done);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(threads_share_the_cache), /* first, while the cache is empty */
		cmocka_unit_test(an_instant_shows_its_wall_time),
		cmocka_unit_test(a_wall_time_finds_its_instant),
		cmocka_unit_test(anywhere_on_earth_is_twelve_hours_west),
		cmocka_unit_test(utc_needs_no_file),
		cmocka_unit_test(a_zone_is_read_once),
		cmocka_unit_test(unknown_and_unsafe_names_are_refused),
		cmocka_unit_test(every_listed_zone_exists_in_order),
		cmocka_unit_test(walls_lead_back_to_their_instants),
		cmocka_unit_test(the_ends_of_time_are_survived),
		cmocka_unit_test(days_and_dates_are_one_to_one),
		cmocka_unit_test(dates_are_read_strictly),
		cmocka_unit_test(rules_of_every_form_are_read),
		cmocka_unit_test(a_sound_file_is_read_and_a_broken_one_is_not),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
