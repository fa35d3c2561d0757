"""Regional channels: who looks at what, when, how soon, and who is told."""
