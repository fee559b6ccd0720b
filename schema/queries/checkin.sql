-- The door: scans, who is in, the offline list, paired devices, badges.

-- name: door_ticket :maybe
-- A registration by the hash of its ticket or by its code; the other is ''.
SELECT registration.id, registration.code, registration.state, registration.badge_name,
  person.name_lang, person.said_name, ticket_type.title AS ticket_title
FROM registration
JOIN person ON person.event_id = registration.event_id AND person.id = registration.person_id
JOIN ticket_type ON ticket_type.event_id = registration.event_id
  AND ticket_type.id = registration.ticket_type_id
WHERE registration.event_id = :event_id
  AND (registration.ticket_hash = :ticket_hash OR registration.code = :code);

-- name: door_scan :maybe
-- A scan as it stands now, with who was scanned, by whom, and since when they are in. The texts
-- about a person are '' when the code is not known.
-- type: ticket_title text
-- type: in_device_name text
-- type: in_scanner_name text
-- type: state text
SELECT scan.id, scan.nonce, scan.verdict, scan.scanned_at, scan.device_id, scan.by_person_id,
  scan.registration_id, coalesce(registration.code, '') AS code,
  coalesce(registration.state, '') AS state,
  coalesce(registration.badge_name, '') AS badge_name, coalesce(person.name_lang, '') AS name_lang,
  coalesce(person.said_name, '') AS said_name, coalesce(ticket_type.title, '') AS ticket_title,
  checkin.in_at, checkin.scan_id AS in_scan_id,
  coalesce(in_device.name, '') AS in_device_name, coalesce(in_person.name, '') AS in_scanner_name
FROM scan
LEFT JOIN registration ON registration.event_id = scan.event_id
  AND registration.id = scan.registration_id
LEFT JOIN person ON person.event_id = registration.event_id
  AND person.id = registration.person_id
LEFT JOIN ticket_type ON ticket_type.event_id = registration.event_id
  AND ticket_type.id = registration.ticket_type_id
LEFT JOIN checkin ON checkin.event_id = scan.event_id
  AND checkin.registration_id = scan.registration_id
LEFT JOIN scan AS in_scan ON in_scan.event_id = checkin.event_id AND in_scan.id = checkin.scan_id
LEFT JOIN device AS in_device ON in_device.event_id = in_scan.event_id
  AND in_device.id = in_scan.device_id
LEFT JOIN person AS in_person ON in_person.event_id = in_scan.event_id
  AND in_person.id = in_scan.by_person_id
WHERE scan.event_id = :event_id AND scan.nonce = :nonce;

-- name: scan_insert :exec
-- null: registration_id
-- n_changed 0: this scan has arrived before.
INSERT INTO scan (event_id, id, nonce, registration_id, verdict, method, scanned_at, received_at,
  device_id, by_person_id)
VALUES (:event_id, :id, :nonce, :registration_id, :verdict, :method, :scanned_at, :received_at,
  :device_id, :by_person_id)
ON CONFLICT (event_id, nonce) DO NOTHING;

-- name: scan_set_verdict :exec
UPDATE scan SET verdict = :verdict WHERE event_id = :event_id AND id = :id;

-- name: scans_again :many
-- Later scans of somebody who was in already, the earliest first.
SELECT id, scanned_at, device_id, by_person_id FROM scan
WHERE event_id = :event_id AND registration_id = :registration_id AND verdict = 'again'
ORDER BY scanned_at, id;

-- name: scans_last :many
-- What happened at the door, the latest first.
-- type: n_wanted int
SELECT scan.nonce, scan.verdict, scan.scanned_at, scan.device_id, scan.by_person_id,
  coalesce(registration.badge_name, '') AS badge_name, coalesce(person.name_lang, '') AS name_lang
FROM scan
LEFT JOIN registration ON registration.event_id = scan.event_id
  AND registration.id = scan.registration_id
LEFT JOIN person ON person.event_id = registration.event_id
  AND person.id = registration.person_id
WHERE scan.event_id = :event_id
ORDER BY scan.scanned_at DESC, scan.id DESC LIMIT :n_wanted;

-- name: checkin_insert :exec
-- n_changed 0: somebody else has let them in.
INSERT INTO checkin (event_id, registration_id, in_at, scan_id)
VALUES (:event_id, :registration_id, :in_at, :scan_id)
ON CONFLICT (event_id, registration_id) DO NOTHING;

-- name: checkin_get :maybe
SELECT in_at, scan_id FROM checkin
WHERE event_id = :event_id AND registration_id = :registration_id;

-- name: checkin_move :exec
-- An earlier scan that arrived later. n_changed 0: it was not earlier.
UPDATE checkin SET in_at = :in_at, scan_id = :scan_id
WHERE event_id = :event_id AND registration_id = :registration_id AND in_at > :in_at;

-- name: checkin_delete :exec
-- n_changed 0: it was not this scan that let them in.
DELETE FROM checkin
WHERE event_id = :event_id AND registration_id = :registration_id AND scan_id = :scan_id;

-- name: door_counts :one
-- type: n_in int
-- type: n_all int
SELECT count(checkin.registration_id) AS n_in, count(*) AS n_all
FROM registration
LEFT JOIN checkin ON checkin.event_id = registration.event_id
  AND checkin.registration_id = registration.id
WHERE registration.event_id = :event_id AND registration.state = 'confirmed';

