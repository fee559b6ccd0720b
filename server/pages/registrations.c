/* The organisers' list of who comes, and adding somebody to it. */
#include "base/clock.h"
#include "base/csv.h"
#include "base/random.h"
#include "base/text.h"
#include "pages/handlers.h"
#include "pages/registration.h"

enum { ROWS_A_PAGE = 50, CSV_MAX_ROWS = 100000, CSV_MAX_BYTES = 32 << 20 };

/* ---- what is asked for ---- */

struct question {
	struct q_registrations_page_in in;
	int64_t page; /* from 1 */
};

static struct question question_of(struct request *rq)
{
	const struct form *f = &rq->form;
	struct question question = {.page = form_int(f, "page", 1)};
	struct q_registrations_page_in *in = &question.in;
	struct searched q = searched_words(rq->arena, form_text(f, "q"));

	in->event_id = page_event_id(rq);
	in->state = form_text(f, "state");
	in->owes = form_text(f, "owes");
	in->word1 = q.word[0];
	in->word1_end = q.end[0];
	in->word2 = q.word[1];
	in->word2_end = q.end[1];
	in->word3 = q.word[2];
	in->word3_end = q.end[2];
	in->n_wanted = ROWS_A_PAGE;
	in->n_skipped = (question.page - 1) * ROWS_A_PAGE;
	return question;
}

/* The list as it is filtered now, below `start`, which ends in a query. */
static const char *href_of(struct request *rq, const char *start)
{
	static const char *const names[] = {"q", "state", "owes"};
	struct buf b = buf_in(rq->arena, 4000);

	buf_printf(&b, "%s/registrations%s", page_event_path(rq), start);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = form_text(&rq->form, names[i]);
		if (!*value)
			continue;
		buf_printf(&b, "&%s=", names[i]);
		buf_url(&b, str_from(value));
	}
	return buf_cstr(&b);
}

/* ---- the list ---- */

static void put_row(struct vm *row, const struct q_registrations_page *r)
{
	vm_text(row, "code", r->code);
	vm_enum(row, "registration", "registration", r->state);
	page_person_name(row, "name", r->name, r->name_lang);
	vm_text(row, "badge_name", r->badge_name);
	vm_text(row, "badge_affiliation", r->badge_affiliation);
	vm_text(row, "email", r->email);
	vm_text(row, "ticket_title", r->ticket_title);
	vm_time(row, "created_at", r->created_at);
	struct vm *purchase = vm_object(row, "purchase");
	vm_text(purchase, "code", r->purchase_code);
	put_money_state(purchase, r->purchase_state, r->total, r->paid, r->currency);
}

static const char *page_href(struct request *rq, int64_t page)
{
	return href_of(rq, arena_printf(rq->arena, "?page=%lld", (long long)page));
}

static void put_pager(struct request *rq, struct vm *vm, int64_t page, int64_t n, int64_t n_all)
{
	struct vm *pager = vm_page_object(vm, "pager");
	int64_t before = (page - 1) * ROWS_A_PAGE;

	vm_page_int(pager, "from", n ? before + 1 : 0);
	vm_page_int(pager, "to", before + n);
	vm_page_int(pager, "total", n_all);
	vm_page_text(pager, "prev_href", page > 1 ? page_href(rq, page - 1) : NULL);
	vm_page_text(pager, "next_href", before + n < n_all ? page_href(rq, page + 1) : NULL);
}

static enum rc put_list(struct request *rq, struct vm *vm, const struct question *q)
{
	const struct q_registrations_page_in *in = &q->in;
	struct vm_list *list = vm_list(vm, "registrations");
	struct q_registrations_found all;
	struct q_registrations_page *rows;
	size_t n;

	TRY(q_registrations_page(rq->db, rq->arena, in, &rows, &n, &rq->err));
	TRY(q_registrations_found(rq->db, rq->arena,
		&(struct q_registrations_found_in){
			.event_id = in->event_id,
			.state = in->state,
			.owes = in->owes,
			.word1 = in->word1,
			.word1_end = in->word1_end,
			.word2 = in->word2,
			.word2_end = in->word2_end,
			.word3 = in->word3,
			.word3_end = in->word3_end,
		},
		&all, &rq->err));
	for (size_t i = 0; i < n; i++)
		put_row(vm_item(list), &rows[i]);
	vm_int(vm, "n_found", all.n);
	vm_int(vm, "page_number", q->page);
	vm_page_bool(vm, "has_found", n > 0);
	put_pager(rq, vm, q->page, (int64_t)n, all.n);
	return OK;
}

