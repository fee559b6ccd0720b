-- Ranked wishes for masterclasses, how an event gives seats, and the allocation that was made.

-- name: seating_change :exec
-- n_changed 0: another change came first, or the seats are given already.
UPDATE event SET is_by_wishes = :is_by_wishes, wishes_open_at = :wishes_open_at,
  wishes_close_at = :wishes_close_at, most_seats = :most_seats, rev = rev + 1
WHERE id = :id AND rev = :rev AND seats_given_at IS NULL;

-- name: seating_get :one
-- As it is now, inside a transaction.
SELECT is_by_wishes, wishes_open_at, wishes_close_at, most_seats, seats_given_at FROM event
WHERE id = :id;

-- name: seats_given :exec
-- n_changed 0: they are given already, or wishes can still be changed.
UPDATE event SET seats_given_at = :seats_given_at, rev = rev + 1
WHERE id = :id AND is_by_wishes = 1 AND seats_given_at IS NULL
  AND wishes_close_at < :seats_given_at;

-- name: seats_taken_back :exec
UPDATE event SET seats_given_at = NULL, rev = rev + 1
WHERE id = :id AND seats_given_at IS NOT NULL;

-- name: wish_first_clear :exec
DELETE FROM wish_first WHERE event_id = :event_id;

-- name: wish_first_insert :exec
-- n_changed 0: there is no such kind of ticket.
-- type: ticket text
INSERT INTO wish_first (event_id, ticket_type_id)
SELECT ticket_type.event_id, ticket_type.id FROM ticket_type
WHERE ticket_type.event_id = :event_id AND ticket_type.code = :ticket;

-- name: wish_first_of_event :many
SELECT ticket_type.code, ticket_type.title FROM wish_first
JOIN ticket_type ON ticket_type.event_id = wish_first.event_id
  AND ticket_type.id = wish_first.ticket_type_id
WHERE wish_first.event_id = :event_id ORDER BY ticket_type.position, ticket_type.id;

-- name: wish_first_delete_ticket :exec
-- A kind of ticket that goes takes its place in the line along.
DELETE FROM wish_first WHERE event_id = :event_id AND ticket_type_id = :ticket_type_id;

-- name: wisher_of_registration :maybe
SELECT code, outcome, changed_at FROM wisher
WHERE event_id = :event_id AND registration_id = :registration_id;

-- name: wisher_keep :exec
-- The code stays as it was first drawn.
INSERT INTO wisher (event_id, registration_id, code, changed_at)
VALUES (:event_id, :registration_id, :code, :changed_at)
ON CONFLICT (event_id, registration_id) DO UPDATE SET changed_at = excluded.changed_at;

-- name: wisher_delete :exec
DELETE FROM wisher WHERE event_id = :event_id AND registration_id = :registration_id;

-- name: wishes_of_registration :many
SELECT wish.masterclass_id, wish.rank, masterclass.code, masterclass.title FROM wish
JOIN masterclass ON masterclass.event_id = wish.event_id
  AND masterclass.id = wish.masterclass_id
WHERE wish.event_id = :event_id AND wish.registration_id = :registration_id
ORDER BY wish.rank, wish.masterclass_id;

-- name: wishes_delete :exec
DELETE FROM wish WHERE event_id = :event_id AND registration_id = :registration_id;

-- name: wishes_delete_masterclass :exec
-- A masterclass that goes takes the wishes for it along.
DELETE FROM wish WHERE event_id = :event_id AND masterclass_id = :masterclass_id;

-- name: wishes_close_gap :exec
-- Before that: what was wanted less moves up.
UPDATE wish SET rank = rank - 1
WHERE event_id = :event_id AND rank > 1
  AND EXISTS (SELECT 1 FROM wish AS gone WHERE gone.event_id = wish.event_id
    AND gone.registration_id = wish.registration_id AND gone.masterclass_id = :masterclass_id
    AND gone.rank < wish.rank);

-- name: wish_insert :exec
INSERT INTO wish (event_id, registration_id, masterclass_id, rank)
VALUES (:event_id, :registration_id, :masterclass_id, :rank);

