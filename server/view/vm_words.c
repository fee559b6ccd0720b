/*
 * Values that people read otherwise than programs: instants, dates, money, names. Each writes its
 * stable form for the JSON answer and the words beside it for the page.
 */
#include "view/vm_twin.h"

#include <string.h>
#include "base/clock.h"
#include "base/text.h"
#include "view/i18n.h"

enum { MAX_WORDS_BYTES = 1024 };

static const char FULL[] = "EEEEdMMMMy", SHORT[] = "dMMM", CLOCK[] = "Hm";

/* ---- messages ---- */

struct filling {
	const char *name, *text;
};

/* The message in the reader's language with its {{name}}s filled; unknown ones are left out. */
static const char *say(struct vm *vm, const char *message, int64_t n,
	const struct filling *fillings, size_t n_fillings)
{
	const struct vm_format *format = vm_format_of(vm);
	struct buf out = buf_in(vm_arena(vm), MAX_WORDS_BYTES);
	if (format->i18n)
		message = i18n_text(format->i18n, format->lang, message, n);
	while (*message) {
		const char *open = strstr(message, "{{");
		const char *close = open ? strstr(open, "}}") : NULL;
		if (!close) {
			buf_text(&out, message);
			break;
		}
		buf_add(&out, message, (size_t)(open - message));
		struct str name = str_trim((struct str){open + 2, (size_t)(close - open - 2)});
		for (size_t i = 0; i < n_fillings; i++)
			if (str_is(name, fillings[i].name))
				buf_text(&out, fillings[i].text);
		message = close + 2;
	}
	return buf_cstr(&out);
}

#define SAY(vm, message, n, ...)                                                                   \
	say((vm), (message), (n), (const struct filling[]){__VA_ARGS__},                           \
		sizeof((const struct filling[]){__VA_ARGS__}) / sizeof(struct filling))

static const char *number(struct vm *vm, int64_t n)
{
	return arena_printf(vm_arena(vm), "%lld", (long long)n);
}

static const char *date(struct vm *vm, const char *skeleton, const struct civil *c)
{
	return i18n_date(vm_arena(vm), vm_format_of(vm)->lang, skeleton, c);
}

/* ---- instants ---- */

static const char *with_clock(struct vm *vm, const char *date_text, const char *clock_text)
{
	return SAY(vm, "{{date}}, {{time}}", 1, {"date", date_text}, {"time", clock_text});
}

/* "UTC+5:30": zones without an abbreviation of letters are best known by their offset. */
static const char *offset_text(struct vm *vm, int offset_s)
{
	int minutes = (offset_s < 0 ? -offset_s : offset_s) / 60;
	const char *sign = offset_s < 0 ? "\u2212" : "+";
	if (minutes == 0)
		return "UTC";
	if (minutes % 60 == 0)
		return arena_printf(vm_arena(vm), "UTC%s%d", sign, minutes / 60);
	return arena_printf(vm_arena(vm), "UTC%s%d:%02d", sign, minutes / 60, minutes % 60);
}

static const char *zone_text(struct vm *vm, const struct zone *zone, const struct civil *c)
{
	char first = c->abbreviation[0];
	if (strcmp(zone_name(zone), "AoE") == 0)
		return say(vm, "Anywhere on Earth", 1, NULL, 0);
	if (first < 'A' || first > 'Z')
		return offset_text(vm, c->offset_s);
	return c->abbreviation;
}

/* Rounded down, so that nobody is promised a minute that is not there. */
static const char *left_text(struct vm *vm, int64_t left_ms)
{
	int64_t minutes = left_ms / MINUTE_MS, hours = left_ms / HOUR_MS, days = left_ms / DAY_MS;
	if (minutes == 0)
		return say(vm, "less than a minute", 1, NULL, 0);
	if (hours == 0)
		return SAY(vm, "{{n}} min", minutes, {"n", number(vm, minutes)});
	if (hours < 24 && minutes % 60 == 0)
		return SAY(vm, "{{n}} h", hours, {"n", number(vm, hours)});
	if (hours < 24)
		return SAY(vm, "{{hours}} h {{n}} min", minutes % 60, {"hours", number(vm, hours)},
			{"n", number(vm, minutes % 60)});
	if (days < 3 && hours % 24 != 0)
		return SAY(vm, "{{n}} day {{hours}} h|{{n}} days {{hours}} h", days,
			{"n", number(vm, days)}, {"hours", number(vm, hours % 24)});
	return SAY(vm, "{{n}} day|{{n}} days", days, {"n", number(vm, days)});
}

static void null_twins(struct vm *vm, const char *key, const char *const *suffixes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		vm_page_text(vm, vm_twin(vm, key, suffixes[i]), NULL);
}

void vm_time(struct vm *vm, const char *key, int64_t at_ms)
{
	vm_time_in(vm, key, at_ms, NULL);
}

