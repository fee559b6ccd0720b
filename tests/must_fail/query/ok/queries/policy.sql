-- Who may see a row.

-- visible: submission
-- Its owner always; others once it is sent.
-- type: viewer_id int
submission.owner_id = :viewer_id OR submission.state = 'submitted'

-- visible: review
/*@visible submission*/ AND review.finished_at IS NOT NULL