-- name: wish_demand :many
-- How often each masterclass is wished for, and how often first.
-- type: n_wishes int
-- type: n_first int
SELECT masterclass_id, count(*) AS n_wishes,
  CAST(sum(CASE WHEN rank = 1 THEN 1 ELSE 0 END) AS BIGINT) AS n_first
FROM wish WHERE event_id = :event_id
GROUP BY masterclass_id ORDER BY masterclass_id;

-- name: wisher_count :one
-- type: n_wishers int
-- type: n_registered int
SELECT (SELECT count(*) FROM wisher WHERE wisher.event_id = :event_id
    AND EXISTS (SELECT 1 FROM wish WHERE wish.event_id = wisher.event_id
      AND wish.registration_id = wisher.registration_id)) AS n_wishers,
  (SELECT count(*) FROM registration WHERE registration.event_id = :event_id
    AND registration.state = 'confirmed') AS n_registered;

-- name: masterclass_id_by_code :maybe
SELECT id, title FROM masterclass WHERE event_id = :event_id AND code = :code;

-- ---- what an allocation is made of ----

-- name: allocation_sessions :many
-- What can be given: placed, with places.
-- type: n_waiting int
SELECT session.id, session.code, session.masterclass_id, session.starts_at, session.ends_at,
  session.capacity, session.taken,
  (SELECT count(*) FROM booking WHERE booking.event_id = session.event_id
     AND booking.session_id = session.id AND booking.state = 'waiting') AS n_waiting
FROM session
WHERE session.event_id = :event_id AND session.masterclass_id IS NOT NULL
  AND session.starts_at IS NOT NULL AND session.capacity > 0
ORDER BY session.starts_at NULLS LAST, session.id;

-- name: allocation_wishers :many
-- Everybody with a wish, in the order of their codes, which tells nothing.
-- type: is_first int
SELECT wisher.registration_id, wisher.code, registration.person_id, person.name, person.email,
  CASE WHEN EXISTS (SELECT 1 FROM wish_first WHERE wish_first.event_id = registration.event_id
    AND wish_first.ticket_type_id = registration.ticket_type_id) THEN 1 ELSE 0 END AS is_first
FROM wisher
JOIN registration ON registration.event_id = wisher.event_id
  AND registration.id = wisher.registration_id
JOIN person ON person.event_id = registration.event_id AND person.id = registration.person_id
WHERE wisher.event_id = :event_id AND registration.state = 'confirmed'
  AND EXISTS (SELECT 1 FROM wish WHERE wish.event_id = wisher.event_id
    AND wish.registration_id = wisher.registration_id)
ORDER BY wisher.code;

-- name: wishers_hold :exec
-- Takes the registrations of all of them.
UPDATE registration SET state = 'confirmed'
WHERE registration.event_id = :event_id AND registration.state = 'confirmed'
  AND EXISTS (SELECT 1 FROM wish WHERE wish.event_id = registration.event_id
    AND wish.registration_id = registration.id);

-- name: allocation_wishes :many
-- In the same order, best first.
SELECT wisher.code, wish.registration_id, wish.masterclass_id, wish.rank FROM wish
JOIN wisher ON wisher.event_id = wish.event_id
  AND wisher.registration_id = wish.registration_id
WHERE wish.event_id = :event_id
ORDER BY wisher.code, wish.rank, wish.masterclass_id;

-- name: allocation_bookings :many
-- Seats that those who wish have already, or are offered.
SELECT wisher.code, booking.registration_id, booking.session_id, booking.state,
  session.code AS session_code, session.masterclass_id, session.starts_at, session.ends_at
FROM wisher
JOIN booking ON booking.event_id = wisher.event_id
  AND booking.registration_id = wisher.registration_id
JOIN session ON session.event_id = booking.event_id AND session.id = booking.session_id
WHERE wisher.event_id = :event_id AND booking.state IN ('booked', 'offered')
ORDER BY wisher.code, session.starts_at NULLS LAST, session.id;

-- name: allocation_duties :many
-- When those who wish are needed, as duties_of_person says of one.
SELECT wisher.registration_id, session.id, session.starts_at, session.ends_at
FROM wisher
JOIN registration ON registration.event_id = wisher.event_id
  AND registration.id = wisher.registration_id
JOIN session_person ON session_person.event_id = registration.event_id
  AND session_person.person_id = registration.person_id
