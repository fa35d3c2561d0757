-- Which requests of authorities, or of users, fit what a person chose, and how does the clock of each stand now?
WITH standing AS (
  SELECT
    *,
    status IN ('received', 'checking', 'verified', 'doubtful', 'answering', 'waiting_approval') AS is_live,
    CASE
      WHEN answered_at IS NULL THEN request_clock(answered_at, at_risk_at, due_at, $now::TIMESTAMP)
      WHEN answered_at > due_at THEN 'answered_late'
      ELSE 'answered_in_time'
    END AS clock,
    answered_at IS NULL AND (status = 'doubtful' OR authenticity < 0.5) AS is_doubtful
  FROM desk_requests
)
SELECT
  request_id, clock, due_at,
  CASE WHEN is_live THEN date_diff('minute', $now::TIMESTAMP, due_at) / 60 END AS hours_left,
  request_class, agency, agency_kind, country, status, authenticity, missing,
  concat_ws(',', CASE WHEN is_doubtful THEN 'doubtful' END, CASE WHEN is_secret THEN 'secret' END) AS marks,
  is_secret, is_doubtful, accounts, account_ids, amount, asset, received_at, answered_at, date_diff('minute', received_at, answered_at) / 60 AS hours_taken, outcome,
  is_narrowed, channel, place, officer, reference, legal_basis, case_id
FROM standing
WHERE asker = $asker::VARCHAR
  AND ($region::VARCHAR IS NULL OR place = $region::VARCHAR)
  AND ($class::VARCHAR[] IS NULL OR list_contains($class::VARCHAR[], request_class))
  AND ($clock::VARCHAR[] IS NULL OR list_contains($clock::VARCHAR[], clock))
  AND ($status::VARCHAR[] IS NULL OR list_contains($status::VARCHAR[], status))
  AND ($outcome::VARCHAR IS NULL OR outcome = $outcome::VARCHAR)
  AND ($country::VARCHAR IS NULL OR country = $country::VARCHAR)
  AND ($agency_kind::VARCHAR IS NULL OR agency_kind = $agency_kind::VARCHAR)
  AND (NOT $doubtful::BOOLEAN OR is_doubtful)
  AND ($due_by::TIMESTAMP IS NULL OR (is_live AND due_at >= $now::TIMESTAMP AND due_at <= $due_by::TIMESTAMP))
  AND ($received_from::TIMESTAMP IS NULL OR received_at >= $received_from::TIMESTAMP)
  AND ($received_before::TIMESTAMP IS NULL OR received_at < $received_before::TIMESTAMP)
  AND ($answered_from::TIMESTAMP IS NULL OR answered_at >= $answered_from::TIMESTAMP)
  AND ($answered_before::TIMESTAMP IS NULL OR answered_at < $answered_before::TIMESTAMP)
  AND (
    $word_1::VARCHAR IS NULL
    OR len(
      list_filter(
        [$word_1::VARCHAR, $word_2::VARCHAR, $word_3::VARCHAR, $word_4::VARCHAR],
        lambda word: word IS NOT NULL AND NOT contains(
          lower(concat_ws(' ', request_id, agency, officer, reference, legal_basis, words, array_to_string(account_ids, ' '))),
          word
        )
      )
    ) = 0
  )
ORDER BY
  is_live DESC,
  CASE WHEN $order::VARCHAR = 'urgent' AND NOT (is_live AND request_class = 'emergency') THEN 1 ELSE 0 END,
  CASE $order::VARCHAR
    WHEN 'urgent' THEN epoch(CASE WHEN is_live THEN due_at END)
    WHEN 'due' THEN epoch(CASE WHEN is_live THEN due_at END)
    WHEN 'doubt' THEN coalesce(authenticity, 2)
    WHEN 'oldest' THEN epoch(received_at)
  END NULLS LAST,
  received_at DESC,
  request_id
