"""Anomalies on the screen: beside a fraud score, on an account's page, and what they find in an area."""
