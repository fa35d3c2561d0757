-- One identity check: how it was decided, where its media come from, and what is known of it by now.
WITH facts AS MATERIALIZED (SELECT * FROM check_facts WHERE event_id = $event_id),
own AS (
  SELECT event_id, threshold, sentence, model_version, policy_version, is_in_training, device_id, ip, network_country
  FROM scored
  WHERE account_id = (SELECT account_id FROM facts) AND event_id = $event_id
)
SELECT facts.*, own.* EXCLUDE (event_id), media.source, media.drawn_from, media.frames, media.faces,
  told.base_probability, told.nearest_change, checks.vendor_outcome, checks.media_path, files.path AS file_path
FROM facts
LEFT JOIN own USING (event_id)
LEFT JOIN (SELECT * FROM check_media WHERE event_id = $event_id) AS media USING (event_id)
LEFT JOIN (SELECT * FROM explanations WHERE event_id = $event_id) AS told USING (event_id)
LEFT JOIN (SELECT * FROM liveness_checks WHERE event_id = $event_id) AS checks USING (event_id)
LEFT JOIN files ON files.file_id = checks.file_id
