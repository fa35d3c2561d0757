-- Which account stood in which alarmed ring and when; stays that ended before the alarm are left out.
SELECT member.ring_id, member.account_id, member.since, member.until, rings.alarmed_at
FROM ring_members AS member
JOIN rings USING (ring_id)
WHERE member.until IS NULL OR member.until > rings.alarmed_at
ORDER BY member.since, member.ring_id, member.account_id
