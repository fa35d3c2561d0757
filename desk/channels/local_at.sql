-- The local time of a channel at an instant in UTC; UTC itself for a channel that is not configured.
CREATE OR REPLACE MACRO local_at(slug, moment) AS moment + to_minutes(coalesce((
  SELECT max_by(offset_minutes, since_at)
  FROM desk_offsets
  WHERE channel = slug AND since_at <= moment
), 0))
