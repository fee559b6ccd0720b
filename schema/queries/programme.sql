-- The programme: the working copy, and what was published of it.

-- name: programme_sessions :many
SELECT id, code, kind, title, summary, masterclass_id, room_id, starts_at, ends_at, capacity, taken,
  rev
FROM session WHERE event_id = :event_id ORDER BY starts_at NULLS LAST, id;

-- name: programme_people :many
-- Everybody with a part in a session, session by session; chairs last, as they are printed.
SELECT session_person.session_id, session_person.person_id, session_person.role, person.code,
  person.name, person.name_lang, person.said_name, person.post, person.affiliation, person.email
FROM session_person JOIN person
  ON person.event_id = session_person.event_id AND person.id = session_person.person_id
WHERE session_person.event_id = :event_id
ORDER BY session_person.session_id, CASE session_person.role WHEN 'chair' THEN 1 ELSE 0 END,
  session_person.position, session_person.role, person.id;

-- name: programme_items :many
-- What is presented, in order. is_fit: still live, accepted, told so and not declined.
-- type: is_fit int
-- type: shown_title text
-- type: submission_code text
-- type: format text
SELECT presentation.id, presentation.code, presentation.session_id, presentation.submission_id,
  presentation.minutes, presentation.position,
  coalesce(submission_version.title, presentation.title) AS shown_title,
  coalesce(submission.code, '') AS submission_code, coalesce(decision.outcome, '') AS format,
  CASE WHEN presentation.submission_id IS NULL THEN 1
    WHEN submission.state = 'submitted' AND decision.released_at IS NOT NULL
      AND decision.outcome NOT IN ('reject', 'waitlist')
      AND coalesce(confirmation.answer, 'yes') = 'yes' THEN 1
    ELSE 0 END AS is_fit
FROM presentation
LEFT JOIN submission ON submission.event_id = presentation.event_id
  AND submission.id = presentation.submission_id
LEFT JOIN submission_version ON submission_version.event_id = submission.event_id
  AND submission_version.submission_id = submission.id
  AND submission_version.version = submission.version
LEFT JOIN decision ON decision.event_id = submission.event_id
  AND decision.submission_id = submission.id
LEFT JOIN confirmation ON confirmation.event_id = decision.event_id
  AND confirmation.decision_id = decision.id
WHERE presentation.event_id = :event_id
ORDER BY presentation.session_id, presentation.position, presentation.id;

-- name: programme_authors :many
-- The authors of what is presented.
-- type: name_lang text
SELECT presentation.id AS presentation_id, author.person_id, author.name,
  coalesce(person.name_lang, '') AS name_lang, author.affiliations, author.is_presenting
FROM presentation
JOIN submission ON submission.event_id = presentation.event_id
  AND submission.id = presentation.submission_id
JOIN author ON author.event_id = submission.event_id AND author.submission_id = submission.id
  AND author.version = submission.version
LEFT JOIN person ON person.event_id = author.event_id AND person.id = author.person_id
WHERE presentation.event_id = :event_id
ORDER BY presentation.id, author.position;

-- name: programme_themes :many
-- The themes of what is presented.
SELECT presentation.id AS presentation_id, theme.code, theme.letter, theme.title, theme.hue
FROM presentation
JOIN submission ON submission.event_id = presentation.event_id
  AND submission.id = presentation.submission_id
JOIN version_theme ON version_theme.event_id = submission.event_id
  AND version_theme.submission_id = submission.id AND version_theme.version = submission.version
JOIN theme ON theme.event_id = version_theme.event_id AND theme.id = version_theme.theme_id
WHERE presentation.event_id = :event_id
ORDER BY presentation.id, theme.position;

-- name: works_to_place :many
-- Accepted, told so, not declined, and in no session yet; :code '' for all, else that one wherever
-- it stands.
-- type: actor_roles int
-- type: placed_in text
-- type: presenter text
SELECT submission.id, submission.code, submission_version.title, decision.outcome,
  submission_type.minutes, coalesce(session.title, '') AS placed_in,
  coalesce((SELECT author.name FROM author WHERE author.event_id = submission.event_id
      AND author.submission_id = submission.id AND author.version = submission.version
      AND author.is_presenting = 1 ORDER BY author.position LIMIT 1), '') AS presenter
