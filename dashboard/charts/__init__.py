"""Charts: one file a kind, each a function from plain columns and a palette to a figure with its words."""
