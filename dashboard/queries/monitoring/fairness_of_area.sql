-- Wrongful holds of honest customers in $area by group, of the newest quarter by $ends that was judged.
SELECT *
FROM fairness
WHERE area = $area
  AND quarter = (SELECT max(quarter) FROM fairness WHERE area = $area AND quarter < $ends)
  AND cut = $cut
ORDER BY rate DESC, part
