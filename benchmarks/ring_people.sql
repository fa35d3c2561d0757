-- What kind of honest customer each account is, its family or campus, and whether it ever committed a crime.
SELECT
  account_id,
  hard_negative,
  group_number,
  account_id NOT IN (SELECT account_id FROM read_parquet($truth)) AS is_innocent
FROM read_parquet($accounts)
ORDER BY account_id
