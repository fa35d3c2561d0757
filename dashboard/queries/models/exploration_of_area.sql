-- What the blocks of $area that were held at random instead showed in the quarters that begin from $starts to before $ends.
SELECT
  coalesce(sum(would_be_blocks), 0)::BIGINT AS would_be_blocks,
  coalesce(sum(blocked), 0)::BIGINT AS blocked,
  coalesce(sum(blocked_confirmed), 0)::BIGINT AS blocked_confirmed,
  coalesce(sum(blocked_cleared), 0)::BIGINT AS blocked_cleared,
  coalesce(sum(explored), 0)::BIGINT AS explored,
  coalesce(sum(judged), 0)::BIGINT AS judged,
  coalesce(sum(weight), 0) AS weight,
  coalesce(sum(weight_confirmed), 0) AS weight_confirmed,
  coalesce(sum(weight_squared), 0) AS weight_squared,
  sum(expected * would_be_blocks) / nullif(sum(would_be_blocks), 0) AS expected,
  coalesce(sum(value_held), 0) AS value_held,
  coalesce(sum(minutes), 0)::BIGINT AS minutes,
  coalesce(sum(spared), 0)::BIGINT AS spared
FROM exploration
WHERE area = $area AND quarter >= $starts AND quarter < $ends
