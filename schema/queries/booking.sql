-- Places in sessions, waiting lists, offers. A session's row is taken before its bookings are
-- looked at, so that all acts on one session come one after the other.

-- name: session_to_book :maybe
-- A session as a plain reader sees it; lapsed offers are places that somebody may get, own_state is
-- '' for who has none.
-- type: now int
-- type: own_state text
-- type: n_waiting int
-- type: n_lapsed int
SELECT session.id, session.code, session.title, session.masterclass_id, session.starts_at,
  session.ends_at, session.capacity, session.taken,
  (SELECT count(*) FROM booking WHERE booking.event_id = session.event_id
     AND booking.session_id = session.id AND booking.state = 'waiting') AS n_waiting,
  (SELECT count(*) FROM booking WHERE booking.event_id = session.event_id
     AND booking.session_id = session.id AND booking.state = 'offered'
     AND booking.offered_until_at < :now) AS n_lapsed,
  coalesce((SELECT booking.state FROM booking WHERE booking.event_id = session.event_id
     AND booking.session_id = session.id AND booking.registration_id = :registration_id), '')
    AS own_state
FROM session
WHERE session.event_id = :event_id AND session.code = :code;

-- name: session_of_bookings :one
SELECT session.id, session.title, session.starts_at FROM session
WHERE session.event_id = :event_id AND session.id = :id;

-- name: seat_take :exec
-- n_changed 0: it is full.
UPDATE session SET taken = taken + 1
WHERE event_id = :event_id AND id = :id AND taken < capacity;

-- name: seat_free :exec
UPDATE session SET taken = taken - 1 WHERE event_id = :event_id AND id = :id AND taken > 0;

-- name: session_hold :maybe
-- Takes the row without changing it.
UPDATE session SET taken = taken WHERE event_id = :event_id AND id = :id
RETURNING capacity, taken;

-- name: session_hold_full :exec
-- The same while it is full; n_changed 0: a place has become free.
UPDATE session SET taken = taken
WHERE event_id = :event_id AND id = :id AND taken >= capacity;

-- name: booking_insert :exec
-- n_changed 0: this person has a place there already, or waits.
INSERT INTO booking (event_id, id, code, session_id, registration_id, state, asked_at)
VALUES (:event_id, :id, :code, :session_id, :registration_id, :state, :asked_at)
ON CONFLICT (event_id, session_id, registration_id) DO NOTHING;

-- name: booking_own :maybe
SELECT id, code, state, asked_at, offered_until_at FROM booking
WHERE event_id = :event_id AND session_id = :session_id AND registration_id = :registration_id;

-- name: booking_delete :exec
DELETE FROM booking WHERE event_id = :event_id AND id = :id;

-- name: booking_first_waiting :maybe
-- Whose turn it is.
SELECT booking.id, booking.code, booking.registration_id, registration.person_id,
  registration.badge_name, person.email, person.name
FROM booking
JOIN registration ON registration.event_id = booking.event_id
  AND registration.id = booking.registration_id
JOIN person ON person.event_id = registration.event_id AND person.id = registration.person_id
WHERE booking.event_id = :event_id AND booking.session_id = :session_id
  AND booking.state = 'waiting'
ORDER BY booking.asked_at, booking.id LIMIT 1;

-- name: booking_waiting :one
-- How many wait, and since when the last of them does.
-- type: n int
-- type: last_asked_at int
SELECT count(*) AS n, coalesce(max(asked_at), 0) AS last_asked_at FROM booking
WHERE event_id = :event_id AND session_id = :session_id AND state = 'waiting';

-- name: booking_offer :exec
UPDATE booking SET state = 'offered', offered_until_at = :offered_until_at
WHERE event_id = :event_id AND id = :id AND state = 'waiting';

-- name: booking_accept :exec
-- n_changed 0: the offer has lapsed.
-- type: now int
UPDATE booking SET state = 'booked', offered_until_at = NULL
WHERE event_id = :event_id AND id = :id AND state = 'offered' AND offered_until_at >= :now;

-- name: offers_lapsed :many
-- Offers of a session that nobody answered in time.
-- type: now int
SELECT booking.id, booking.code, registration.person_id, person.email, person.name
FROM booking
JOIN registration ON registration.event_id = booking.event_id
  AND registration.id = booking.registration_id
JOIN person ON person.event_id = registration.event_id AND person.id = registration.person_id
WHERE booking.event_id = :event_id AND booking.session_id = :session_id
  AND booking.state = 'offered' AND booking.offered_until_at < :now
ORDER BY booking.id;

