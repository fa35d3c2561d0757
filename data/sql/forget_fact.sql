-- Removes the fact called $name before it is written again.
DELETE FROM settings WHERE name = $name