FROM submission
JOIN submission_version ON submission_version.event_id = submission.event_id
  AND submission_version.submission_id = submission.id
  AND submission_version.version = submission.version
JOIN decision ON decision.event_id = submission.event_id
  AND decision.submission_id = submission.id
LEFT JOIN submission_type ON submission_type.event_id = submission_version.event_id
  AND submission_type.id = submission_version.type_id
LEFT JOIN confirmation ON confirmation.event_id = decision.event_id
  AND confirmation.decision_id = decision.id
LEFT JOIN presentation ON presentation.event_id = submission.event_id
  AND presentation.submission_id = submission.id
LEFT JOIN session ON session.event_id = presentation.event_id
  AND session.id = presentation.session_id
WHERE submission.event_id = :event_id
  AND ((:code = '' AND presentation.id IS NULL) OR submission.code = :code)
  AND coalesce(confirmation.answer, 'yes') = 'yes' AND /*@visible accepted*/
ORDER BY decision.outcome DESC, submission_version.sort_key, submission.id;

-- name: presenters_to_place :many
-- Who presents the works that are accepted and in no session yet.
-- type: actor_roles int
SELECT submission.code, author.person_id, author.name
FROM submission
JOIN author ON author.event_id = submission.event_id AND author.submission_id = submission.id
  AND author.version = submission.version AND author.is_presenting = 1
WHERE submission.event_id = :event_id
  AND NOT EXISTS (SELECT 1 FROM presentation WHERE presentation.event_id = submission.event_id
    AND presentation.submission_id = submission.id)
  AND /*@visible accepted*/
ORDER BY submission.id, author.position;

-- name: themes_to_place :many
-- The themes of the works that are accepted and in no session yet, each work's first one first.
-- type: actor_roles int
SELECT submission.code AS submission_code, theme.code, theme.title
FROM submission
JOIN version_theme ON version_theme.event_id = submission.event_id
  AND version_theme.submission_id = submission.id AND version_theme.version = submission.version
JOIN theme ON theme.event_id = version_theme.event_id AND theme.id = version_theme.theme_id
WHERE submission.event_id = :event_id
  AND NOT EXISTS (SELECT 1 FROM presentation WHERE presentation.event_id = submission.event_id
    AND presentation.submission_id = submission.id)
  AND /*@visible accepted*/
ORDER BY submission.id, theme.position;

-- name: people_to_choose :many
-- Everybody the event knows, by name: who could have a part.
SELECT id, code, name, affiliation FROM person
WHERE event_id = :event_id AND name <> '' ORDER BY sort_key, id LIMIT 3000;

-- name: session_insert :exec
INSERT INTO session (event_id, id, code, kind, title, summary, masterclass_id, room_id, starts_at,
  ends_at, capacity)
VALUES (:event_id, :id, :code, :kind, :title, :summary, :masterclass_id, :room_id, :starts_at,
  :ends_at, :capacity);

-- name: session_update :exec
-- n_changed 0: changed since it was shown, or more seats are taken than the new capacity has.
UPDATE session SET kind = :kind, title = :title, summary = :summary,
  masterclass_id = :masterclass_id, room_id = :room_id, starts_at = :starts_at,
  ends_at = :ends_at, capacity = :capacity, rev = rev + 1
WHERE event_id = :event_id AND id = :id AND rev = :rev AND taken <= :capacity;

-- name: session_bump :exec
-- n_changed 0: changed since it was shown.
UPDATE session SET rev = rev + 1 WHERE event_id = :event_id AND id = :id AND rev = :rev;

-- name: session_delete :exec
DELETE FROM session WHERE event_id = :event_id AND id = :id AND rev = :rev;

-- name: session_bookings :one
-- type: n int
SELECT count(*) AS n FROM booking WHERE event_id = :event_id AND session_id = :session_id;

