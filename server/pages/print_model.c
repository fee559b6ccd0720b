/* What the models of several kinds have in common. */
#include "base/text.h"
#include "domain/abstract.h"
#include "pages/logos.h"
#include "pages/print.h"
#include "pdf/worker.h"

enum { PART_TEXT = 30000, KEYWORD = 80, MAX_KEYWORDS = 20 };

void print_line(struct vm *vm, const char *key, const char *text, int most)
{
	const char *line = text_clean(vm_arena(vm), str_from(text), TEXT_LINE);

	if (!text_is_empty(line))
		vm_text(vm, key, text_excerpt(vm_arena(vm), line, most));
}

void print_block(struct vm *vm, const char *key, const char *text, int most)
{
	const char *block = text_clean(vm_arena(vm), str_from(text), TEXT_BLOCK);

	if (!text_is_empty(block))
		vm_text(vm, key, text_excerpt(vm_arena(vm), block, most));
}

void print_clock(struct request *rq, struct vm *vm, const char *key, int64_t at_ms)
{
	struct civil c = zone_civil(rq->event->zone, at_ms);

	vm_text(vm, key, arena_printf(rq->arena, "%02d:%02d", c.hour, c.minute));
}

void print_date(struct request *rq, struct vm *vm, const char *key, int64_t at_ms)
{
	struct civil c = zone_civil(rq->event->zone, at_ms);

	vm_text(vm, key, civil_date(rq->arena, &c));
}

const char *print_code(struct arena *a, const char *code)
{
	return arena_printf(a, "%.4s-%s", code, code + 4);
}

void print_parts(struct vm *vm, const char *text)
{
	struct abstract_part *parts;
	size_t n = abstract_parts(vm_arena(vm), text, &parts);
	struct vm_list *list = vm_list(vm, "parts");

	for (size_t i = 0; i < n; i++) {
		struct vm *part;
		if (!*parts[i].text)
			continue;
		part = vm_item(list);
		if (parts[i].heading)
			vm_text(part, "heading", parts[i].heading);
		print_block(part, "text", parts[i].text, PART_TEXT);
	}
}

void print_keywords(struct vm *vm, const char *text)
{
	struct vm_list *list = vm_list(vm, "keywords");
	struct str rest = str_from(text);
	struct arena *a = vm_arena(vm);

	while (rest.p && vm_count(list) < MAX_KEYWORDS) {
		struct str word = str_trim(str_cut(&rest, ','));
		const char *clean = text_clean(a, word, TEXT_LINE);
		if (!text_is_empty(clean))
			vm_item_text(list, text_excerpt(a, clean, KEYWORD));
	}
}

const char *print_place(struct request *rq)
{
	const struct q_event_by_slug *row = &rq->event->row;

	return arena_printf(
		rq->arena, "%s%s%s", row->venue, *row->venue && *row->city ? ", " : "", row->city);
}

static struct vm *model_new(struct request *rq, const char *place, struct vm **event_out)
{
	static const struct vm_format plain = {.lang = "en"};
	const struct q_event_by_slug *row = &rq->event->row;
	struct vm *model = vm_new(rq->arena, &plain), *event;

	vm_text(model, "lang", row->lang);
	event = *event_out = vm_object(model, "event");
	print_line(event, "title", row->title, 150);
	print_line(event, "network", row->host, 150);
	vm_text(event, "starts_on", row->starts_on);
	vm_text(event, "ends_on", row->ends_on);
	print_line(event, "place", place ? place : print_place(rq), 110);
	return model;
}

struct vm *print_model_new(struct request *rq, const char *place)
{
	struct vm *event;

	return model_new(rq, place, &event);
}

enum rc print_model_with_logos(struct request *rq, const char *place, size_t most, struct vm **out)
{
	struct vm *event;

	*out = model_new(rq, place, &event);
	return put_logo_images(rq, event, most);
}

enum rc print_model_marked(struct request *rq, struct vm **out)
{
	return print_model_with_logos(rq, NULL, 1, out);
}

/* ---- how a document is called ---- */

const char *print_file_name(struct request *rq, const char *what)
{
	return arena_printf(rq->arena, "%s-%s.pdf", rq->event->row.slug, what);
}

const char *print_count(struct request *rq, size_t n, const char *words)
{
	return arena_printf(rq->arena, "%zu %s", n,
		i18n_text(rq->app->i18n, rq->lang, words, (int64_t)n));
}

const char *print_chosen(struct request *rq, const char *choice, size_t n, const char *words)
{
	const char *count = print_count(rq, n, words);

	return text_is_empty(choice) ? count : arena_printf(rq->arena, "%s, %s", choice, count);
}

/* ---- printing ---- */

enum rc print_now(struct request *rq, const struct print_wish *wish)
{
	struct buf pdf = buf_in(rq->arena, PRINT_MAX_BYTES);
	struct print_warnings warnings = print_warnings_in(rq->arena);

	/* A document takes longer than a page: others may have the connection meanwhile. */
	page_release(rq);
	TRY(print_pool_run(rq->app->print, rq->arena, wish->kind, wish->model, NULL, &pdf,
		&warnings, &rq->err));
	reply_bytes(rq, "application/pdf", buf_view(&pdf), wish->file_name, false);
	return OK;
}
