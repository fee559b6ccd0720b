-- The logos of an event.

-- name: logos_of_event :many
-- In the order to be shown.
SELECT id, code, alt, sha256, mime_type, size_bytes, position FROM logo
WHERE event_id = :event_id ORDER BY position, id;

-- name: logo_by_code :maybe
SELECT alt, sha256, mime_type, size_bytes FROM logo WHERE event_id = :event_id AND code = :code;

-- name: logo_insert :exec
INSERT INTO logo (event_id, id, code, alt, sha256, mime_type, size_bytes, position, uploaded_at,
  uploaded_by_id)
VALUES (:event_id, :id, :code, :alt, :sha256, :mime_type, :size_bytes, :position, :uploaded_at,
  :uploaded_by_id);

-- name: logo_place :exec
UPDATE logo SET position = :position WHERE event_id = :event_id AND id = :id;

-- name: logo_delete :exec
DELETE FROM logo WHERE event_id = :event_id AND code = :code;
