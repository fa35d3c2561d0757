-- What kind of case it was when it was opened, and who its customer is.
SELECT
  step.kind, step.channel, step.subject_kind, step.subject_id, step.opened_at, accounts.opened_at AS customer_since,
  accounts.kyc_country, accounts.customer_type
FROM desk_steps AS step
LEFT JOIN accounts ON step.subject_kind = 'account' AND accounts.account_id = step.subject_id
WHERE step.case_id = $case_id AND step.version = 1
