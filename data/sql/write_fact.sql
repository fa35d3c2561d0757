-- Writes the fact called $name.
INSERT INTO settings VALUES ($name, $value)
