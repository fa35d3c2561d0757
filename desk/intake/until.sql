-- Up to where intake reads: the store's last event, and the last label that arrived.
SELECT (SELECT max(occurred_at) FROM spine) AS watermark, (SELECT coalesce(max(ingest_seq), 0) FROM labels) AS labels_seq
