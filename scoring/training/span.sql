-- When the first event of $streams happened, and the last event of any stream.
SELECT min(occurred_at) FILTER (list_contains($streams, stream)), max(occurred_at)
FROM spine
