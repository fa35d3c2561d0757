"""Capacity: what other thresholds or other staff would do to the desks, replayed on the alerts that came."""
