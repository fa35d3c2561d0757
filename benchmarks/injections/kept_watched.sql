-- The events that are watched, kept as they are while copies are altered.
CREATE OR REPLACE TEMP TABLE kept_watched AS FROM watched
