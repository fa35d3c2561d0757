"""The page Freezes: totals, ageing, approvals, an account's ledger."""
