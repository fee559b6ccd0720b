/* The words of mail_words.h. */
#include "domain/mail_words.h"

static const char *const weekdays[] = {
	"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July",
	"August", "September", "October", "November", "December"};

const char *mail_words_moment(struct arena *a, int64_t at_ms, const struct zone *zone)
{
	struct civil c = zone_civil(zone, at_ms);

	return arena_printf(a, "%s %d %s %d, %02d:%02d (%s)", weekdays[c.weekday], c.day,
		months[c.month - 1], c.year, c.hour, c.minute, zone_name(zone));
}

const char *mail_words_money(struct arena *a, int64_t minor, const char *currency)
{
	uint64_t size = minor < 0 ? -(uint64_t)minor : (uint64_t)minor;

	return arena_printf(a, "%s %s%llu.%02u", currency, minor < 0 ? "-" : "",
		(unsigned long long)(size / 100), (unsigned)(size % 100));
}
