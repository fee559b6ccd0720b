-- Who pays what: purchases, their lines, payments.

-- name: purchase_insert :exec
INSERT INTO purchase (event_id, id, code, payer_name, payer_email, payer_address, payer_reference,
  currency, total, state, created_at)
VALUES (:event_id, :id, :code, :payer_name, :payer_email, :payer_address, :payer_reference,
  :currency, :total, :state, :created_at);

-- name: purchase_line_insert :exec
INSERT INTO purchase_line (event_id, purchase_id, position, registration_id, title, amount)
VALUES (:event_id, :purchase_id, :position, :registration_id, :title, :amount);

-- name: lines_of_purchase :many
SELECT title, amount FROM purchase_line
WHERE event_id = :event_id AND purchase_id = :purchase_id ORDER BY position;

-- name: payments_of_purchase :many
SELECT payment.code, payment.amount, payment.method, payment.reference, payment.received_on,
  payment.recorded_at, person.name AS recorded_by
FROM payment
JOIN person ON person.event_id = payment.event_id AND person.id = payment.recorded_by_id
WHERE payment.event_id = :event_id AND payment.purchase_id = :purchase_id
ORDER BY payment.received_on, payment.id;

-- name: purchase_pay :maybe
-- Books an amount, negative for a refund. Nothing when more would go back than has come in.
-- type: amount int
UPDATE purchase SET paid = paid + :amount,
  state = CASE WHEN state = 'cancelled' THEN 'cancelled'
    WHEN paid + :amount >= total THEN 'paid' ELSE 'open' END,
  rev = rev + 1
WHERE event_id = :event_id AND id = :id AND paid + :amount >= 0
RETURNING code, payer_name, payer_email, currency, total, paid, state;

-- name: payment_insert :exec
INSERT INTO payment (event_id, id, code, purchase_id, amount, method, reference, received_on,
  recorded_at, recorded_by_id)
VALUES (:event_id, :id, :code, :purchase_id, :amount, :method, :reference, :received_on,
  :recorded_at, :recorded_by_id);

-- name: purchase_set_payer :exec
-- n_changed 0: it was changed since it was shown, or nothing is owed any more.
UPDATE purchase SET payer_name = :payer_name, payer_email = :payer_email,
  payer_address = :payer_address, payer_reference = :payer_reference, rev = rev + 1
WHERE event_id = :event_id AND id = :id AND rev = :rev AND state = 'open';

-- name: purchase_cancel :exec
-- Once none of its registrations is left.
UPDATE purchase SET state = 'cancelled', rev = rev + 1
WHERE event_id = :event_id AND id = :id AND state <> 'cancelled'
  AND NOT EXISTS (SELECT 1 FROM registration
    WHERE registration.event_id = purchase.event_id AND registration.purchase_id = purchase.id
      AND registration.state = 'confirmed');

-- name: purchase_totals :many
-- One row a state: how many, what they come to, what has come in.
-- type: n int
-- type: total int
-- type: paid int
-- type: n_with_money int
SELECT state, count(*) AS n, CAST(sum(total) AS BIGINT) AS total, CAST(sum(paid) AS BIGINT) AS paid,
  CAST(sum(CASE WHEN paid > 0 THEN 1 ELSE 0 END) AS BIGINT) AS n_with_money
FROM purchase WHERE event_id = :event_id GROUP BY state ORDER BY state;

-- name: payment_text_insert :exec
-- The organisers' words about how to pay stand with their letters. n_changed 0: there are some.
INSERT INTO letter (event_id, kind, subject, body) VALUES (:event_id, 'how_to_pay', '', :body)
ON CONFLICT (event_id, kind) DO NOTHING;

-- name: payment_text_update :exec
-- n_changed 0: somebody else has changed them.
UPDATE letter SET body = :body, rev = rev + 1
WHERE event_id = :event_id AND kind = 'how_to_pay' AND rev = :rev;
