-- Who may see which rows: the SQL twins of server/domain/policy.c, one predicate a kind. A test
-- compares the two for every row and role of the demo. Parameters: :actor_id is the person (0: a
-- stranger), :actor_roles the bits of enum role in server/domain/policy.h.

-- visible: own_submission
-- The submitter and the authors of the newest version and of the draft.
submission.submitter_id = :actor_id
OR EXISTS (SELECT 1 FROM author
  WHERE author.event_id = submission.event_id AND author.submission_id = submission.id
    AND author.person_id = :actor_id AND author.version IN (0, submission.version))

-- visible: selection
-- What a chair or organiser works with: sent, its address proved, none of their own, no conflict.
-- A chair who is an author is only an author there; it is in no list, count or export of theirs.
submission.state <> 'draft' AND submission.submitter_id IS NOT NULL
AND (:actor_roles & 3) <> 0
AND submission.submitter_id <> :actor_id
AND NOT EXISTS (SELECT 1 FROM author
  WHERE author.event_id = submission.event_id AND author.submission_id = submission.id
    AND author.person_id = :actor_id AND author.version IN (0, submission.version))
AND NOT EXISTS (SELECT 1 FROM conflict
  WHERE conflict.event_id = submission.event_id AND conflict.submission_id = submission.id
    AND conflict.person_id = :actor_id)

-- visible: selection_authors
-- Whose authors one may know (DOC_AUTHORS), of what is in a selection: of everything for a chair; an
-- organiser who reviews a work is its reviewer.
(:actor_roles & 2) <> 0
OR NOT EXISTS (SELECT 1 FROM assignment
  WHERE assignment.event_id = submission.event_id AND assignment.submission_id = submission.id
    AND assignment.person_id = :actor_id AND assignment.declined_at IS NULL)

-- visible: assigned
-- What a reviewer was given: not declined, not withdrawn, none of their own, no conflict.
submission.state = 'submitted'
AND EXISTS (SELECT 1 FROM assignment
  WHERE assignment.event_id = submission.event_id AND assignment.submission_id = submission.id
    AND assignment.person_id = :actor_id AND assignment.declined_at IS NULL)
AND submission.submitter_id <> :actor_id
AND NOT EXISTS (SELECT 1 FROM author
  WHERE author.event_id = submission.event_id AND author.submission_id = submission.id
    AND author.person_id = :actor_id AND author.version IN (0, submission.version))
AND NOT EXISTS (SELECT 1 FROM conflict
  WHERE conflict.event_id = submission.event_id AND conflict.submission_id = submission.id
    AND conflict.person_id = :actor_id)

-- visible: biddable
-- What reviewers may read the outline of, to say what they would like (DOC_OUTLINE): live, while
-- bidding is open, none of their own, no conflict.
submission.state = 'submitted' AND submission.submitter_id IS NOT NULL
AND (:actor_roles & 4) <> 0
AND EXISTS (SELECT 1 FROM call
  WHERE call.event_id = submission.event_id AND call.id = submission.call_id
    AND call.bids_open_at <= :now_ms AND call.bids_close_at >= :now_ms)
AND submission.submitter_id <> :actor_id
AND NOT EXISTS (SELECT 1 FROM author
  WHERE author.event_id = submission.event_id AND author.submission_id = submission.id
    AND author.person_id = :actor_id AND author.version IN (0, submission.version))
AND NOT EXISTS (SELECT 1 FROM conflict
  WHERE conflict.event_id = submission.event_id AND conflict.submission_id = submission.id
    AND conflict.person_id = :actor_id)

-- visible: outbox_mail
-- What an organiser reads in the outbox: mail about no submission, or about one whose authors they
-- may know (DOC_AUTHORS): sent, not theirs, not in conflict with them, not theirs to review. A mail
-- that names a reviewer is for organisers who are chairs as well (DOC_REVIEWERS); of one that quotes
-- reviews (DOC_REVIEWS), pages/outbox.c shows the others no more than its subject.
(:actor_roles & 1) <> 0
AND (outbox.discloses <> 'reviewers' OR (:actor_roles & 2) <> 0)
AND (outbox.submission_id IS NULL OR EXISTS (SELECT 1 FROM submission
  WHERE submission.event_id = outbox.event_id AND submission.id = outbox.submission_id
    AND /*@visible selection*/
    AND NOT EXISTS (SELECT 1 FROM assignment
      WHERE assignment.event_id = submission.event_id
        AND assignment.submission_id = submission.id
        AND assignment.person_id = :actor_id AND assignment.declined_at IS NULL)))

-- visible: accepted
-- What a programme is made of: live, its acceptance released, for whoever makes the programme.
submission.state = 'submitted' AND submission.submitter_id IS NOT NULL
AND (:actor_roles & 3) <> 0
AND EXISTS (SELECT 1 FROM decision
  WHERE decision.event_id = submission.event_id AND decision.submission_id = submission.id
    AND decision.released_at IS NOT NULL AND decision.outcome NOT IN ('reject', 'waitlist'))
