/* One row an event; the first saving makes it. */
#include "domain/badge_layout.h"

#include "domain/audit.h"
#include "gen/query.h"

enum rc badge_layout_save(struct tx *tx, void *arg, struct err *err)
{
	const struct badge_layout_save *s = arg;
	int64_t n;

	if (s->rev)
		TRY(q_badge_layout_update(tx,
			&(struct q_badge_layout_update_in){
				.event_id = tx_event_id(tx), .layout = s->layout, .rev = s->rev},
			&n, err));
	else
		TRY(q_badge_layout_insert(tx,
			&(struct q_badge_layout_insert_in){
				.event_id = tx_event_id(tx), .layout = s->layout},
			&n, err));
	if (!n)
		return err_set(err, CONFLICT,
			"The layout was changed in another window. Compare, then save again");
	return audit_write(tx, s->actor->person_id, "badge_layout.change", "", NULL, err);
}
