-- name: account_by_id :one
SELECT id, email, name, lang, is_operator, password_hash, created_at, disabled_at, rev
FROM account WHERE id = :id;

-- name: account_by_email :maybe
-- The account an address is proved for.
SELECT account.id, account.email, account.name, account.lang, account.is_operator,
  account.password_hash, account.disabled_at
FROM account_email JOIN account ON account.id = account_email.account_id
WHERE account_email.email_key = :email_key;

-- name: account_insert :exec
INSERT INTO account (id, email, name, sort_key, lang, is_operator, created_at)
VALUES (:id, :email, :name, :sort_key, :lang, :is_operator, :created_at);

-- name: account_email_insert :exec
-- An address already proved for the same account stays; CONFLICT never: the caller looked first.
INSERT INTO account_email (email_key, account_id, email, verified_at)
VALUES (:email_key, :account_id, :email, :verified_at)
ON CONFLICT (email_key) DO NOTHING;

-- name: account_emails :many
SELECT email_key, email, verified_at FROM account_email
WHERE account_id = :account_id ORDER BY verified_at, email_key;

-- name: account_update :exec
-- n_changed 0: another change came first.
UPDATE account SET name = :name, sort_key = :sort_key, lang = :lang, rev = rev + 1
WHERE id = :id AND rev = :rev;

-- name: account_set_password :exec
UPDATE account SET password_hash = :password_hash, rev = rev + 1 WHERE id = :id;

-- name: account_set_operator :exec
UPDATE account SET is_operator = :is_operator WHERE id = :id;

-- name: account_count :one
-- Is there any account? Asked at start.
-- scan: stops at the first row
-- type: n int
SELECT count(*) AS n FROM (SELECT id FROM account LIMIT 1) AS any_account;

-- name: signin_link_insert :exec
INSERT INTO signin_link (token_hash, email, email_key, next_path, name, is_reusable, created_at,
  expires_at)
VALUES (:token_hash, :email, :email_key, :next_path, :name, :is_reusable, :created_at, :expires_at);

-- name: signin_link_get :maybe
SELECT email, email_key, next_path, name, is_reusable, expires_at, used_at
FROM signin_link WHERE token_hash = :token_hash;

-- name: signin_link_use :exec
-- n_changed 0: used already, or too old.
-- type: now int
UPDATE signin_link SET used_at = :now
WHERE token_hash = :token_hash AND expires_at > :now AND (used_at IS NULL OR is_reusable = 1);

-- name: signin_insert :exec
INSERT INTO signin (token_hash, account_id, code, browser, created_at, last_seen_at, expires_at)
VALUES (:token_hash, :account_id, :code, :browser, :created_at, :last_seen_at, :expires_at);

-- name: signin_by_token :maybe
-- The signed-in account of a browser; the caller compares expires_at.
SELECT signin.account_id, signin.last_seen_at, signin.expires_at, account.email, account.name,
  account.lang, account.is_operator, account.disabled_at
FROM signin JOIN account ON account.id = signin.account_id
WHERE signin.token_hash = :token_hash;

-- name: signin_touch :exec
UPDATE signin SET last_seen_at = :last_seen_at, expires_at = :expires_at
WHERE token_hash = :token_hash;

-- name: signin_delete :exec
DELETE FROM signin WHERE token_hash = :token_hash;

-- name: signin_delete_by_code :exec
DELETE FROM signin WHERE account_id = :account_id AND code = :code;

-- name: signin_delete_others :exec
DELETE FROM signin WHERE account_id = :account_id AND token_hash <> :token_hash;

-- name: signins_of_account :many
SELECT code, token_hash, browser, created_at, last_seen_at FROM signin
WHERE account_id = :account_id ORDER BY last_seen_at DESC;

-- name: access_token_insert :exec
INSERT INTO access_token (token_hash, account_id, code, name, created_at, expires_at)
VALUES (:token_hash, :account_id, :code, :name, :created_at, :expires_at);

-- name: access_token_get :maybe
SELECT access_token.account_id, access_token.expires_at, access_token.revoked_at,
  account.email, account.name, account.lang, account.is_operator, account.disabled_at
FROM access_token JOIN account ON account.id = access_token.account_id
WHERE access_token.token_hash = :token_hash;

-- name: access_tokens_of_account :many
SELECT code, name, created_at, expires_at, last_used_at, revoked_at FROM access_token
WHERE account_id = :account_id ORDER BY created_at DESC;

-- name: access_token_revoke :exec
UPDATE access_token SET revoked_at = :revoked_at
WHERE account_id = :account_id AND code = :code AND revoked_at IS NULL;

-- name: idempotency_get :maybe
SELECT request_sha256, location, is_created FROM idempotency
WHERE event_id = :event_id AND key_hash = :key_hash;

-- name: idempotency_insert :exec
INSERT INTO idempotency (event_id, key_hash, request_sha256, location, is_created, created_at)
VALUES (:event_id, :key_hash, :request_sha256, :location, :is_created, :created_at);

-- name: idempotency_purge :exec
-- type: before int
DELETE FROM idempotency WHERE event_id = :event_id AND created_at < :before;

-- name: audit_insert :exec
INSERT INTO audit (event_id, id, at, person_id, verb, ref_code, detail)
VALUES (:event_id, :id, :at, :person_id, :verb, :ref_code, :detail);
