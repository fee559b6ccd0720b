-- name: badge_layout_of_event :maybe
SELECT layout, rev FROM badge_layout WHERE event_id = :event_id;

-- name: badge_layout_insert :exec
-- n_changed 0: another window was first.
INSERT INTO badge_layout (event_id, layout) VALUES (:event_id, :layout)
ON CONFLICT (event_id) DO NOTHING;

-- name: badge_layout_update :exec
-- n_changed 0: another change came first.
UPDATE badge_layout SET layout = :layout, rev = rev + 1
WHERE event_id = :event_id AND rev = :rev;

-- name: badge_schedules :many
-- What people have booked, sorted by registration and time; '' as :code takes everybody.
-- type: room_name text
SELECT booking.registration_id, session.starts_at, session.title,
  coalesce(room.name, '') AS room_name
FROM booking
JOIN registration ON registration.event_id = booking.event_id
  AND registration.id = booking.registration_id
JOIN session ON session.event_id = booking.event_id AND session.id = booking.session_id
LEFT JOIN room ON room.event_id = session.event_id AND room.id = session.room_id
WHERE booking.event_id = :event_id AND booking.state = 'booked'
  AND session.starts_at IS NOT NULL AND (:code = '' OR registration.code = :code)
ORDER BY booking.registration_id, session.starts_at NULLS LAST, session.id;
