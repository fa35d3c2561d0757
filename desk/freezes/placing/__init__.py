"""What policy stopped and authorities ordered, taken into the ledger: the past, and what is new."""
