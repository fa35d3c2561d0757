-- Requests of an earlier desk with their papers, and those of users, that had come in by the watermark, in order of arrival.
SELECT
  request_id,
  coalesce(paper.asker, 'authority') AS asker,
  coalesce(asked.class, 'information') AS request_class,
  coalesce(asked.received_at, paper.received_at) AS received,
  asked.agency,
  asked.agency_kind,
  asked.country,
  coalesce(asked.account_id, paper.account_id) AS account_id,
  coalesce(asked.accounts, (paper.account_id IS NOT NULL)::INTEGER, 0) AS accounts,
  (asked.amount * 1000000)::BIGINT AS amount_micro,
  coalesce(asked.answered_at, paper.answered_at) AS answered,
  coalesce(asked.outcome, paper.outcome) AS outcome,
  coalesce(paper.channel, 'mail') AS channel,
  paper.officer,
  paper.contact,
  paper.reference,
  paper.legal_basis,
  coalesce(paper.words, '') AS words,
  string_split(nullif(paper.scope, ''), ';') AS scope_asked,
  paper.since,
  paper.until,
  string_split(nullif(paper.scope_given, ''), ';') AS scope_given,
  paper.narrowed_because,
  paper.called_at,
  paper.is_confirmed,
  coalesce(paper.is_secret, false) AS is_secret,
  paper.secret_until,
  paper.kept_until
FROM requests AS asked
FULL JOIN request_papers AS paper USING (request_id)
WHERE coalesce(asked.received_at, paper.received_at) <= $watermark
ORDER BY received, request_id
