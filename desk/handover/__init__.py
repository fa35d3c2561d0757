"""The handover at shift end: what the shift leaves to the next one, as text, and who accepted it."""
