-- name: person_by_account :maybe
SELECT id, code, name, name_lang, email, post, affiliation FROM person
WHERE event_id = :event_id AND account_id = :account_id;

-- name: person_by_id :one
SELECT id, code, account_id, name, sort_key, name_lang, said_name, pronouns, email, post,
  affiliation, country, biography, rev
FROM person WHERE event_id = :event_id AND id = :id;

-- name: person_by_code :one
SELECT id, code, account_id, name, sort_key, name_lang, said_name, pronouns, email, post,
  affiliation, country, biography, rev
FROM person WHERE event_id = :event_id AND code = :code;

-- name: persons_by_email :many
-- People typed with an address, those with an account first.
SELECT id, code, account_id, name FROM person
WHERE event_id = :event_id AND email_key = :email_key
ORDER BY CASE WHEN account_id IS NULL THEN 1 ELSE 0 END, id;

-- name: person_insert :exec
INSERT INTO person (event_id, id, code, account_id, name, sort_key, name_lang, said_name, pronouns,
  email, email_key, post, affiliation, country, created_at)
VALUES (:event_id, :id, :code, :account_id, :name, :sort_key, :name_lang, :said_name, :pronouns,
  :email, :email_key, :post, :affiliation, :country, :created_at);

-- name: person_email_insert :exec
INSERT INTO person_email (email_key, event_id, person_id)
VALUES (:email_key, :event_id, :person_id)
ON CONFLICT (email_key, event_id, person_id) DO NOTHING;

-- name: person_emails_of :many
-- The person rows of all events that an address was typed for.
SELECT event_id, person_id FROM person_email WHERE email_key = :email_key
ORDER BY event_id, person_id;

-- name: person_set_account :exec
UPDATE person SET account_id = :account_id
WHERE event_id = :event_id AND id = :id AND account_id IS NULL;

-- name: person_update :exec
UPDATE person SET name = :name, sort_key = :sort_key, said_name = :said_name, pronouns = :pronouns,
  post = :post, affiliation = :affiliation, country = :country, rev = rev + 1
WHERE event_id = :event_id AND id = :id;

-- name: person_name_first :exec
-- Somebody of whom only the address was known has told a name.
UPDATE person SET name = :name, sort_key = :sort_key, rev = rev + 1
WHERE event_id = :event_id AND id = :id AND name = email;

-- name: author_move_person :exec
-- Merging: what `from_id` wrote belongs to `person_id`.
-- type: from_id int
UPDATE author SET person_id = :person_id WHERE event_id = :event_id AND person_id = :from_id;

-- name: session_person_move :exec
-- Merging: roles in sessions that the other row does not hold already.
-- type: from_id int
UPDATE session_person SET person_id = :person_id
WHERE event_id = :event_id AND person_id = :from_id
  AND NOT EXISTS (SELECT 1 FROM session_person AS held
    WHERE held.event_id = :event_id AND held.session_id = session_person.session_id
      AND held.person_id = :person_id AND held.role = session_person.role);

-- name: conflict_move :exec
-- Merging: conflicts of interest that the other row does not have already.
-- type: from_id int
UPDATE conflict SET person_id = :person_id
WHERE event_id = :event_id AND person_id = :from_id
  AND NOT EXISTS (SELECT 1 FROM conflict AS held
    WHERE held.event_id = :event_id AND held.submission_id = conflict.submission_id
      AND held.person_id = :person_id);

-- name: role_move :exec
-- Merging: roles that the other row does not hold already.
-- type: from_id int
UPDATE role_grant SET person_id = :person_id
WHERE event_id = :event_id AND person_id = :from_id
  AND NOT EXISTS (SELECT 1 FROM role_grant AS held
    WHERE held.event_id = :event_id AND held.person_id = :person_id
      AND held.role = role_grant.role);

-- name: role_grant_insert :exec
INSERT INTO role_grant (event_id, person_id, role, granted_at, granted_by_id)
VALUES (:event_id, :person_id, :role, :granted_at, :granted_by_id)
ON CONFLICT (event_id, person_id, role) DO NOTHING;

-- name: role_revoke :exec
DELETE FROM role_grant WHERE event_id = :event_id AND person_id = :person_id AND role = :role;

-- name: roles_of_person :many
SELECT role FROM role_grant WHERE event_id = :event_id AND person_id = :person_id ORDER BY role;

-- name: person_is_author :one
-- Of a submission that was sent and not withdrawn, in its newest version or its draft.
-- type: n int
SELECT count(*) AS n FROM (
  SELECT 1 AS one FROM author JOIN submission
    ON submission.event_id = author.event_id AND submission.id = author.submission_id
  WHERE author.event_id = :event_id AND author.person_id = :person_id
    AND author.version = submission.version
  UNION ALL
  SELECT 1 AS one FROM submission
  WHERE submission.event_id = :event_id AND submission.submitter_id = :person_id
  LIMIT 1) AS found;

-- name: person_registration :maybe
SELECT id, code FROM registration
WHERE event_id = :event_id AND person_id = :person_id AND state = 'confirmed';

-- name: people_with_roles :many
-- Everyone who holds a role, one row a role, sorted by name.
SELECT person.code, person.name, person.email, role_grant.role, role_grant.granted_at
FROM role_grant JOIN person
  ON person.event_id = role_grant.event_id AND person.id = role_grant.person_id
WHERE role_grant.event_id = :event_id
ORDER BY person.sort_key, person.id, role_grant.role;

-- name: person_retire :exec
-- A row that was merged into another is found by no address any more.
UPDATE person SET email_key = '' WHERE event_id = :event_id AND id = :id;

-- name: person_email_delete :exec
DELETE FROM person_email WHERE event_id = :event_id AND person_id = :person_id
  AND email_key = :email_key;
