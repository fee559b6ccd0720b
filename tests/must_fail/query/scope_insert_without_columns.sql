-- as: queries/case.sql
-- expect: schema/queries/case.sql:4: INSERT INTO review lists its columns and gives :event_id to event_id
-- name: wrong :exec
INSERT INTO review
VALUES (:event_id, :id, :submission_id, :reviewer_id, :score, :remark, 0)
