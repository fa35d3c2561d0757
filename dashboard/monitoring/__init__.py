"""The parts of Models and policy that say whether models still hold: drift, performance, fairness, labels."""
