#include "domain/job.h"
#include "gen/query.h"

enum rc job_add(struct tx *tx, const char *kind, int64_t ref_id, struct err *err)
{
	return q_job_insert(tx,
		&(struct q_job_insert_in){
			.lane = ref_id % JOB_LANES,
			.id = tx_id(tx),
			.event_id = tx_event_id(tx),
			.kind = kind,
			.ref_id = ref_id,
			.run_at = tx_now_ms(tx),
		},
		NULL, err);
}
