-- What several statements look for, in the same words: a list and its count, two searches.

-- where: registration_words
-- Those with every word of a search. Each :word… is the beginning of a search token and :word…_end the
-- first text after all that begin so; '' takes everything.
-- type: word1 text
-- type: word1_end text
-- type: word2 text
-- type: word2_end text
-- type: word3 text
-- type: word3_end text
(:word1 = '' OR EXISTS (SELECT 1 FROM search_token
  WHERE search_token.event_id = registration.event_id AND search_token.kind = 'registration'
    AND search_token.id = registration.id
    AND search_token.token >= :word1 AND search_token.token < :word1_end))
AND (:word2 = '' OR EXISTS (SELECT 1 FROM search_token
  WHERE search_token.event_id = registration.event_id AND search_token.kind = 'registration'
    AND search_token.id = registration.id
    AND search_token.token >= :word2 AND search_token.token < :word2_end))
AND (:word3 = '' OR EXISTS (SELECT 1 FROM search_token
  WHERE search_token.event_id = registration.event_id AND search_token.kind = 'registration'
    AND search_token.id = registration.id
    AND search_token.token >= :word3 AND search_token.token < :word3_end))

-- where: submission_words
-- The same for submissions.
-- type: word1 text
-- type: word1_end text
-- type: word2 text
-- type: word2_end text
-- type: word3 text
-- type: word3_end text
(:word1 = '' OR EXISTS (SELECT 1 FROM search_token
  WHERE search_token.event_id = submission.event_id AND search_token.kind = 'submission'
    AND search_token.id = submission.id
    AND search_token.token >= :word1 AND search_token.token < :word1_end))
AND (:word2 = '' OR EXISTS (SELECT 1 FROM search_token
  WHERE search_token.event_id = submission.event_id AND search_token.kind = 'submission'
    AND search_token.id = submission.id
    AND search_token.token >= :word2 AND search_token.token < :word2_end))
AND (:word3 = '' OR EXISTS (SELECT 1 FROM search_token
  WHERE search_token.event_id = submission.event_id AND search_token.kind = 'submission'
    AND search_token.id = submission.id
    AND search_token.token >= :word3 AND search_token.token < :word3_end))

-- where: bids_wanted
-- A reviewer's filter. :theme '' takes every theme; :is_left 1 only what they have said nothing about.
-- type: theme text
-- type: is_left int
(:theme = '' OR EXISTS (SELECT 1 FROM version_theme JOIN theme
  ON theme.event_id = version_theme.event_id AND theme.id = version_theme.theme_id
  WHERE version_theme.event_id = submission.event_id
    AND version_theme.submission_id = submission.id
    AND version_theme.version = submission.version AND theme.code = :theme))
AND (:is_left = 0 OR bid.bid IS NULL)
AND /*@where submission_words*/

-- where: registration_wanted
-- The organisers' filter. '' as :state or :owes takes everything; :owes is the state of the purchase,
-- or 'refund' for cancelled ones of which money is still here.
-- type: owes text
(:state = '' OR registration.state = :state)
AND (:owes = '' OR purchase.state = :owes
  OR (:owes = 'refund' AND purchase.state = 'cancelled' AND purchase.paid > 0))
AND /*@where registration_words*/