void vm_time_in(struct vm *vm, const char *key, int64_t at_ms, const struct zone *zone)
{
	static const char *const suffixes[] = {
		"_text", "_short", "_clock", "_zone", "_reader", "_left", "_is_past"};
	const struct vm_format *format = vm_format_of(vm);
	if (at_ms == 0) {
		vm_text(vm, key, NULL);
		null_twins(vm, key, suffixes, sizeof suffixes / sizeof *suffixes);
		return;
	}
	if (!zone)
		zone = format->event_zone ? format->event_zone : zone_utc();
	struct civil c = zone_civil(zone, at_ms);
	vm_text(vm, key, clock_rfc3339(vm_arena(vm), at_ms));
	const char *clock_text = date(vm, CLOCK, &c);
	vm_page_text(vm, vm_twin(vm, key, "_text"), with_clock(vm, date(vm, FULL, &c), clock_text));
	vm_page_text(
		vm, vm_twin(vm, key, "_short"), with_clock(vm, date(vm, SHORT, &c), clock_text));
	vm_page_text(vm, vm_twin(vm, key, "_clock"), clock_text);
	vm_page_text(vm, vm_twin(vm, key, "_zone"), zone_text(vm, zone, &c));
	const char *reader = NULL;
	if (format->reader_zone) {
		struct civil own = zone_civil(format->reader_zone, at_ms);
		if (own.offset_s != c.offset_s)
			reader = with_clock(vm, date(vm, FULL, &own), date(vm, CLOCK, &own));
	}
	vm_page_text(vm, vm_twin(vm, key, "_reader"), reader);
	bool is_past = at_ms <= format->now_ms;
	vm_page_text(vm, vm_twin(vm, key, "_left"),
		is_past ? NULL : left_text(vm, at_ms - format->now_ms));
	vm_page_bool(vm, vm_twin(vm, key, "_is_past"), is_past);
}

/* ---- dates ---- */

void vm_date(struct vm *vm, const char *key, const char *date_on)
{
	struct civil c;
	bool is_date = date_on && civil_parse_date(str_from(date_on), &c);
	vm_text(vm, key, is_date ? date_on : NULL);
	vm_page_text(vm, vm_twin(vm, key, "_text"), is_date ? date(vm, FULL, &c) : NULL);
	vm_page_text(vm, vm_twin(vm, key, "_short"), is_date ? date(vm, SHORT, &c) : NULL);
}

/* The parts both dates share are said once; a language that does not do so translates otherwise. */
static const char *range_text(struct vm *vm, const struct civil *from, const struct civil *to)
{
	const char *to_text = date(vm, FULL, to);
	bool is_forward =
		from->month < to->month || (from->month == to->month && from->day < to->day);
	if (from->year == to->year && from->month == to->month && from->day == to->day)
		return to_text;
	if (from->year != to->year || !is_forward)
		return SAY(vm, "{{from}} to {{to}}", 1, {"from", date(vm, FULL, from)},
			{"to", to_text});
	if (from->month != to->month)
		return SAY(vm, "{{from_month}} to {{to}}", 1,
			{"from_month", date(vm, "EEEEdMMMM", from)}, {"from", date(vm, FULL, from)},
			{"to", to_text});
	return SAY(vm, "{{from_day}} to {{to}}", 1, {"from_day", date(vm, "EEEEd", from)},
		{"from", date(vm, FULL, from)}, {"to", to_text});
}

void vm_dates(struct vm *vm, const char *key, const char *from_on, const char *to_on)
{
	struct civil from, to;
	bool is_range = from_on && to_on && civil_parse_date(str_from(from_on), &from) &&
			civil_parse_date(str_from(to_on), &to);
	if (is_range) {
		struct vm *both = vm_object(vm, key);
		vm_text(both, "from", from_on);
		vm_text(both, "to", to_on);
	} else {
		vm_text(vm, key, NULL);
	}
	vm_page_text(vm, vm_twin(vm, key, "_text"), is_range ? range_text(vm, &from, &to) : NULL);
}

/* ---- money and names ---- */

void vm_money(struct vm *vm, const char *key, int64_t minor, const char *currency)
{
	struct vm *money = vm_object(vm, key);
	vm_int(money, "amount", minor);
	vm_text(money, "currency", currency);
	vm_page_text(vm, vm_twin(vm, key, "_text"),
		i18n_money(vm_arena(vm), vm_format_of(vm)->lang, minor, currency));
}

void vm_name(struct vm *vm, const char *key, const char *name, const char *lang)
{
	vm_text(vm, key, name);
	vm_page_text(vm, vm_twin(vm, key, "_lang"), lang);
	vm_page_bool(vm, vm_twin(vm, key, "_is_rtl"), name && text_is_rtl(name));
}
