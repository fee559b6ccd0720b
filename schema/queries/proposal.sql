-- What solvers were asked, and what they propose.

-- name: proposal_insert :exec
INSERT INTO proposal (event_id, id, code, kind, person_id, roles, options, seed, seconds, state,
  created_at)
VALUES (:event_id, :id, :code, :kind, :person_id, :roles, :options, :seed, :seconds, 'waiting',
  :created_at);

-- name: proposal_by_code :maybe
-- For who asked for it and nobody else.
SELECT id, code, kind, roles, options, seed, seconds, state, percent, doing, result, message, undo,
  accepted_at, undone_at, created_at, finished_at
FROM proposal WHERE event_id = :event_id AND code = :code AND person_id = :person_id;

-- name: proposals_of_person :many
-- Newest first.
SELECT code, options, state, percent, accepted_at, undone_at, created_at FROM proposal
WHERE event_id = :event_id AND person_id = :person_id AND kind = :kind
ORDER BY created_at DESC, id DESC LIMIT 5;

-- name: proposals_under_way :one
-- type: n int
SELECT count(*) AS n FROM proposal
WHERE event_id = :event_id AND person_id = :person_id AND kind = :kind
  AND state IN ('waiting', 'running');

-- name: proposal_get :maybe
-- For the task that works it out.
SELECT code, kind, person_id, roles, options, seed, seconds, state FROM proposal
WHERE event_id = :event_id AND id = :id;

-- name: proposal_start :exec
-- n_changed 0: it was cancelled, or is done.
UPDATE proposal SET state = 'running', percent = 0, doing = ''
WHERE event_id = :event_id AND id = :id AND state IN ('waiting', 'running');

-- name: proposal_progress :exec
-- n_changed 0: it was cancelled.
UPDATE proposal SET percent = :percent, doing = :doing
WHERE event_id = :event_id AND id = :id AND state = 'running';

-- name: proposal_finish :exec
-- n_changed 0: it was cancelled meanwhile.
UPDATE proposal SET state = :state, percent = :percent, doing = '', result = :result,
  message = :message, finished_at = :finished_at
WHERE event_id = :event_id AND id = :id AND state = 'running';

-- name: proposal_wait :exec
-- Back into the queue, because the server stops.
UPDATE proposal SET state = 'waiting', percent = 0, doing = ''
WHERE event_id = :event_id AND id = :id AND state = 'running';

-- name: proposal_cancel :exec
-- n_changed 0: it is over already, or somebody else's.
UPDATE proposal SET state = 'cancelled', finished_at = :finished_at
WHERE event_id = :event_id AND code = :code AND person_id = :person_id
  AND state IN ('waiting', 'running');

-- name: proposal_accept :exec
-- n_changed 0: it was accepted already, or is not done.
UPDATE proposal SET accepted_at = :accepted_at, undo = :undo
WHERE event_id = :event_id AND id = :id AND state = 'done' AND accepted_at IS NULL;

-- name: proposal_undo :exec
-- n_changed 0: it was not accepted, or is undone already.
UPDATE proposal SET undone_at = :undone_at
WHERE event_id = :event_id AND id = :id AND accepted_at IS NOT NULL AND undone_at IS NULL;

-- name: proposals_purge :exec
-- type: before int
DELETE FROM proposal WHERE event_id = :event_id AND created_at < :before AND accepted_at IS NULL;
