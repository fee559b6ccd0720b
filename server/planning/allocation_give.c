/* Giving the seats that a proposal has, and taking all of them back. */
#include "planning/allocation_give.h"
#include "base/random.h"
#include "domain/audit.h"
#include "domain/mail.h"
#include "planning/allocation_same.h"

enum { FIGURES_MAX_BYTES = 512 << 10, SEATS_MAX_BYTES = 8 << 10 };

/* ---- preparing ---- */

static const cJSON *method_of(const cJSON *result, const char *word)
{
	const cJSON *method;

	cJSON_ArrayForEach(method, json_get(result, "methods"))
	{
		if (text_equal(json_text(method, "method"), word))
			return method;
	}
	return NULL;
}

/* What is published beside the result: everything but the files, and how often it was drawn.
 */
static enum rc figures_write(
	struct db *db, struct arena *a, cJSON *result, struct allocation_give *g, struct err *err)
{
	struct buf b = buf_in(a, FIGURES_MAX_BYTES);
	struct q_allocation_tries tries;
	cJSON *method;

	cJSON_ArrayForEach(method, cJSON_GetObjectItemCaseSensitive(result, "methods"))
	{
		(void)cJSON_DetachItemFromObjectCaseSensitive(method, "file");
	}
	TRY(q_allocation_tries(db, a,
		&(struct q_allocation_tries_in){
			.event_id = g->scene.event->row.id, .before = g->scene.now_ms},
		&tries, err));
	buf_printf(&b, "{\"n_tries\":%lld,\"plan\":", (long long)tries.n);
	json_write(&b, result);
	buf_char(&b, '}');
	g->figures = buf_cstr(&b);
	return b.failed ? err_internal(err, "the figures are too long") : OK;
}

static const char *seats_words(
	struct arena *a, const struct allocation_give *g, const struct allocation_outcome *o)
{
	struct buf text = buf_in(a, SEATS_MAX_BYTES);

	for (size_t i = 0; i < o->n_seats; i++)
		allocation_session_line(a, &g->rows, &g->rows.sessions[o->seats[i]],
			g->scene.event->zone, &text);
	return buf_cstr(&text);
}

/* The rows are those it was made of, so the problem is; the file says who gets what. */
static enum rc people_read(struct arena *a, struct allocation_give *g, struct err *err)
{
	struct allocation_setup setup;
	struct allocate_problem problem;
	struct allocate_solution solution;
	struct allocation_outcome *outcomes;
	const char *digest;

	TRY(allocation_setup(a, &g->rows, TO_GIVE, &setup, err));
	TRY(allocate_result_read(a, str_from(g->file), &problem, &solution, &digest, err));
	if (problem.n_attendees != setup.problem.n_attendees ||
		problem.n_offerings != setup.problem.n_offerings)
		return allocation_has_changed(err);
	outcomes = allocation_outcomes(a, &setup, &solution);
	g->n_people = g->rows.n_wishers;
	g->people = ARENA_ARRAY(a, g->n_people, struct allocation_person);
	g->n_given = ARENA_ARRAY(a, g->rows.n_sessions, int64_t);
	for (size_t i = 0; i < g->n_people; i++) {
		g->people[i] = (struct allocation_person){
			&g->rows.wishers[i], &outcomes[i], seats_words(a, g, &outcomes[i])};
		for (size_t k = 0; k < outcomes[i].n_seats; k++)
			g->n_given[outcomes[i].seats[k]]++;
		g->n_seats += outcomes[i].n_seats;
	}
	g->booking_codes = ARENA_ARRAY(a, g->n_seats, const char *);
	for (size_t i = 0; i < g->n_seats; i++)
		g->booking_codes[i] = code_new(a);
	return OK;
}

enum rc allocation_give_prepare(
	struct db *db, struct arena *a, cJSON *result, struct allocation_give *g, struct err *err)
{
	const cJSON *method = method_of(result, g->method);

	if (!method || !text_equal(json_text(result, "what"), "give"))
		return err_set(err, NOT_FOUND, "This proposal has no such way of giving seats");
	g->file = json_text(method, "file");
	g->seed = json_int(method, "seed", 0);
	TRY(allocation_rows_load(db, a, g->scene.event->row.id, &g->rows, err));
	g->rows_text = allocation_rows_text(a, &g->rows);
	TRY(allocation_check_same(a, g->rows_text, result, err));
	TRY(people_read(a, g, err));
	return figures_write(db, a, result, g, err);
}

/* ---- giving ---- */

static enum rc claim(struct tx *tx, const struct allocation_give *g, struct err *err)
{
	struct q_seating_get now;
	int64_t n;

