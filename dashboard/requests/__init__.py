"""The page Requests: intake, clocks, answers, and what is published of them."""
