-- name: event_id_by_slug :maybe
SELECT event_id FROM event_slug WHERE slug = :slug;

-- name: event_by_slug :maybe
SELECT event.id, event.slug, event.kind, event.title, event.tagline, event.summary, event.host,
  event.partner, event.starts_on, event.ends_on, event.zone, event.venue, event.city,
  event.country, event.contact_email, event.currency, event.lang, event.is_published,
  event.is_demo, event.registration_opens_at, event.registration_closes_at,
  event.booking_opens_at, event.booking_closes_at, event.is_by_wishes, event.wishes_open_at,
  event.wishes_close_at, event.most_seats, event.seats_given_at, event.rev
FROM event_slug JOIN event ON event.id = event_slug.event_id
WHERE event_slug.slug = :slug;

-- name: event_slug_insert :exec
INSERT INTO event_slug (slug, event_id) VALUES (:slug, :event_id);

-- name: event_insert :exec
INSERT INTO event (id, slug, kind, title, tagline, summary, host, partner, starts_on, ends_on, zone,
  venue, city, country, contact_email, currency, lang, is_demo, registration_opens_at,
  registration_closes_at, booking_opens_at, booking_closes_at, created_at)
VALUES (:id, :slug, :kind, :title, :tagline, :summary, :host, :partner, :starts_on, :ends_on, :zone,
  :venue, :city, :country, :contact_email, :currency, :lang, :is_demo, :registration_opens_at,
  :registration_closes_at, :booking_opens_at, :booking_closes_at, :created_at);

-- name: event_update :exec
-- n_changed 0: another change came first.
UPDATE event SET title = :title, tagline = :tagline, summary = :summary, host = :host,
  partner = :partner, starts_on = :starts_on, ends_on = :ends_on, zone = :zone, venue = :venue,
  city = :city, country = :country, contact_email = :contact_email,
  registration_opens_at = :registration_opens_at,
  registration_closes_at = :registration_closes_at, booking_opens_at = :booking_opens_at,
  booking_closes_at = :booking_closes_at, rev = rev + 1
WHERE id = :id AND rev = :rev;

-- name: event_publish :exec
UPDATE event SET is_published = :is_published, rev = rev + 1 WHERE id = :id;

-- name: event_touch :exec
-- A change that a public page shows.
UPDATE event SET rev = rev + 1 WHERE id = :id;

-- name: events_published :many
-- scan: the list of all events of one installation, shown on its front page
SELECT slug, kind, title, starts_on, ends_on, city, country, venue FROM event
WHERE is_published = 1 ORDER BY starts_on DESC, slug LIMIT 200;

-- name: events_of_account :many
-- Every event an account has a place in, newest first.
SELECT event.slug, event.title, event.starts_on, event.ends_on, event.is_published
FROM account_event JOIN event ON event.id = account_event.event_id
WHERE account_event.account_id = :account_id
ORDER BY event.starts_on DESC, event.slug LIMIT 200;

-- name: account_event_insert :exec
INSERT INTO account_event (account_id, event_id) VALUES (:account_id, :event_id)
ON CONFLICT (account_id, event_id) DO NOTHING;

-- name: themes_of_event :many
SELECT id, code, letter, title, summary, hue FROM theme
WHERE event_id = :event_id ORDER BY position, id;

-- name: theme_insert :exec
INSERT INTO theme (event_id, id, code, letter, title, summary, hue, position)
VALUES (:event_id, :id, :code, :letter, :title, :summary, :hue, :position);

-- name: theme_summarise :exec
UPDATE theme SET summary = :summary WHERE event_id = :event_id AND code = :code;

-- name: room_insert :exec
INSERT INTO room (event_id, id, code, name, capacity, notes, position)
VALUES (:event_id, :id, :code, :name, :capacity, :notes, :position);

-- name: rooms_of_event :many
SELECT id, code, name, capacity, notes FROM room
WHERE event_id = :event_id ORDER BY position, id;

-- name: letter_get :maybe
SELECT subject, body, rev FROM letter WHERE event_id = :event_id AND kind = :kind;

-- name: letter_upsert :exec
INSERT INTO letter (event_id, kind, subject, body) VALUES (:event_id, :kind, :subject, :body)
ON CONFLICT (event_id, kind) DO UPDATE
SET subject = excluded.subject, body = excluded.body, rev = letter.rev + 1;

-- name: event_zone :one
-- For what works in the queue and has no address to go by.
SELECT zone FROM event WHERE id = :event_id;
