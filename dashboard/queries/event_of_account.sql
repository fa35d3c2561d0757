-- One event of one account, as it was scored and decided.
WITH own AS MATERIALIZED (SELECT * FROM scored WHERE account_id = $account_id AND event_id = $event_id)
SELECT own.event_id, own.account_id, own.occurred_at, own.stream, own.kind, own.outcome, own.amount::DOUBLE AS amount,
       own.asset, own.counterparty, own.device_id, own.ip, own.region, own.country, own.network_country, own.network_kind,
       own.model, own.model_version, own.score, own.threshold, own.decision, own.policy_version, own.is_in_training,
       own.is_explained, own.reason, own.sentence, e.base_probability, e.nearest_change, acts.act, acts.by_score
FROM own
LEFT JOIN (SELECT * FROM explanations WHERE event_id = $event_id) AS e USING (event_id)
LEFT JOIN (SELECT * FROM policy_acts WHERE event_id = $event_id) AS acts USING (event_id)
