/* Editing the kinds of tickets, all rows at once. */
#include "domain/ticket_type.h"
#include "base/text.h"
#include "domain/audit.h"

enum ticket_sale ticket_sale_of(const struct q_ticket_types_of_event *type, int64_t now_ms)
{
	if (type->taken >= type->capacity)
		return TICKET_SOLD_OUT;
	return type->closes_at && type->closes_at < now_ms ? TICKET_NOT_SOLD : TICKET_ON_SALE;
}

static const char *field_of(struct err *err, const struct ticket_row *row, const char *member)
{
	return arena_printf(err->arena, "ticket.%zu.%s", row->number, member);
}

static const struct q_ticket_types_of_event *find(
	const struct q_ticket_types_of_event *types, size_t n, const char *code)
{
	for (size_t i = 0; i < n; i++)
		if (text_equal(types[i].code, code))
			return &types[i];
	return NULL;
}

static bool is_kept(const struct ticket_types_change *c, const char *code)
{
	for (size_t i = 0; i < c->n_rows; i++)
		if (text_equal(c->rows[i].code, code))
			return true;
	return false;
}

/* A code that neither the types nor the rows have: from the title, else by number. */
static const char *code_choose(struct arena *a, const struct ticket_types_change *c,
	const struct q_ticket_types_of_event *types, size_t n, size_t row)
{
	const char *base = text_slug(a, c->rows[row].title);
	const char *code;

	if (!*base)
		base = "ticket";
	code = base;
	for (size_t i = row + 1; find(types, n, code) || is_kept(c, code); i++)
		code = arena_printf(a, "%s-%zu", base, i);
	return code;
}

static enum rc type_create(
	struct tx *tx, const struct ticket_types_change *c, size_t row, struct err *err)
{
	const struct ticket_row *r = &c->rows[row];

	return q_ticket_type_insert(tx,
		&(struct q_ticket_type_insert_in){
			.event_id = tx_event_id(tx),
			.id = tx_id(tx),
			.code = r->code,
			.title = r->title,
			.description = r->description,
			.price = r->price,
			.capacity = r->capacity,
			.closes_at = r->closes_at,
			.position = (int64_t)row,
		},
		NULL, err);
}

static enum rc type_update(struct tx *tx, const struct ticket_types_change *c, size_t row,
	const struct q_ticket_types_of_event *type, struct err *err)
{
	const struct ticket_row *r = &c->rows[row];
	int64_t n;

	TRY(q_ticket_type_update(tx,
		&(struct q_ticket_type_update_in){
			.event_id = tx_event_id(tx),
			.id = type->id,
			.title = r->title,
			.description = r->description,
			.price = r->price,
			.capacity = r->capacity,
			.closes_at = r->closes_at,
			.position = (int64_t)row,
		},
		&n, err));
	if (n)
		return OK;
	return err_field(err, field_of(err, r, "capacity"),
		"%lld places are taken already; the capacity cannot be less",
		(long long)type->taken);
}

static enum rc types_remove(struct tx *tx, const struct ticket_types_change *c,
	const struct q_ticket_types_of_event *types, size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		int64_t n_gone;
		if (is_kept(c, types[i].code))
			continue;
		TRY(q_wish_first_delete_ticket(tx,
			&(struct q_wish_first_delete_ticket_in){
				.event_id = tx_event_id(tx), .ticket_type_id = types[i].id},
			NULL, err));
		TRY(q_ticket_type_delete(tx,
			&(struct q_ticket_type_delete_in){
				.event_id = tx_event_id(tx), .id = types[i].id},
			&n_gone, err));
		if (!n_gone)
			return err_field(err, "ticket",
				"Somebody has a ticket “%s”, so it stays. Set its capacity to what "
				"is taken to sell no more",
				types[i].title);
	}
	return OK;
}

static enum rc rows_check(const struct ticket_types_change *c, struct err *err)
{
	if (c->n_rows > TICKET_TYPES_MAX)
		err_field(err, "ticket", "At most %d kinds of tickets", TICKET_TYPES_MAX);
	for (size_t i = 0; i < c->n_rows; i++)
		if (!*c->rows[i].title)
			err_field(err, field_of(err, &c->rows[i], "title"),
				"Give this ticket a name");
	return err->rc;
}

enum rc ticket_types_change(struct tx *tx, void *arg, struct err *err)
{
	const struct ticket_types_change *given = arg;
	struct ticket_row *rows = ARENA_ARRAY(tx_arena(tx), given->n_rows, struct ticket_row);
	struct ticket_types_change copy = *given, *c = &copy;
	struct q_ticket_types_of_event *types;
	int64_t touched;
	size_t n;

	/* A copy: new rows get their codes inside, and the function may run again. */
	for (size_t i = 0; i < given->n_rows; i++)
		rows[i] = given->rows[i];
	copy.rows = rows;
	TRY(rows_check(c, err));
	TRY(q_event_touch_rev(tx,
		&(struct q_event_touch_rev_in){.id = tx_event_id(tx), .rev = c->event_rev},
		&touched, err));
	if (!touched)
		return err_set(err, CONFLICT,
			"The event was changed in another window. Compare, then save again");
	TRY(q_ticket_types_of_event(tx_db(tx), tx_arena(tx),
		&(struct q_ticket_types_of_event_in){.event_id = tx_event_id(tx)}, &types, &n,
		err));
	TRY(types_remove(tx, c, types, n, err));
	for (size_t i = 0; i < c->n_rows; i++) {
		const struct q_ticket_types_of_event *type = find(types, n, c->rows[i].code);
		if (type) {
			TRY(type_update(tx, c, i, type, err));
			continue;
		}
		if (*rows[i].code)
			return err_field(err, field_of(err, &rows[i], "code"),
				"This ticket was removed meanwhile");
		rows[i].code = code_choose(tx_arena(tx), c, types, n, i);
		TRY(type_create(tx, c, i, err));
	}
	return audit_write(tx, c->actor->person_id, "ticket_types.change", "", NULL, err);
}
