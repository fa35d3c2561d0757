"""Anomalies: how unlike its own past and its peers an account behaves, learned without any label."""
