"""Charts: one file a kind, each a function from plain columns and a palette to a plotly figure with its words."""
