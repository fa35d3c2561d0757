"""Recoveries: claims of transfers that went wrong, from the claim to the money that is paid back, or not."""
