-- as: queries/policy.sql
-- expect: schema/queries/policy.sql:8: the predicate talk is empty
-- visible: submission
-- type: viewer_id int
submission.owner_id = :viewer_id
-- visible: review
/*@visible submission*/
-- visible: talk
-- Nobody, or everybody?