-- name: sessions_to_tidy :many
-- Where an offer has lapsed, or, while booking is open, a place is free that somebody waits for.
-- type: now int
-- type: is_open int
SELECT session.id FROM session
WHERE session.event_id = :event_id
  AND (EXISTS (SELECT 1 FROM booking WHERE booking.event_id = session.event_id
      AND booking.session_id = session.id AND booking.state = 'offered'
      AND booking.offered_until_at < :now)
    OR (:is_open = 1 AND session.taken < session.capacity AND EXISTS (SELECT 1 FROM booking
      WHERE booking.event_id = session.event_id AND booking.session_id = session.id
        AND booking.state = 'waiting')))
ORDER BY session.id;

-- name: bookings_of_registration :many
-- What a person has booked, waits for or is offered, in order of time; `n_before` is how many wait
-- before them.
-- type: n_before int
-- type: room_name text
SELECT booking.state, booking.asked_at, booking.offered_until_at, booking.session_id,
  session.code AS session_code, session.title, session.masterclass_id, session.starts_at,
  session.ends_at, coalesce(room.name, '') AS room_name,
  (SELECT count(*) FROM booking AS earlier WHERE earlier.event_id = booking.event_id
     AND earlier.session_id = booking.session_id AND earlier.state = 'waiting'
     AND (earlier.asked_at < booking.asked_at
       OR (earlier.asked_at = booking.asked_at AND earlier.id < booking.id))) AS n_before
FROM booking
JOIN session ON session.event_id = booking.event_id AND session.id = booking.session_id
LEFT JOIN room ON room.event_id = session.event_id AND room.id = session.room_id
WHERE booking.event_id = :event_id AND booking.registration_id = :registration_id
ORDER BY session.starts_at NULLS LAST, session.id;

-- name: bookings_of_session :many
-- The list of those who give it: booked and offered by name, then who waits, in turn.
SELECT booking.state, registration.code, registration.badge_name, registration.badge_affiliation,
  person.name_lang
FROM booking
JOIN registration ON registration.event_id = booking.event_id
  AND registration.id = booking.registration_id
JOIN person ON person.event_id = registration.event_id AND person.id = registration.person_id
WHERE booking.event_id = :event_id AND booking.session_id = :session_id
ORDER BY CASE booking.state WHEN 'booked' THEN 1 WHEN 'offered' THEN 2 ELSE 3 END,
  CASE WHEN booking.state = 'waiting' THEN booking.asked_at ELSE 0 END, person.sort_key,
  booking.id;

-- name: session_has_person :one
-- Does this person speak, chair or facilitate there?
-- type: n int
SELECT count(*) AS n FROM session_person
WHERE event_id = :event_id AND session_id = :session_id AND person_id = :person_id;

-- name: duties_of_person :many
-- When a person is needed: sessions they speak, chair or facilitate in, and sessions they present in.
-- A presentation counts once its acceptance is released: before, nobody may learn of it.
-- type: presentation_title text
-- type: role text
SELECT session.id, session.title, session.starts_at, session.ends_at, session_person.role,
  '' AS presentation_title
FROM session_person
JOIN session ON session.event_id = session_person.event_id
  AND session.id = session_person.session_id
WHERE session_person.event_id = :event_id AND session_person.person_id = :person_id
  AND session.starts_at IS NOT NULL
UNION ALL
SELECT session.id, session.title, session.starts_at, session.ends_at, 'presenter' AS role,
  submission_version.title AS presentation_title
FROM author
JOIN submission ON submission.event_id = author.event_id AND submission.id = author.submission_id
  AND submission.version = author.version
JOIN submission_version ON submission_version.event_id = submission.event_id
  AND submission_version.submission_id = submission.id
  AND submission_version.version = submission.version
JOIN decision ON decision.event_id = submission.event_id
  AND decision.submission_id = submission.id
JOIN presentation ON presentation.event_id = submission.event_id
  AND presentation.submission_id = submission.id
JOIN session ON session.event_id = presentation.event_id AND session.id = presentation.session_id
WHERE author.event_id = :event_id AND author.person_id = :person_id AND author.is_presenting = 1
  AND submission.state = 'submitted' AND decision.released_at IS NOT NULL
  AND decision.outcome IN ('talk', 'poster', 'workshop') AND session.starts_at IS NOT NULL
ORDER BY 3, 1;

-- name: waits_of_masterclass_delete :exec
-- Who has a place in one repeat waits for no other.
DELETE FROM booking
WHERE event_id = :event_id AND registration_id = :registration_id AND state = 'waiting'
  AND session_id IN (SELECT session.id FROM session
    WHERE session.event_id = :event_id AND session.masterclass_id = :masterclass_id);

-- name: events_booking :many
-- Events whose booking is open, or closed not long ago.
-- scan: once a minute, the events of one installation
-- type: now int
-- type: closed_after int
SELECT slug FROM event
WHERE booking_opens_at <= :now
  AND (booking_closes_at IS NULL OR booking_closes_at >= :closed_after)
ORDER BY id;
