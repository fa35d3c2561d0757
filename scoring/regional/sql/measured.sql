-- The areas in which a dated measure was taken, and the regions around the countries apart among them.
SELECT DISTINCT unnest([coalesce(areas.area, interventions.region), interventions.region]) AS area
FROM interventions
LEFT JOIN areas ON areas.country = interventions.country
WHERE interventions.region IS NOT NULL
