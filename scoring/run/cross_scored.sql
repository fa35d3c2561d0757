-- The sampled events of every quarter as every model in force would have decided them.
CREATE OR REPLACE TABLE cross_scored AS
SELECT quarter, region, model, model_version, policy_version, events, flagged, alerts FROM crossed
