-- Ticket types, registrations, and what people need.

-- name: ticket_type_insert :exec
INSERT INTO ticket_type (event_id, id, code, title, description, price, capacity, closes_at,
  position)
VALUES (:event_id, :id, :code, :title, :description, :price, :capacity, :closes_at, :position);

-- name: ticket_types_of_event :many
SELECT id, code, title, description, price, capacity, taken, closes_at FROM ticket_type
WHERE event_id = :event_id ORDER BY position, id;

-- name: ticket_type_take :maybe
-- One place, while there is one and the type is on sale; :now 0 sells after its closing too.
-- type: now int
UPDATE ticket_type SET taken = taken + 1
WHERE event_id = :event_id AND code = :code AND taken < capacity
  AND (closes_at IS NULL OR closes_at >= :now)
RETURNING id, title, price;

-- name: ticket_type_give_back :exec
UPDATE ticket_type SET taken = taken - 1
WHERE event_id = :event_id AND id = :id AND taken > 0;

-- name: ticket_type_update :exec
-- n_changed 0: more places are taken than the new capacity has.
UPDATE ticket_type SET title = :title, description = :description, price = :price,
  capacity = :capacity, closes_at = :closes_at, position = :position
WHERE event_id = :event_id AND id = :id AND taken <= :capacity;

-- name: ticket_type_delete :exec
-- n_changed 0: somebody has, or had, a ticket of this type.
DELETE FROM ticket_type
WHERE event_id = :event_id AND id = :id
  AND NOT EXISTS (SELECT 1 FROM registration
    WHERE registration.event_id = ticket_type.event_id
      AND registration.ticket_type_id = ticket_type.id);

-- name: event_touch_rev :exec
-- event_touch for a form that was made from revision :rev; n_changed 0: it is stale.
UPDATE event SET rev = rev + 1 WHERE id = :id AND rev = :rev;

-- name: registration_of_person :maybe
-- Confirmed or cancelled: a person has at most one.
SELECT id, state, ticket_serial FROM registration
WHERE event_id = :event_id AND person_id = :person_id;

-- name: registration_by_code :maybe
-- A registration with its person, ticket and purchase.
SELECT registration.id, registration.code, registration.state, registration.badge_name,
  registration.badge_affiliation, registration.ticket_serial, registration.created_at,
  registration.rev, registration.person_id, registration.ticket_type_id, registration.purchase_id,
  person.name, person.name_lang, person.email,
  ticket_type.code AS ticket, ticket_type.title AS ticket_title,
  purchase.code AS purchase_code, purchase.payer_name, purchase.payer_email,
  purchase.payer_address, purchase.payer_reference, purchase.currency, purchase.total,
  purchase.paid, purchase.state AS purchase_state, purchase.rev AS purchase_rev
FROM registration
JOIN person ON person.event_id = registration.event_id AND person.id = registration.person_id
JOIN ticket_type ON ticket_type.event_id = registration.event_id
  AND ticket_type.id = registration.ticket_type_id
JOIN purchase ON purchase.event_id = registration.event_id
  AND purchase.id = registration.purchase_id
WHERE registration.event_id = :event_id AND registration.code = :code;

-- name: registration_insert :exec
-- n_changed 0: the person has one.
INSERT INTO registration (event_id, id, code, person_id, ticket_type_id, purchase_id, state,
  badge_name, badge_affiliation, ticket_hash, ticket_serial, created_at)
VALUES (:event_id, :id, :code, :person_id, :ticket_type_id, :purchase_id, 'confirmed',
  :badge_name, :badge_affiliation, :ticket_hash, :ticket_serial, :created_at)
ON CONFLICT (event_id, person_id) DO NOTHING;

-- name: registration_revive :exec
-- Somebody who had cancelled comes after all. n_changed 0: it is not cancelled.
UPDATE registration SET state = 'confirmed', code = :code, ticket_type_id = :ticket_type_id,
  purchase_id = :purchase_id, badge_name = :badge_name, badge_affiliation = :badge_affiliation,
  ticket_hash = :ticket_hash, ticket_serial = :ticket_serial, created_at = :created_at,
  rev = rev + 1
WHERE event_id = :event_id AND id = :id AND state = 'cancelled';

-- name: registration_update :exec
-- n_changed 0: it was changed since it was shown, or cancelled.
UPDATE registration SET badge_name = :badge_name, badge_affiliation = :badge_affiliation,
  rev = rev + 1
WHERE event_id = :event_id AND id = :id AND rev = :rev AND state = 'confirmed';