	TRY(q_seats_given(tx,
		&(struct q_seats_given_in){
			.id = tx_event_id(tx), .seats_given_at = g->scene.now_ms},
		&n, err));
	if (n)
		return OK;
	TRY(q_seating_get(tx_db(tx), tx_arena(tx),
		&(struct q_seating_get_in){.id = tx_event_id(tx)}, &now, err));
	if (now.seats_given_at)
		return err_set(err, CONFLICT, "The seats are given already");
	if (!now.is_by_wishes)
		return err_set(err, CONFLICT,
			"This event gives its seats to who books first: change that before");
	return err_set(
		err, CONFLICT, "Wishes can still be changed. Give the seats once they are closed");
}

/* All at once, so that nobody of them cancels meanwhile. */
static enum rc people_hold(struct tx *tx, const struct allocation_give *g, struct err *err)
{
	int64_t n;

	TRY(q_wishers_hold(
		tx, &(struct q_wishers_hold_in){.event_id = tx_event_id(tx)}, &n, err));
	return n == (int64_t)g->n_people ? OK : allocation_has_changed(err);
}

static enum rc result_write(struct tx *tx, const struct allocation_give *g, struct err *err)
{
	int64_t n;

	TRY(q_allocation_insert(tx,
		&(struct q_allocation_insert_in){
			.event_id = tx_event_id(tx),
			.proposal_id = g->scene.proposal_id,
			.method = g->method,
			.seed = g->seed,
			.figures = g->figures,
			.result = g->file,
			.given_by_id = g->scene.actor->person_id,
			.given_at = g->scene.now_ms,
		},
		&n, err));
	return n ? OK : err_set(err, CONFLICT, "The seats are given already");
}

/* Nothing is oversold whatever the solver said: each row is raised on its condition. */
static enum rc seats_count(struct tx *tx, const struct allocation_give *g, struct err *err)
{
	for (size_t i = 0; i < g->rows.n_sessions; i++) {
		int64_t n;
		if (!g->n_given[i])
			continue;
		TRY(q_seats_take(tx,
			&(struct q_seats_take_in){
				.event_id = tx_event_id(tx),
				.id = g->rows.sessions[i].id,
				.n = g->n_given[i],
			},
			&n, err));
		if (!n)
			return allocation_has_changed(err);
	}
	return OK;
}

static enum rc seats_book(struct tx *tx, const struct allocation_give *g,
	const struct allocation_person *p, const char *const *codes, struct err *err)
{
	int64_t n;

	for (size_t i = 0; i < p->outcome->n_seats; i++) {
		TRY(q_booking_insert(tx,
			&(struct q_booking_insert_in){
				.event_id = tx_event_id(tx),
				.id = tx_id(tx),
				.code = codes[i],
				.session_id = g->rows.sessions[p->outcome->seats[i]].id,
				.registration_id = p->row->registration_id,
				.state = "booked",
				.asked_at = g->scene.now_ms,
			},
			&n, err));
		if (!n)
			return allocation_has_changed(err);
	}
	return OK;
}

static enum rc person_tell(struct tx *tx, const struct allocation_give *g,
	const struct allocation_person *p, struct err *err)
{
	TRY(q_wisher_outcome(tx,
		&(struct q_wisher_outcome_in){
			.event_id = tx_event_id(tx),
			.registration_id = p->row->registration_id,
			.outcome = p->outcome->text,
		},
		NULL, err));
	if (text_is_empty(p->row->email))
		return OK;
	return mail_queue(tx,
		&(struct mail){
			.template_name = "allocation_result",
			.person_id = p->row->person_id,
			.to_name = p->row->name,
			.to_email = p->row->email,
			.values = (struct mail_value[]){{"event", g->scene.event->row.title},
				{"seats", p->seats_text}, {"code", p->outcome->is_in_file ? p->row->code : ""},
				{"link", g->scene.url}},
			.n_values = 4,
		},
		err);
}

enum rc allocation_give(struct tx *tx, void *arg, struct err *err)
{
	const struct allocation_give *g = arg;
	size_t n_booked = 0;

	if (g->n_expected != (int64_t)g->n_seats)
		return err_field(
			err, "expected", "It gives %zu seats: type that number", g->n_seats);
	TRY(claim(tx, g, err));
	TRY(people_hold(tx, g, err));
	TRY(allocation_check_still(tx, g->rows_text, err));
	TRY(result_write(tx, g, err));
	TRY(seats_count(tx, g, err));
	for (size_t i = 0; i < g->n_people; i++) {
		TRY(seats_book(tx, g, &g->people[i], &g->booking_codes[n_booked], err));
		TRY(person_tell(tx, g, &g->people[i], err));
		n_booked += g->people[i].outcome->n_seats;
	}
	TRY(proposal_accepted(
		tx, g->scene.actor, g->scene.proposal_id, g->scene.proposal_code, "", err));
	return audit_write(tx, g->scene.actor->person_id, "allocation.give", g->scene.proposal_code,
		NULL, err);
}

/* ---- taking back ---- */

static enum rc given_load(struct db *db, struct arena *a, int64_t event_id,
	struct q_allocation_get *allocation, struct q_bookings_given **rows, size_t *n_rows,
	struct err *err)
{
	bool found;

