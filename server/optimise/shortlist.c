#include "optimise/shortlist.h"

static void rise(struct shortlist *s, uint32_t place, struct shortlist_item item)
{
	while (place > 0 && s->items[(place - 1) / 2].value > item.value) {
		s->items[place] = s->items[(place - 1) / 2];
		place = (place - 1) / 2;
	}
	s->items[place] = item;
}

static void sink(struct shortlist *s, struct shortlist_item item)
{
	uint32_t place = 0, child;

	while ((child = 2 * place + 1) < s->n) {
		if (child + 1 < s->n && s->items[child + 1].value < s->items[child].value)
			child++;
		if (s->items[child].value >= item.value)
			break;
		s->items[place] = s->items[child];
		place = child;
	}
	s->items[place] = item;
}

void shortlist_take(struct shortlist *s, int64_t value, uint32_t index)
{
	struct shortlist_item item = {value, index};

	if (s->n < s->max)
		rise(s, s->n++, item);
	else
		sink(s, item);
}
