"""Monitoring: whether what the models see, say and get right is still what they were trained and judged on."""
