-- Masterclasses: what is offered, and the sessions that repeat it.

-- name: masterclasses_of_event :many
SELECT id, code, title, summary, outcomes FROM masterclass
WHERE event_id = :event_id ORDER BY position, id;

-- name: masterclass_sessions :many
-- Every repeat in order of time, with how many wait for it.
-- type: n_waiting int
-- type: room_name text
SELECT session.id, session.code, session.masterclass_id, session.starts_at, session.ends_at,
  session.capacity, session.taken, coalesce(room.name, '') AS room_name,
  (SELECT count(*) FROM booking WHERE booking.event_id = session.event_id
     AND booking.session_id = session.id AND booking.state = 'waiting') AS n_waiting
FROM session
LEFT JOIN room ON room.event_id = session.event_id AND room.id = session.room_id
WHERE session.event_id = :event_id AND session.masterclass_id IS NOT NULL
ORDER BY session.starts_at NULLS LAST, session.id;

-- name: masterclass_people :many
-- Those who give them, session by session.
SELECT session_person.session_id, session_person.role, person.name, person.name_lang,
  person.said_name, person.post
FROM session
JOIN session_person ON session_person.event_id = session.event_id
  AND session_person.session_id = session.id
JOIN person ON person.event_id = session_person.event_id AND person.id = session_person.person_id
WHERE session.event_id = :event_id AND session.masterclass_id IS NOT NULL
ORDER BY session_person.session_id, session_person.position, person.sort_key, person.id;

-- name: masterclass_insert :exec
INSERT INTO masterclass (event_id, id, code, title, summary, outcomes, position)
VALUES (:event_id, :id, :code, :title, :summary, :outcomes, :position);

-- name: masterclass_session_insert :exec
-- A repeat, placed or not.
INSERT INTO session (event_id, id, code, kind, title, summary, masterclass_id, room_id, starts_at,
  ends_at, capacity)
VALUES (:event_id, :id, :code, 'masterclass', :title, :summary, :masterclass_id, :room_id,
  :starts_at, :ends_at, :capacity);

-- name: session_facilitator_insert :exec
INSERT INTO session_person (event_id, session_id, person_id, role, position)
VALUES (:event_id, :session_id, :person_id, 'facilitator', :position)
ON CONFLICT (event_id, session_id, person_id, role) DO NOTHING;
