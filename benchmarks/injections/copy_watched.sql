-- The watched events of one area, to be altered.
CREATE OR REPLACE TEMP TABLE watched AS FROM kept_watched WHERE area = $area
