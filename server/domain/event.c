/* Events: loading, changing, publishing. Making one is event_create.c. */
#include "domain/event.h"
#include <string.h>
#include "domain/audit.h"

enum rc event_load(struct db *db, struct arena *a, const char *slug, struct event *out,
	struct err *err)
{
	bool found;

	TRY(q_event_by_slug(db, a, &(struct q_event_by_slug_in){.slug = slug}, &out->row, &found,
		err));
	if (!found)
		return err_set(err, NOT_FOUND, "There is nothing at this address");
	out->zone = zone_find(out->row.zone);
	if (!out->zone)
		return err_internal(err, "event %s has the unknown zone %s", slug, out->row.zone);
	return OK;
}

static const char *const reserved[] = {"account", "events", "signin", "signout", "static", "healthz",
	"openapi.json", "openapi", "styleguide", "checkin-sw.js", "api", "admin", "about", "help",
	"privacy", "accessibility", "robots.txt", "favicon.ico", "new", "c"};

bool event_slug_is_reserved(const char *slug)
{
	for (size_t i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++)
		if (text_equal(slug, reserved[i]))
			return true;
	return false;
}

bool event_takes_registrations(const struct event *event, int64_t now_ms)
{
	const struct q_event_by_slug *row = &event->row;

	return row->registration_opens_at && row->registration_opens_at <= now_ms &&
		(!row->registration_closes_at || now_ms <= row->registration_closes_at);
}

bool event_is_over(const struct event *event, int64_t now_ms)
{
	struct civil today = zone_civil(event->zone, now_ms), last;

	return civil_parse_date(str_from(event->row.ends_on), &last) &&
		civil_to_days(today.year, today.month, today.day) >
			civil_to_days(last.year, last.month, last.day);
}

enum rc event_change(struct tx *tx, void *arg, struct err *err)
{
	const struct event_change *c = arg;
	int64_t n;

	if (strcmp(c->row.ends_on, c->row.starts_on) < 0)
		return err_field(err, "ends_on", "The last day must not be before the first");
	TRY(q_event_update(tx, &c->row, &n, err));
	if (!n)
		return err_set(err, CONFLICT,
			"The event was changed in another window. Compare and save again");
	return audit_write(tx, c->actor->person_id, "event.change", "", NULL, err);
}

enum rc event_set_published(struct tx *tx, void *arg, struct err *err)
{
	const struct event_publication *p = arg;

	TRY(q_event_publish(tx,
		&(struct q_event_publish_in){
			.id = tx_event_id(tx), .is_published = p->is_published},
		NULL, err));
	return audit_write(tx, p->actor->person_id,
		p->is_published ? "event.publish" : "event.unpublish", "", NULL, err);
}
