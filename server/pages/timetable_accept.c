/* Doing what a proposed timetable says, in part or whole; putting it back; cancelling. */
#include "base/random.h"
#include "domain/programme_rearrange.h"
#include "pages/handlers.h"
#include "pages/timetable_proposal.h"

static const char *text_of(const cJSON *object, const char *key)
{
	const char *text = json_text(object, key);

	return text ? text : "";
}

static bool is_chosen(struct request *rq, const char *field, const char *code)
{
	const char *const *codes;
	size_t n;

	if (form_bool(&rq->form, "all"))
		return true;
	codes = form_list(&rq->form, field, &n);
	for (size_t i = 0; i < n; i++)
		if (text_equal(codes[i], code))
			return true;
	return false;
}

static void works_collect(struct request *rq, const cJSON *list, struct programme_rearrange *r)
{
	struct work_step *steps =
		ARENA_ARRAY(rq->arena, (size_t)cJSON_GetArraySize(list), struct work_step);
	const cJSON *x;

	cJSON_ArrayForEach(x, list)
	{
		if (!is_chosen(rq, "work", text_of(x, "submission")))
			continue;
		steps[r->n_works++] = (struct work_step){
			.submission_code = text_of(x, "submission"),
			.from_code = text_of(x, "from"),
			.to_code = text_of(x, "to"),
			.new_code = code_new(rq->arena),
			.minutes = json_int(x, "minutes", 0),
		};
	}
	r->works = steps;
}

static void rooms_collect(struct request *rq, const cJSON *list, struct programme_rearrange *r)
{
	struct room_step *steps =
		ARENA_ARRAY(rq->arena, (size_t)cJSON_GetArraySize(list), struct room_step);
	const cJSON *x;

	cJSON_ArrayForEach(x, list) if (is_chosen(rq, "room", text_of(x, "session")))
		steps[r->n_rooms++] = (struct room_step){text_of(x, "session"), text_of(x, "to")};
	r->rooms = steps;
}

static void revs_collect(struct request *rq, const cJSON *revs, struct programme_rearrange *r)
{
	struct session_rev *list =
		ARENA_ARRAY(rq->arena, (size_t)cJSON_GetArraySize(revs), struct session_rev);
	const cJSON *x;

	cJSON_ArrayForEach(x, revs) list[r->n_revs++] =
		(struct session_rev){x->string, json_int(revs, x->string, 0)};
	r->revs = list;
}

/* POST /:event/programme/edit/proposals/:code/accept */
enum rc post_timetable_accept(struct request *rq, struct vm *vm)
{
	struct programme_rearrange r = {.actor = rq->actor, .event = rq->event};
	struct q_proposal_by_code row;
	cJSON *result;

	(void)vm;
	TRY(proposal_of_path(rq, &timetable_kind, &row));
	TRY(proposal_result(rq, &row, &result));
	works_collect(rq, json_get(result, "works"), &r);
	rooms_collect(rq, json_get(result, "rooms"), &r);
	revs_collect(rq, json_get(result, "revs"), &r);
	r.proposal_id = row.id;
	r.proposal_code = row.code;
	reply_to(rq, "%s/programme/edit/proposals/%s", page_event_path(rq), row.code);
	reply_flash(rq, "Accepted: the draft shows it. What is published stays as it is");
	return page_write(rq, TX_NORMAL, programme_rearrange, &r);
}

/* POST /:event/programme/edit/proposals/:code/undo */
enum rc post_timetable_undo(struct request *rq, struct vm *vm)
{
	struct q_proposal_by_code row;

	(void)vm;
	TRY(proposal_of_path(rq, &timetable_kind, &row));
	reply_to(rq, "%s/programme/edit/proposals/%s", page_event_path(rq), row.code);
	reply_flash(rq, "Undone: the draft is as it was");
	return page_write(rq, TX_NORMAL, programme_restore,
		&(struct programme_restore){
			.actor = rq->actor,
			.proposal_id = row.id,
			.proposal_code = row.code,
			.undo = row.undo,
		});
}

/* POST /:event/programme/edit/proposals/:code/cancel */
enum rc post_timetable_cancel(struct request *rq, struct vm *vm)
{
	(void)vm;
	return proposal_cancel_of_path(rq, &timetable_kind);
}
