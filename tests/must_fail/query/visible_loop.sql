-- as: queries/policy.sql
-- expect: schema/queries/policy.sql:5: the predicate review contains itself
-- expect: schema/queries/policy.sql:7: the predicate submission contains itself
-- visible: submission
/*@visible review*/
-- visible: review
/*@visible submission*/
