"""The ledger: where money that was stopped lies, in double entry; the transfers only grow."""
