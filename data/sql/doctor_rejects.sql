-- Which columns of which tables had rows rejected, how many, and what is an example?
SELECT table_name, coalesce(column_name, 'the whole row') AS column_name, count(*) AS rows,
       arg_min(path || ', line ' || line || ': ' || reason, reject_id) AS example
FROM rejects
GROUP BY ALL
ORDER BY rows DESC, table_name, column_name
