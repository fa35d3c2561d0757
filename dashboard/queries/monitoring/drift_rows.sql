-- Every comparison of $model in $area that moved, the newest week and the furthest first.
SELECT week, subject, kind, psi, psi_limit, psi_newest, newest_limit, is_sudden, events, before, p_adjusted, dispersion, model_version
FROM monitor_drift
WHERE area = $area AND model = $model AND is_moved
ORDER BY week DESC, psi / psi_limit DESC, subject
