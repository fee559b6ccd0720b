/*
 * What the camera of any phone opens when it reads a badge. It says what the code is for, and
 * nothing about who carries it; only somebody signed in who works at that door sees the name.
 */
#include "base/clock.h"
#include "base/random.h"
#include "domain/person.h"
#include "domain/ticket.h"
#include "pages/handlers.h"

/* Of the events that are not over, the one that knows this ticket. */
static enum rc find_event(struct request *rq, const char *ticket_hash,
	struct q_events_current *event, struct q_door_ticket *ticket, bool *found)
{
	/* A day is kept for zones that are behind. */
	struct civil yesterday = zone_civil(zone_utc(), rq->now_ms - DAY_MS);
	struct q_events_current *events;
	size_t n;

	*found = false;
	TRY(q_events_current(rq->db, rq->arena,
		&(struct q_events_current_in){.today = civil_date(rq->arena, &yesterday)}, &events,
		&n, &rq->err));
	for (size_t i = 0; i < n && !*found; i++) {
		*event = events[i];
		TRY(q_door_ticket(rq->db, rq->arena,
			&(struct q_door_ticket_in){
				.event_id = events[i].id, .ticket_hash = ticket_hash, .code = ""},
			ticket, found, &rq->err));
	}
	return OK;
}

static enum rc works_at_door(struct request *rq, int64_t event_id, bool *out)
{
	struct q_person_by_account person;
	unsigned roles = 0;
	bool found = false;

	*out = false;
	if (!rq->actor->account_id)
		return OK;
	TRY(q_person_by_account(rq->db, rq->arena,
		&(struct q_person_by_account_in){
			.event_id = event_id, .account_id = rq->actor->account_id},
		&person, &found, &rq->err));
	if (found)
		TRY(person_roles(rq->db, rq->arena, event_id, person.id, &roles, &rq->err));
	*out = (roles & (ROLE_DESK | ROLE_ORGANISER)) != 0;
	return OK;
}

static void put_holder(
	struct vm *parent, const struct q_door_ticket *ticket, const char *token, const char *nonce)
{
	struct vm *vm = vm_object(parent, "holder");

	page_person_name(vm, "name", ticket->badge_name, ticket->name_lang);
	vm_page_text(vm, "said_name", *ticket->said_name ? ticket->said_name : NULL);
	vm_text(vm, "ticket", ticket->ticket_title);
	vm_enum(vm, "state", "registration", ticket->state);
	vm_page_text(vm, "token", token);
	vm_page_text(vm, "nonce", nonce);
}

/* GET /c/:token, and in capitals, as the code spells it */
enum rc get_ticket(struct request *rq, struct vm *vm)
{
	const char *token = ticket_of_scan(rq->arena, str_from(path_param(rq, "token")));
	struct q_events_current event = {0};
	struct q_door_ticket ticket = {0};
	bool found = false, is_desk;
	struct vm *shown;

	if (token)
		TRY(find_event(rq, ticket_hash(rq->arena, token), &event, &ticket, &found));
	if (!found)
		return err_set(&rq->err, NOT_FOUND,
			"This code is not a ticket of any event that is to come. A newer badge "
			"may have taken its place");
	shown = vm_object(vm, "for_event");
	vm_text(shown, "slug", event.slug);
	vm_text(shown, "title", event.title);
	vm_dates(shown, "dates", event.starts_on, event.ends_on);
	TRY(works_at_door(rq, event.id, &is_desk));
	vm_page_bool(vm, "is_desk", is_desk);
	if (is_desk)
		put_holder(vm, &ticket, token, token_new(rq->arena));
	return OK;
}
