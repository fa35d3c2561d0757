"""Evidence on the screen: the button that makes a pack, what was made, who holds it, and a check of one."""
