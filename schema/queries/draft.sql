-- Texts written before their address was proved.

-- name: draft_claim_insert :exec
INSERT INTO draft_claim (event_id, submission_id, token_hash, email, email_key, name, created_at)
VALUES (:event_id, :submission_id, :token_hash, :email, :email_key, :name, :created_at);

-- name: draft_claim_email_insert :exec
INSERT INTO draft_claim_email (email_key, event_id, submission_id)
VALUES (:email_key, :event_id, :submission_id)
ON CONFLICT (email_key, event_id, submission_id) DO NOTHING;

-- name: draft_claim_get :maybe
SELECT token_hash, email, name, claimed_at FROM draft_claim
WHERE event_id = :event_id AND submission_id = :submission_id;

-- name: draft_claims_of_email :many
SELECT event_id, submission_id FROM draft_claim_email WHERE email_key = :email_key
ORDER BY event_id, submission_id;

-- name: draft_claim_done :exec
UPDATE draft_claim SET claimed_at = :claimed_at
WHERE event_id = :event_id AND submission_id = :submission_id AND claimed_at IS NULL;

-- name: submission_set_submitter :exec
UPDATE submission SET submitter_id = :submitter_id
WHERE event_id = :event_id AND id = :id AND submitter_id IS NULL;

-- name: submission_lapse :exec
-- Sent, but the address was not proved in time: a draft again.
UPDATE submission SET state = 'draft', submitted_at = NULL
WHERE event_id = :event_id AND id = :id AND state = 'submitted' AND submitter_id IS NULL;

-- name: submission_claim_state :maybe
SELECT code, state, submitted_at FROM submission WHERE event_id = :event_id AND id = :id;
