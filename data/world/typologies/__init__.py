"""The crimes of the demonstration, one file a typology."""
