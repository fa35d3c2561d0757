-- Which rows of the file just staged cannot be taken: faulty by themselves, or against what is known?
SELECT record, fault_column, fault_reason
FROM staged
WHERE fault_reason IS NOT NULL
UNION ALL
SELECT record, NULL AS fault_column, reason AS fault_reason
FROM verdicts
WHERE reason IS NOT NULL
