"""The policy lab on the screen: levers, what they would have done, what they will do, and the roll-out."""
