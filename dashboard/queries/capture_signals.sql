-- What the camera and the capture kit reported of one identity check.
SELECT purpose, vendor_outcome, is_virtual_camera, is_emulator, frame_jitter_ms, sensor_noise, frame_rate, frame_height,
       attempt, duration_seconds, prompts_obeyed, prompt_delay_ms, gyro_motion, media_score
FROM liveness_checks
WHERE event_id = $event_id