-- name: door_list :many
-- What a scanner needs without a network, and nothing more. Sorted by name.
SELECT registration.ticket_hash, registration.code, registration.state, registration.badge_name,
  person.name_lang, ticket_type.title AS ticket_title, checkin.in_at
FROM registration
JOIN person ON person.event_id = registration.event_id AND person.id = registration.person_id
JOIN ticket_type ON ticket_type.event_id = registration.event_id
  AND ticket_type.id = registration.ticket_type_id
LEFT JOIN checkin ON checkin.event_id = registration.event_id
  AND checkin.registration_id = registration.id
WHERE registration.event_id = :event_id
ORDER BY person.sort_key, registration.id;

-- name: door_search :many
-- By the beginnings of up to three words of a name; :word…_end is the first text after all that
-- begin so.
-- type: n_wanted int
SELECT registration.code, registration.state, registration.badge_name,
  registration.badge_affiliation, person.name_lang, person.said_name,
  ticket_type.title AS ticket_title, checkin.in_at
FROM registration
JOIN person ON person.event_id = registration.event_id AND person.id = registration.person_id
JOIN ticket_type ON ticket_type.event_id = registration.event_id
  AND ticket_type.id = registration.ticket_type_id
LEFT JOIN checkin ON checkin.event_id = registration.event_id
  AND checkin.registration_id = registration.id
WHERE registration.event_id = :event_id AND /*@where registration_words*/
ORDER BY person.sort_key, registration.id LIMIT :n_wanted;

-- name: events_current :many
-- scan: the few events of one installation that a ticket may still be for
-- type: today text
SELECT id, slug, title, starts_on, ends_on FROM event
WHERE is_published = 1 AND ends_on >= :today ORDER BY starts_on, id LIMIT 50;

-- ---- devices ----

-- name: device_insert :exec
INSERT INTO device (event_id, id, code, name, token_hash, created_at, created_by_id, expires_at)
VALUES (:event_id, :id, :code, :name, :token_hash, :created_at, :created_by_id, :expires_at);

-- name: device_by_token :maybe
-- By the hash of its link or, once paired, of its own token.
SELECT id, code, name, paired_at, expires_at, revoked_at FROM device
WHERE event_id = :event_id AND token_hash = :token_hash;

-- name: device_pair :exec
-- The link is taken: a new secret takes its place. n_changed 0: taken, revoked or over.
-- type: link_hash text
UPDATE device SET token_hash = :token_hash, paired_at = :paired_at
WHERE event_id = :event_id AND token_hash = :link_hash AND paired_at IS NULL
  AND revoked_at IS NULL AND expires_at > :paired_at;

-- name: device_revoke :exec
-- n_changed 0: there is no such device. The first time counts.
-- type: revoked_at int
UPDATE device SET revoked_at = CASE WHEN revoked_at IS NULL THEN :revoked_at ELSE revoked_at END
WHERE event_id = :event_id AND code = :code;

-- name: devices_of_event :many
SELECT device.code, device.name, device.created_at, device.paired_at, device.expires_at,
  device.revoked_at
FROM device WHERE device.event_id = :event_id ORDER BY device.created_at DESC, device.id DESC;

-- ---- badges ----

-- name: badges_of_event :many
-- Of everybody who comes, sorted by name; '' as :ticket takes every type, '' as :code everybody.
-- Reviewers stay unnamed: their role is nobody's business at a conference.
-- type: role text
-- type: ticket text
SELECT registration.id, registration.code, registration.ticket_serial, registration.badge_name,
  registration.badge_affiliation, person.name, person.name_lang, person.said_name, person.pronouns,
  CASE
    WHEN EXISTS (SELECT 1 FROM role_grant WHERE role_grant.event_id = registration.event_id
      AND role_grant.person_id = registration.person_id AND role_grant.role = 'organiser')
      THEN 'organiser'
    WHEN EXISTS (SELECT 1 FROM role_grant WHERE role_grant.event_id = registration.event_id
      AND role_grant.person_id = registration.person_id AND role_grant.role = 'facilitator')
      THEN 'facilitator'
    WHEN EXISTS (SELECT 1 FROM role_grant WHERE role_grant.event_id = registration.event_id
      AND role_grant.person_id = registration.person_id AND role_grant.role = 'desk')
      THEN 'desk'
    WHEN EXISTS (SELECT 1 FROM author
      JOIN submission ON submission.event_id = author.event_id
        AND submission.id = author.submission_id AND submission.version = author.version
      JOIN decision ON decision.event_id = submission.event_id
        AND decision.submission_id = submission.id
      WHERE author.event_id = registration.event_id
        AND author.person_id = registration.person_id AND author.is_presenting = 1
        AND submission.state = 'submitted' AND decision.released_at IS NOT NULL
        AND decision.outcome IN ('talk', 'poster', 'workshop'))
      THEN 'speaker'
    ELSE 'attendee'
  END AS role
FROM registration
JOIN person ON person.event_id = registration.event_id AND person.id = registration.person_id
JOIN ticket_type ON ticket_type.event_id = registration.event_id
  AND ticket_type.id = registration.ticket_type_id
WHERE registration.event_id = :event_id AND registration.state = 'confirmed'
  AND (:ticket = '' OR ticket_type.code = :ticket)
  AND (:code = '' OR registration.code = :code)
ORDER BY person.sort_key, registration.id;
