/** Cases in which we differ from Great Expectations on purpose, by id, each with its reason. */
export const KNOWN_DIFFERENCES: ReadonlyMap<string, string> = new Map([
  [
    "expect_column_stdev_to_be_between/0.7/positive_test__exact_min_and_max_sqlalchemy",
    "the twin of 0.3 for SQL, which wants the neighbouring double; one stdev can't be both, and ours is that of pandas",
  ],
  [
    "expect_column_values_to_be_between/0.28/test_conditional_expectation_passes",
    "its condition names a column of mixed types, which a typed table can't hold and the case's table lacks",
  ],
]);