-- name: session_people_delete :exec
DELETE FROM session_person WHERE event_id = :event_id AND session_id = :session_id;

-- name: session_person_insert :exec
-- n_changed 0: has that part already.
INSERT INTO session_person (event_id, session_id, person_id, role, position)
VALUES (:event_id, :session_id, :person_id, :role, :position)
ON CONFLICT (event_id, session_id, person_id, role) DO NOTHING;

-- name: presentation_insert :exec
-- n_changed 0: the work is in a session already.
INSERT INTO presentation (event_id, id, code, session_id, submission_id, title, minutes, position)
VALUES (:event_id, :id, :code, :session_id, :submission_id, :title, :minutes, :position)
ON CONFLICT (event_id, submission_id) DO NOTHING;

-- name: work_id :maybe
-- Of a work that was in the programme before: no right to see it follows.
SELECT id FROM submission WHERE event_id = :event_id AND code = :code;

-- name: presentation_set :exec
UPDATE presentation SET minutes = :minutes, position = :position
WHERE event_id = :event_id AND id = :id;

-- name: presentation_move :exec
-- With all it had; the minutes of a talk are its own.
UPDATE presentation SET session_id = :session_id, position = :position
WHERE event_id = :event_id AND id = :id;

-- name: session_room_set :exec
-- n_changed 0: changed since it was shown.
-- null: room_id
UPDATE session SET room_id = :room_id, rev = rev + 1
WHERE event_id = :event_id AND id = :id AND rev = :rev;

-- name: presentation_delete :exec
DELETE FROM presentation WHERE event_id = :event_id AND id = :id;

-- name: presentations_delete :exec
DELETE FROM presentation WHERE event_id = :event_id AND session_id = :session_id;

-- name: room_update :exec
UPDATE room SET name = :name, capacity = :capacity, notes = :notes, position = :position
WHERE event_id = :event_id AND id = :id;

-- name: room_delete :exec
-- n_changed 0: a session is there.
DELETE FROM room WHERE event_id = :event_id AND id = :id
  AND NOT EXISTS (SELECT 1 FROM session
    WHERE session.event_id = :event_id AND session.room_id = room.id);

-- name: masterclass_by_code :maybe
SELECT id, code, title, summary, outcomes, rev FROM masterclass
WHERE event_id = :event_id AND code = :code;

-- name: masterclass_update :exec
-- n_changed 0: changed since it was shown.
UPDATE masterclass SET title = :title, summary = :summary, outcomes = :outcomes, rev = rev + 1
WHERE event_id = :event_id AND id = :id AND rev = :rev;

-- name: masterclass_sessions_rename :exec
-- Its repeats carry its title.
UPDATE session SET title = :title, rev = rev + 1
WHERE event_id = :event_id AND masterclass_id = :masterclass_id;

-- name: masterclass_delete :exec
-- n_changed 0: changed since it was shown, or it has repeats.
DELETE FROM masterclass WHERE event_id = :event_id AND id = :id AND rev = :rev
  AND NOT EXISTS (SELECT 1 FROM session
    WHERE session.event_id = :event_id AND session.masterclass_id = masterclass.id);

-- name: programme_newest :maybe
-- What pages, calendars and print show.
SELECT version, note, snapshot, published_at FROM programme_version
WHERE event_id = :event_id ORDER BY version DESC LIMIT 1;

-- name: programme_versions :many
SELECT version, note, published_at FROM programme_version
WHERE event_id = :event_id ORDER BY version DESC LIMIT 100;

-- name: programme_version_insert :exec
INSERT INTO programme_version (event_id, version, note, snapshot, published_at, published_by_id)
VALUES (:event_id, :version, :note, :snapshot, :published_at, :published_by_id);

-- name: published_works_delete :exec
DELETE FROM published_work WHERE event_id = :event_id;

-- name: published_work_insert :exec
INSERT INTO published_work (event_id, submission_id) VALUES (:event_id, :submission_id)
ON CONFLICT (event_id, submission_id) DO NOTHING;