-- name: registration_renew_ticket :exec
-- The old ticket is void. n_changed 0: somebody else has renewed it, or it is cancelled.
-- type: serial_shown int
UPDATE registration SET ticket_hash = :ticket_hash, ticket_serial = :ticket_serial, rev = rev + 1
WHERE event_id = :event_id AND id = :id AND ticket_serial = :serial_shown
  AND state = 'confirmed';

-- name: registration_cancel :exec
-- n_changed 0: it is cancelled already.
UPDATE registration SET state = 'cancelled', rev = rev + 1
WHERE event_id = :event_id AND id = :id AND state = 'confirmed';

-- name: registration_hold :exec
-- Takes the row, so that two bookings of one person are seen by each other. n_changed 0: there is
-- no confirmed registration.
UPDATE registration SET state = 'confirmed'
WHERE event_id = :event_id AND id = :id AND state = 'confirmed';

-- name: registration_move :exec
-- Merging: the registration of `from_id`, unless the other person has one.
-- type: from_id int
UPDATE registration SET person_id = :person_id
WHERE event_id = :event_id AND person_id = :from_id
  AND NOT EXISTS (SELECT 1 FROM registration AS held
    WHERE held.event_id = :event_id AND held.person_id = :person_id);

-- name: registration_checkin :maybe
SELECT in_at FROM checkin WHERE event_id = :event_id AND registration_id = :registration_id;

-- name: registrations_page :many
-- Sorted by name.
-- type: n_wanted int
-- type: n_skipped int
SELECT registration.code, registration.state, registration.badge_name,
  registration.badge_affiliation, registration.created_at, person.name, person.name_lang,
  person.email, ticket_type.title AS ticket_title, purchase.code AS purchase_code,
  purchase.payer_name, purchase.currency, purchase.total, purchase.paid,
  purchase.state AS purchase_state
FROM registration
JOIN person ON person.event_id = registration.event_id AND person.id = registration.person_id
JOIN ticket_type ON ticket_type.event_id = registration.event_id
  AND ticket_type.id = registration.ticket_type_id
JOIN purchase ON purchase.event_id = registration.event_id
  AND purchase.id = registration.purchase_id
WHERE registration.event_id = :event_id AND /*@where registration_wanted*/
ORDER BY person.sort_key, registration.id LIMIT :n_wanted OFFSET :n_skipped;

-- name: registrations_found :one
-- How many registrations_page has in all, for the same question.
-- type: n int
SELECT count(*) AS n
FROM registration
JOIN purchase ON purchase.event_id = registration.event_id
  AND purchase.id = registration.purchase_id
WHERE registration.event_id = :event_id AND /*@where registration_wanted*/;

-- name: registration_counts :many
-- type: n int
SELECT state, count(*) AS n FROM registration
WHERE event_id = :event_id GROUP BY state ORDER BY state;

-- ---- needs ----

-- name: need_of_registration :maybe
SELECT dietary, access_needs, erase_on FROM registration_need
WHERE event_id = :event_id AND registration_id = :registration_id;

-- name: need_upsert :exec
INSERT INTO registration_need (event_id, registration_id, dietary, access_needs, consented_at,
  erase_on)
VALUES (:event_id, :registration_id, :dietary, :access_needs, :consented_at, :erase_on)
ON CONFLICT (event_id, registration_id) DO UPDATE SET dietary = excluded.dietary,
  access_needs = excluded.access_needs, consented_at = excluded.consented_at,
  erase_on = excluded.erase_on;

-- name: need_delete :exec
DELETE FROM registration_need WHERE event_id = :event_id AND registration_id = :registration_id;

-- name: needs_of_event :many
-- Of everybody who comes, sorted by name.
SELECT registration.code, registration.badge_name, person.name, person.name_lang,
  registration_need.dietary, registration_need.access_needs, registration_need.erase_on
FROM registration_need
JOIN registration ON registration.event_id = registration_need.event_id
  AND registration.id = registration_need.registration_id
JOIN person ON person.event_id = registration.event_id AND person.id = registration.person_id
WHERE registration_need.event_id = :event_id AND registration.state = 'confirmed'
ORDER BY person.sort_key, registration.id;

-- name: needs_erase :exec
-- What was promised to be gone on a day is gone on that day.
-- type: today text
DELETE FROM registration_need WHERE event_id = :event_id AND erase_on <= :today;

-- name: needs_due :one
-- type: n int
-- type: today text
SELECT count(*) AS n FROM registration_need WHERE event_id = :event_id AND erase_on <= :today;
