"""The tab Recoveries: claims of mistaken transfers."""
