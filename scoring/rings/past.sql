-- A number for all that rings were found from before an instant, in microseconds: it changes when any of it does.
SELECT concat_ws('-',
  (SELECT concat_ws(':', count(*), bit_xor(hash(
      event_id, kind, outcome, account_id, t, micro, counterparty, device_id, ip, network_kind, network_country,
      region, country
    ))) FROM spine WHERE t < $until),
  (SELECT concat_ws(':', count(*), bit_xor(hash(label_id, outcome, account_id, incident_id, known_at)))
    FROM labels WHERE epoch_us(known_at) < $until),
  (SELECT bit_xor(hash(account_id, opened_at, kyc_country, referrer_id))
    -- An account without a date may have been there all along.
    FROM accounts WHERE coalesce(epoch_us(opened_at), 0) < $until),
  (SELECT bit_xor(hash(event_id, other_event_id, media_matches.kind, distance))
    FROM media_matches JOIN spine USING (event_id) WHERE spine.t < $until),
  (SELECT bit_xor(hash(event_key, face_accounts, video_accounts))
    FROM media_reuse JOIN spine USING (event_key) WHERE spine.t < $until)
) AS past
