"""Training shifts: past cases with the truth hidden, kept apart from everything that is real."""
