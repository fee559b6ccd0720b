-- as: queries/policy.sql
-- expect: schema/queries/policy.sql:8: the predicate review is there already
-- visible: submission
-- type: viewer_id int
submission.owner_id = :viewer_id
-- visible: review
/*@visible submission*/
-- visible: review
/*@visible submission*/
