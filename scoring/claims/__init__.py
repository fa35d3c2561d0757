"""Claims of mistaken transfers: how likely each is false, learned from those whose end was known then."""
