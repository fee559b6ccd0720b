-- What several statements look for.

-- where: finished
-- At least as good as :least.
-- type: least real
review.score >= :least OR review.finished_at IS NOT NULL
