-- The features of one area's sampled transactions and sign-ins, to be altered.
CREATE OR REPLACE TEMP TABLE fraud_features AS
SELECT f.*
FROM main.fraud_features AS f
SEMI JOIN kept_watched AS watched ON watched.event_key = f.event_key AND watched.area = $area AND watched.is_sampled
