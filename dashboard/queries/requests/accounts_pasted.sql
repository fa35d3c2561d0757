-- Which of the accounts that somebody wrote down are here, in the order in which they were written?
SELECT given.account_id, known.account_id IS NOT NULL AS is_here, risk.region, risk.country
FROM (
  SELECT unnest($accounts::VARCHAR[]) AS account_id, unnest(range(1, len($accounts::VARCHAR[]) + 1)) AS place
) AS given
LEFT JOIN accounts AS known ON known.account_id = given.account_id
LEFT JOIN account_risk AS risk ON risk.account_id = given.account_id
ORDER BY given.place
