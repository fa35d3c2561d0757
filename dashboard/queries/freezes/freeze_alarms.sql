-- How many provisional holds end within a day, and how many reviews and appeals wait, with the value of each.
SELECT
  count(*) FILTER (status = 'provisional' AND expires_at < $now + INTERVAL 24 HOUR) AS ending,
  coalesce(sum(remaining) FILTER (status = 'provisional' AND expires_at < $now + INTERVAL 24 HOUR), 0) AS ending_value,
  min(expires_at) FILTER (status = 'provisional') AS next_end,
  count(*) FILTER (status = 'active' AND review_by < $now) AS overdue,
  coalesce(sum(remaining) FILTER (status = 'active' AND review_by < $now), 0) AS overdue_value,
  count(*) FILTER (appeal = 'filed') AS appealed,
  coalesce(sum(remaining) FILTER (appeal = 'filed'), 0) AS appealed_value,
  count(*) FILTER (status = 'requested') AS requested,
  coalesce(sum(amount) FILTER (status = 'requested'), 0) AS requested_value
FROM desk_freezes
WHERE $region IS NULL OR region = $region
