"""Evidence: packs of what is known of a case, ring, request or freeze, signed, that prove they are whole."""
