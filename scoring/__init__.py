"""Scoring: features, models, explanations, policy and the tables that pages read."""

import os

# Read when the trees' OpenMP is loaded, after this package. By default its threads spin while they wait for
# each other: beside one busy process on two cores a training of 2.4 s took 44 s, and 2.5 to 3.1 s asleep.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
