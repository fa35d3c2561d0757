-- One ring as it was at a moment: its score and size then, and why the program believes in it.
SELECT ring_id, coalesce(rings.alarmed_at, rings.found_at) AS since,
       CASE WHEN rings.ended_at <= $until THEN rings.ended_at END AS left_at,
       (SELECT arg_max(score, as_of) FROM ring_history WHERE ring_id = $ring_id AND as_of <= $until) AS score,
       (SELECT arg_max(accounts, as_of) FROM ring_history WHERE ring_id = $ring_id AND as_of <= $until) AS accounts,
       rings.sentence, rings.pattern
FROM rings
WHERE ring_id = $ring_id AND rings.found_at <= $until
