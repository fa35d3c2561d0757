"""Freezes: money stopped by policy, by people under two signatures or by an order, to its end."""
