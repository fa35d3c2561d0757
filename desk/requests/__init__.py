"""Requests: what authorities, and apart from them users, ask for, from arrival to answer."""
