-- Let go of the events as numbers; what stays of them are their features.
DROP TABLE moments CASCADE