	TRY(q_allocation_get(db, a, &(struct q_allocation_get_in){.event_id = event_id}, allocation,
		&found, err));
	if (!found)
		return err_set(err, CONFLICT, "No seats are given: there is nothing to take back");
	return q_bookings_given(db, a,
		&(struct q_bookings_given_in){.event_id = event_id, .at = allocation->given_at},
		rows, n_rows, err);
}

/* How many seats were given, by the figures. */
static enum rc count_given(struct arena *a, const struct q_allocation_get *allocation,
	int64_t *n_seats, struct err *err)
{
	cJSON *figures;

	TRY(json_parse(a, str_from(allocation->figures), &figures, err));
	*n_seats =
		json_int(method_of(json_get(figures, "plan"), allocation->method), "n_seats", -1);
	return OK;
}

static enum rc check_untouched(struct db *db, struct arena *a, int64_t event_id,
	const struct q_allocation_get *allocation, const struct q_bookings_given *rows,
	size_t n_rows, struct err *err)
{
	struct q_bookings_after after;
	int64_t n_seats, n_left = 0;

	TRY(count_given(a, allocation, &n_seats, err));
	for (size_t i = 0; i < n_rows; i++)
		n_left += rows[i].n;
	if (n_left < n_seats)
		return err_set(err, CONFLICT,
			"Somebody has given a seat back or moved since: the seats can no longer "
			"all be taken back");
	TRY(q_bookings_after(db, a,
		&(struct q_bookings_after_in){.event_id = event_id, .after = allocation->given_at},
		&after, err));
	if (after.n || n_left > n_seats)
		return err_set(err, CONFLICT,
			"Somebody has booked what was left since: the seats can no longer all be "
			"taken back");
	return OK;
}

enum rc allocation_may_take_back(struct db *db, struct arena *a, int64_t event_id, struct err *err)
{
	struct q_allocation_get allocation;
	struct q_bookings_given *rows;
	size_t n_rows;

	TRY(given_load(db, a, event_id, &allocation, &rows, &n_rows, err));
	return check_untouched(db, a, event_id, &allocation, rows, n_rows, err);
}

static enum rc withdrawal_queue(
	struct tx *tx, const struct allocation_scene *scene, struct err *err)
{
	struct q_allocation_wishers *rows;
	size_t n;

	TRY(q_allocation_wishers(tx_db(tx), tx_arena(tx),
		&(struct q_allocation_wishers_in){.event_id = tx_event_id(tx)}, &rows, &n, err));
	for (size_t i = 0; i < n; i++) {
		if (text_is_empty(rows[i].email))
			continue;
		TRY(mail_queue(tx,
			&(struct mail){
				.template_name = "allocation_withdrawn",
				.person_id = rows[i].person_id,
				.to_name = rows[i].name,
				.to_email = rows[i].email,
				.values = (struct mail_value[]){{"event", scene->event->row.title},
					{"link", scene->url}},
				.n_values = 2,
			},
			err));
	}
	return OK;
}

static enum rc seats_return(struct tx *tx, int64_t given_at, const struct q_bookings_given *rows,
	size_t n_rows, struct err *err)
{
	int64_t event_id = tx_event_id(tx), n;

	for (size_t i = 0; i < n_rows; i++) {
		TRY(q_seats_give_back(tx,
			&(struct q_seats_give_back_in){
				.event_id = event_id, .id = rows[i].session_id, .n = rows[i].n},
			&n, err));
		if (!n)
			return err_internal(err, "a session counts fewer seats than are booked");
	}
	TRY(q_bookings_given_delete(tx,
		&(struct q_bookings_given_delete_in){.event_id = event_id, .at = given_at}, NULL,
		err));
	return q_wisher_outcomes_clear(
		tx, &(struct q_wisher_outcomes_clear_in){.event_id = event_id}, NULL, err);
}

enum rc allocation_take_back(struct tx *tx, void *arg, struct err *err)
{
	const struct allocation_take_back *t = arg;
	struct q_allocation_get allocation;
	struct q_bookings_given *rows;
	size_t n_rows;

	TRY(q_seats_taken_back(
		tx, &(struct q_seats_taken_back_in){.id = tx_event_id(tx)}, NULL, err));
	TRY(given_load(tx_db(tx), tx_arena(tx), tx_event_id(tx), &allocation, &rows, &n_rows, err));
	TRY(check_untouched(
		tx_db(tx), tx_arena(tx), tx_event_id(tx), &allocation, rows, n_rows, err));
	TRY(seats_return(tx, allocation.given_at, rows, n_rows, err));
	TRY(q_allocation_delete(
		tx, &(struct q_allocation_delete_in){.event_id = tx_event_id(tx)}, NULL, err));
	TRY(withdrawal_queue(tx, &t->scene, err));
	return proposal_undone(
		tx, t->scene.actor, allocation.proposal_id, t->scene.proposal_code, err);
}