/* ---- the sums ---- */

struct sums {
	int64_t n_confirmed, n_cancelled, n_open, n_refund;
	int64_t billed, received, owed, refund;
};

static enum rc sums_load(struct request *rq, struct sums *s)
{
	struct q_registration_counts *counts;
	struct q_purchase_totals *totals;
	size_t n;

	TRY(q_registration_counts(rq->db, rq->arena,
		&(struct q_registration_counts_in){.event_id = page_event_id(rq)}, &counts, &n,
		&rq->err));
	for (size_t i = 0; i < n; i++)
		*(text_equal(counts[i].state, "confirmed") ? &s->n_confirmed : &s->n_cancelled) =
			counts[i].n;
	TRY(q_purchase_totals(rq->db, rq->arena,
		&(struct q_purchase_totals_in){.event_id = page_event_id(rq)}, &totals, &n,
		&rq->err));
	for (size_t i = 0; i < n; i++) {
		s->received += totals[i].paid;
		if (text_equal(totals[i].state, "cancelled")) {
			s->n_refund = totals[i].n_with_money;
			s->refund = totals[i].paid;
			continue;
		}
		s->billed += totals[i].total;
		if (text_equal(totals[i].state, "open")) {
			s->n_open = totals[i].n;
			s->owed = totals[i].total - totals[i].paid;
		}
	}
	return OK;
}

static void put_tab(struct request *rq, struct vm_list *tabs, const char *label, const char *state,
	const char *owes, int64_t n)
{
	struct vm *tab = vm_item(tabs);

	vm_page_text(tab, "label", i18n_text(rq->app->i18n, rq->lang, label, 1));
	vm_page_printf(tab, "href", "%s/registrations%s%s%s%s", page_event_path(rq),
		*state || *owes ? "?" : "",
		*state  ? "state="
		: *owes ? "owes="
			: "",
		state, owes);
	vm_page_int(tab, "n", n);
	vm_page_bool(tab, "is_current",
		text_equal(form_text(&rq->form, "state"), state) &&
			text_equal(form_text(&rq->form, "owes"), owes));
}

static enum rc put_sums(struct request *rq, struct vm *vm)
{
	struct vm_list *tabs = vm_page_list(vm, "tabs");
	struct vm *shown = vm_object(vm, "sums");
	const char *currency = rq->event->row.currency;
	struct sums s = {0};

	TRY(sums_load(rq, &s));
	put_tab(rq, tabs, "Everybody", "", "", s.n_confirmed + s.n_cancelled);
	put_tab(rq, tabs, "Coming", "confirmed", "", s.n_confirmed);
	put_tab(rq, tabs, "Still to pay", "", "open", s.n_open);
	put_tab(rq, tabs, "Refund due", "", "refund", s.n_refund);
	put_tab(rq, tabs, "Cancelled", "cancelled", "", s.n_cancelled);
	vm_int(shown, "n_confirmed", s.n_confirmed);
	vm_int(shown, "n_cancelled", s.n_cancelled);
	vm_int(shown, "n_open", s.n_open);
	vm_int(shown, "n_refund", s.n_refund);
	vm_money(shown, "billed", s.billed, currency);
	vm_money(shown, "received", s.received, currency);
	vm_money(shown, "owed", s.owed, currency);
	vm_money(shown, "refund", s.refund, currency);
	vm_page_bool(vm, "has_any", s.n_confirmed + s.n_cancelled > 0);
	vm_page_bool(vm, "designs_badges",
		policy_capability(rq->actor, rq->event, CAP_EVENT_MANAGE) == OK);
	return OK;
}

/* ---- CSV ---- */

static const char *amount_text(struct arena *a, int64_t minor)
{
	return arena_printf(a, "%lld.%02lld", (long long)(minor / 100), (long long)(minor % 100));
}

