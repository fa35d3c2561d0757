"""Monitoring: whether what models see, say and get right is still what they were trained and judged on."""
