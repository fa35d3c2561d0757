"""Intake: alerts of all models become cases, each alert in one, and the past ends as its labels say."""
