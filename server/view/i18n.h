/*
 * Catalogues: web/locale/<lang>.po (gettext's format, read by our own parser), embedded. English
 * is the source language: its catalogue holds plural forms and the words of enums
 * ("state.submitted" -> "Submitted"). A message without a translation is its own id, with the part
 * after the last '|' chosen for plurals as in English.
 */
#ifndef VIEW_I18N_H
#define VIEW_I18N_H

#include "base/zone.h"
#include "view/assets.h"

struct i18n;

/*
 * INVALID with file and line when a catalogue is wrong, or en.po is missing. In --dev catalogues
 * are read anew when they change, at most every 200 ms; one with a mistake goes to the log. Texts
 * and languages that were handed out live until i18n_free.
 */
enum rc i18n_new(const struct assets *assets, struct i18n **out, struct err *err) NODISCARD;
void i18n_free(struct i18n *i);

/* n picks the plural form; messages without forms ignore it. Never NULL. */
const char *i18n_text(const struct i18n *i, const char *lang, const char *message_id, int64_t n);
/* The word for a code of a closed set: i18n_word(i, "en", "state", "submitted"). */
const char *i18n_word(const struct i18n *i, const char *lang, const char *set, const char *code);

/* The best of our languages for an Accept-Language header; "en" when none fits. */
const char *i18n_negotiate(const struct i18n *i, const char *accept_language);

/*
 * Dates and numbers as a reader of the language expects them (ICU patterns, our own zones):
 * skeleton names of ICU, "EEEEdMMMMy", "dMMM", "Hm".
 */
const char *i18n_date(
	struct arena *a, const char *lang, const char *skeleton, const struct civil *c);
/* "£260.00" or "¥300"; the minor digits of the currency are ICU's. */
const char *i18n_money(struct arena *a, const char *lang, int64_t minor, const char *currency);

#endif
