/*
 * The view model: what a handler says, before anyone knows whether it becomes HTML or JSON.
 *
 * It is one cJSON object tree with two halves. `data` members are the stable API: codes, enums,
 * RFC 3339 instants, minor units of money. `page` members (added by vm_page_*, and by the twins
 * that vm_time, vm_money and vm_enum write) carry the bit JSON_PAGE_ONLY: templates see both
 * halves, the JSON answer leaves the page half out. One tree instead of two, so that a list row is
 * written once.
 *
 * Keys are the words of the database column and the form field. A key written twice is a
 * programmer's fault (assert). Everything lives in the request's arena.
 */
#ifndef VIEW_VM_H
#define VIEW_VM_H

#include "base/json.h"
#include "base/zone.h"

struct i18n;
struct vm; /* an object node; opaque on purpose: no page touches cJSON */

/* How values become text: the reader's language, the event's zone and the reader's own. */
struct vm_format {
	const char *lang;               /* "en" */
	const struct i18n *i18n;        /* NULL: English as it stands in the source */
	const struct zone *event_zone;  /* NULL on pages without an event: UTC */
	const struct zone *reader_zone; /* NULL when unknown */
	int64_t now_ms;
};

struct vm *vm_new(struct arena *a, const struct vm_format *format);
const cJSON *vm_root(const struct vm *vm); /* the tree that begins at this node */
struct arena *vm_arena(const struct vm *vm);
const struct vm_format *vm_format_of(const struct vm *vm);

/* ---- data ---- */
void vm_text(struct vm *vm, const char *key, const char *text); /* NULL writes null */
void vm_int(struct vm *vm, const char *key, int64_t value);     /* within ±2^53 */
/* Rounded to 0..9 decimals; page twin key_text has exactly as many ("4.50"). NaN writes null. */
void vm_real(struct vm *vm, const char *key, double value, int decimals);
void vm_bool(struct vm *vm, const char *key, bool value);
struct vm *vm_object(struct vm *vm, const char *key);

struct vm_list;
struct vm_list *vm_list(struct vm *vm, const char *key);   /* [] in JSON even when empty */
struct vm *vm_item(struct vm_list *list);                  /* appends an object */
void vm_item_text(struct vm_list *list, const char *text); /* appends a string */
void vm_item_real(struct vm_list *list, double value, int decimals); /* a number, as vm_real */
size_t vm_count(const struct vm_list *list);

/*
 * An instant: data `key` is RFC 3339; page twins for a template:
 *   key_text      "Sunday 2 May 2027, 23:59" in the event's zone
 *   key_short     "2 May, 23:59"
 *   key_clock     "23:59"
 *   key_zone      "BST", "Anywhere on Earth", or "UTC+5:30" where the zone has no letters
 *   key_reader    as key_text in the reader's zone, null when that is unknown or shows the same
 *   key_left      "3 h 12 min" / "2 days 5 h" / "12 days", rounded down; null when it has passed
 *   key_is_past
 * at_ms 0 writes null, and null twins. They are null and not absent, so that a template never finds
 * those of an object further out.
 */
void vm_time(struct vm *vm, const char *key, int64_t at_ms);
/* As vm_time, shown in a zone of its own: a deadline that runs Anywhere on Earth. NULL: vm_time's.
 */
void vm_time_in(struct vm *vm, const char *key, int64_t at_ms, const struct zone *zone);
/*
 * "2027-05-02" and key_text "Sunday 2 May 2027", key_short "2 May". Weekdays are always computed.
 * All null when the date is NULL or no date.
 */
void vm_date(struct vm *vm, const char *key, const char *date_on);
/*
 * Start to end: data {"from":"2027-09-08","to":"2027-09-10"}, page key_text "Wednesday 8 to Friday
 * 10 September 2027". Null as vm_date.
 */
void vm_dates(struct vm *vm, const char *key, const char *from_on, const char *to_on);
/* Minor units and ISO 4217 code: {"amount":26000,"currency":"GBP"}, page key_text "£260.00". */
void vm_money(struct vm *vm, const char *key, int64_t minor, const char *currency);
/*
 * A code of a closed set; key_text is the catalogue's word for "<set>.<code>", key_is_<code> true
 * (and false for what an object further out has already said under this key). NULL writes nulls.
 */
void vm_enum(struct vm *vm, const char *key, const char *set, const char *code);
/* A person's or a work's name in any script; page twins key_lang (or null), key_is_rtl. */
void vm_name(struct vm *vm, const char *key, const char *name, const char *lang);

/* ---- page only ---- */
void vm_page_text(struct vm *vm, const char *key, const char *text);
void vm_page_printf(struct vm *vm, const char *key, const char *format, ...) PRINTF_LIKE(3, 4);
void vm_page_int(struct vm *vm, const char *key, int64_t value);
void vm_page_bool(struct vm *vm, const char *key, bool value);
struct vm *vm_page_object(struct vm *vm, const char *key);
struct vm_list *vm_page_list(struct vm *vm, const char *key);

/*
 * Markup. Only view/markdown.c and view/template.c make one; the key must end in "_html", and only
 * such keys may stand in {{{…}}}.
 */
struct safe_html {
	const char *safe;
};
void vm_html(struct vm *vm, const char *key, struct safe_html html);

#endif
