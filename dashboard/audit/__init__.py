"""The page Audit: the log, its proof, and administration."""
