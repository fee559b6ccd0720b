-- as: queries/policy.sql
-- expect: schema/queries/policy.sql:6: no such column: submission.colour
-- visible: submission
-- type: viewer_id int
submission.owner_id = :viewer_id
  AND submission.colour = 1
-- visible: review
/*@visible submission*/
