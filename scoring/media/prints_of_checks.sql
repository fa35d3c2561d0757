-- Every identity check that has a fingerprint, in the order of time; what is no fingerprint is null.
WITH told AS (
  SELECT
    event_id,
    if(regexp_full_match(face_print, '[0-9a-fA-F]{64}'), face_print, NULL) AS face,
    if(regexp_full_match(background_print, '[0-9a-fA-F]{64}'), background_print, NULL) AS background,
    if(regexp_full_match(video_print, '[0-9a-fA-F]{64}'), video_print, NULL) AS video,
    if(regexp_full_match(document_print, '[0-9a-fA-F]{64}'), document_print, NULL) AS document
  FROM check_media
)
SELECT
  spine.event_key,
  spine.event_id,
  spine.account_id,
  spine.t,
  told.face,
  told.background,
  told.video,
  told.document
FROM told JOIN spine ON spine.event_id = told.event_id AND spine.stream = 'liveness'
WHERE coalesce(told.face, told.background, told.video, told.document) IS NOT NULL
ORDER BY spine.t, spine.event_key
