"""Cases of the security desk: steps that only grow, the state they lead to, and what people do with it."""
