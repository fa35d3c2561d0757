-- The accounts of one cluster of re-used media and what each did after its first check in it.
SELECT account_id, first_check_at, has_passed, events_after, moved_in::DOUBLE AS moved_in, moved_out::DOUBLE AS moved_out,
  stopped_out::DOUBLE AS stopped_out, profile.state
FROM cluster_accounts LEFT JOIN account_profiles AS profile USING (account_id)
WHERE cluster_id = $cluster
ORDER BY moved_out DESC, moved_in DESC, first_check_at, account_id
