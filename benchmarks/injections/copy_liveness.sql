-- The features of one area's sampled identity checks, to be altered.
CREATE OR REPLACE TEMP TABLE liveness_features AS
SELECT f.*
FROM main.liveness_features AS f
SEMI JOIN kept_watched AS watched ON watched.event_key = f.event_key AND watched.area = $area AND watched.is_sampled
