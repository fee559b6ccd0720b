-- as: queries/case.sql
-- expect: schema/queries/case.sql:6: locale is of two rows for PostgreSQL: write account.locale or excluded.locale
-- name: wrong :exec
INSERT INTO account (id, email, locale) VALUES (:id, :email, :locale)
ON CONFLICT (email) DO UPDATE SET id = excluded.id,
  locale = coalesce(excluded.locale, locale)
