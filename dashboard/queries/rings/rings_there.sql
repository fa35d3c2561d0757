-- How many rings raised an alarm in all the store's time, and how many candidates there were.
SELECT (SELECT count(*) FROM rings) AS rings,
  (SELECT count(DISTINCT ring_id) FROM ring_features) AS candidates