/* What anybody needs outside of here, and never what people eat or need. */
static enum rc reply_csv(struct request *rq, struct question *q)
{
	static const char *const heads[] = {"code", "name", "badge_name", "badge_affiliation",
		"email", "ticket", "state", "registered_at", "purchase", "payer", "currency",
		"total", "paid", "purchase_state"};
	struct buf b = buf_in(rq->arena, CSV_MAX_BYTES);
	struct q_registrations_page *rows;
	size_t n;

	q->in.n_wanted = CSV_MAX_ROWS;
	q->in.n_skipped = 0;
	TRY(q_registrations_page(rq->db, rq->arena, &q->in, &rows, &n, &rq->err));
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		csv_cell(&b, heads[i]);
	csv_end_row(&b);
	for (size_t i = 0; i < n; i++) {
		const struct q_registrations_page *r = &rows[i];
		const char *const cells[] = {r->code, r->name, r->badge_name, r->badge_affiliation,
			r->email, r->ticket_title, r->state,
			clock_rfc3339(rq->arena, r->created_at), r->purchase_code, r->payer_name,
			r->currency, amount_text(rq->arena, r->total),
			amount_text(rq->arena, r->paid), r->purchase_state};
		for (size_t c = 0; c < sizeof(cells) / sizeof(cells[0]); c++)
			csv_cell(&b, cells[c]);
		csv_end_row(&b);
	}
	if (b.failed)
		return err_set(&rq->err, INVALID, "This list is too long for one file; filter it");
	reply_bytes(rq, "text/csv; charset=utf-8", buf_view(&b),
		arena_printf(rq->arena, "registrations-%s.csv", rq->event->row.slug), true);
	return OK;
}

/* ---- pages ---- */

static enum rc put_add_form(struct request *rq, struct vm *vm)
{
	struct form_view *form = form_view_new(rq, vm, post_registrations, NULL);
	struct q_ticket_types_of_event *types;
	size_t n;

	TRY(q_ticket_types_of_event(rq->db, rq->arena,
		&(struct q_ticket_types_of_event_in){.event_id = page_event_id(rq)}, &types, &n,
		&rq->err));
	put_ticket_options(rq, form, types, n, true);
	return OK;
}

/* GET /:event/registrations, also as .csv */
enum rc get_registrations(struct request *rq, struct vm *vm)
{
	struct question q = question_of(rq);

	if (text_equal(rq->suffix, "csv"))
		return reply_csv(rq, &q);
	vm_page_text(vm, "q", form_text(&rq->form, "q"));
	vm_page_text(vm, "state", form_text(&rq->form, "state"));
	vm_page_text(vm, "owes", form_text(&rq->form, "owes"));
	vm_page_text(vm, "export_href", href_of(rq, ".csv?page=1"));
	vm_page_bool(vm, "is_filtered", *form_text(&rq->form, "q") || *q.in.state || *q.in.owes);
	TRY(put_list(rq, vm, &q));
	TRY(put_sums(rq, vm));
	return put_add_form(rq, vm);
}

/* POST /:event/registrations: a walk-in, or an invited guest. */
enum rc post_registrations(struct request *rq, struct vm *vm)
{
	const struct form *f = &rq->form;
	struct registration_add add = {
		.actor = rq->actor,
		.event = rq->event,
		.name = form_text(f, "name"),
		.email = form_text(f, "email"),
		.text =
			{
				.ticket = form_text(f, "ticket"),
				.badge_name = form_text(f, "name"),
				.badge_affiliation = form_text(f, "affiliation"),
				.dietary = "",
				.access_needs = "",
				.payer = {"", "", "", ""},
			},
		.code = code_new(rq->arena),
		.purchase_code = code_new(rq->arena),
		.ticket_key = app_key(rq->app, rq->arena, "ticket"),
	};

	(void)vm;
	TRY(registration_links(rq, &add.links));
	reply_created(rq, "%s/registrations/%s", page_event_path(rq), add.code);
	reply_flash(rq, "%s is registered", add.name);
	return page_write(rq, TX_HOT, registration_add, &add);
}
