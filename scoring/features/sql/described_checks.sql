-- Every identity check as numbers: what any event has, what the capture kit measured, where its media came before.
CREATE OR REPLACE TEMP VIEW described_checks AS
SELECT
  moments.*,
  checks.is_virtual_camera,
  checks.is_emulator AS is_emulated_capture,
  checks.frame_jitter_ms,
  checks.sensor_noise,
  checks.frame_rate,
  checks.frame_height,
  checks.attempt,
  checks.duration_seconds,
  checks.prompts_obeyed,
  checks.prompt_delay_ms,
  checks.gyro_motion,
  checks.media_score,
  checks.purpose = 'onboarding' AS is_for_onboarding,
  checks.purpose = 'recovery' AS is_for_recovery,
  media.* EXCLUDE (
    event_id, source, drawn_from, problem, frames, faces, fingerprint_ms, media_ms, face_print, background_print,
    video_print, document_print, light, skin_tone, ingest_seq, file_id
  ),
  reuse.face_accounts,
  reuse.background_accounts,
  reuse.video_accounts,
  reuse.document_accounts,
  reuse.nearest_bits,
  -- The least of nothing and a limit would be the limit.
  if(reuse.since_media_seconds > 7776000.0, 7776000.0, reuse.since_media_seconds) AS since_media_seconds,
  reuse.lockstep_accounts
FROM moments
JOIN liveness_checks AS checks ON checks.ingest_seq = moments.event_key
LEFT JOIN check_media AS media ON media.event_id = checks.event_id
LEFT JOIN media_reuse AS reuse ON reuse.event_key = moments.event_key
