-- Direct transfers between accounts of which each had an event that the fraud model held, froze or blocked.
WITH held AS (
  SELECT DISTINCT account_id FROM scored WHERE model = 'fraud' AND decision IN ('hold', 'freeze', 'block')
)
SELECT DISTINCT spine.account_id AS account_id, spine.counterparty AS artefact
FROM spine
SEMI JOIN held AS sender ON sender.account_id = spine.account_id
SEMI JOIN held AS receiver ON receiver.account_id = spine.counterparty
WHERE spine.kind = 'internal_transfer'
ORDER BY account_id, artefact
