-- name: ticket_type_insert :exec
INSERT INTO ticket_type (event_id, id, code, title, description, price, capacity, closes_at,
  position)
VALUES (:event_id, :id, :code, :title, :description, :price, :capacity, :closes_at, :position);

-- name: ticket_types_of_event :many
SELECT id, code, title, description, price, capacity, taken, closes_at FROM ticket_type
WHERE event_id = :event_id ORDER BY position, id;