JOIN session ON session.event_id = session_person.event_id
  AND session.id = session_person.session_id
WHERE wisher.event_id = :event_id AND session.starts_at IS NOT NULL
UNION
SELECT wisher.registration_id, session.id, session.starts_at, session.ends_at
FROM wisher
JOIN registration ON registration.event_id = wisher.event_id
  AND registration.id = wisher.registration_id
JOIN author ON author.event_id = registration.event_id
  AND author.person_id = registration.person_id
JOIN submission ON submission.event_id = author.event_id AND submission.id = author.submission_id
  AND submission.version = author.version
JOIN decision ON decision.event_id = submission.event_id
  AND decision.submission_id = submission.id
JOIN presentation ON presentation.event_id = submission.event_id
  AND presentation.submission_id = submission.id
JOIN session ON session.event_id = presentation.event_id AND session.id = presentation.session_id
WHERE wisher.event_id = :event_id AND author.is_presenting = 1
  AND submission.state = 'submitted' AND decision.released_at IS NOT NULL
  AND decision.outcome IN ('talk', 'poster', 'workshop') AND session.starts_at IS NOT NULL
ORDER BY 1, 3, 2;

-- name: wisher_by_code :maybe
SELECT wisher.registration_id, registration.code, registration.badge_name, person.id AS person_id,
  person.name, person.name_lang, person.email
FROM wisher
JOIN registration ON registration.event_id = wisher.event_id
  AND registration.id = wisher.registration_id
JOIN person ON person.event_id = registration.event_id AND person.id = registration.person_id
WHERE wisher.event_id = :event_id AND wisher.code = :code;

-- name: booking_of_session :maybe
-- The seat that one person has there.
SELECT booking.id FROM booking
WHERE booking.event_id = :event_id AND booking.session_id = :session_id
  AND booking.registration_id = :registration_id AND booking.state = 'booked';

-- ---- what came of it ----

-- name: allocation_get :maybe
SELECT proposal_id, method, seed, figures, given_at FROM allocation WHERE event_id = :event_id;

-- name: allocation_file :maybe
SELECT result FROM allocation WHERE event_id = :event_id;

-- name: allocation_insert :exec
-- n_changed 0: there is one.
INSERT INTO allocation (event_id, proposal_id, method, seed, figures, result, given_by_id, given_at)
VALUES (:event_id, :proposal_id, :method, :seed, :figures, :result, :given_by_id, :given_at)
ON CONFLICT (event_id) DO NOTHING;

-- name: allocation_delete :exec
DELETE FROM allocation WHERE event_id = :event_id;

-- name: allocation_tries :one
-- How often it was worked out, by whomever.
-- type: n int
-- type: before int
SELECT count(*) AS n FROM proposal
WHERE event_id = :event_id AND kind = 'allocation' AND state = 'done' AND created_at <= :before;

-- name: seats_take :exec
-- n_changed 0: there are not so many.
-- type: n int
UPDATE session SET taken = taken + :n
WHERE event_id = :event_id AND id = :id AND taken + :n <= capacity;

-- name: seats_give_back :exec
-- type: n int
UPDATE session SET taken = taken - :n
WHERE event_id = :event_id AND id = :id AND taken >= :n;

-- name: wisher_outcome :exec
UPDATE wisher SET outcome = :outcome WHERE event_id = :event_id AND registration_id = :registration_id;

-- name: wisher_outcomes_clear :exec
UPDATE wisher SET outcome = '' WHERE event_id = :event_id;

-- name: bookings_after :one
-- Has anybody acted on bookings since? A seat that was given back leaves its trail in the audit.
-- type: n int
-- type: after int
SELECT count(*) AS n FROM booking WHERE event_id = :event_id AND asked_at > :after;

-- name: bookings_given_delete :exec
-- type: at int
DELETE FROM booking WHERE event_id = :event_id AND asked_at = :at AND state = 'booked';

-- name: bookings_given :many
-- The seats of an allocation that are still there, as they were booked, by session.
-- type: at int
-- type: n int
SELECT session_id, count(*) AS n FROM booking
WHERE event_id = :event_id AND asked_at = :at AND state = 'booked'
GROUP BY session_id ORDER BY session_id;
