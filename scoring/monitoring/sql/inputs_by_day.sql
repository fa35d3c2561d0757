-- How many sampled events of each day and area had which device, network, asset, scale of amounts, kind, country and decision.
CREATE OR REPLACE TEMP TABLE inputs_by_day AS
WITH told AS (
  SELECT
    model, model_version, area, CAST(occurred_at AS DATE) AS day,
    device_class, device_maker, device_system, network_kind, network_country, country, kind, account_age,
    asset, amount_scale, decision,
    -- Bins of a unit of log-odds, from one in 3,000 to nine in ten, as letters so that they sort.
    chr(CAST(97 + greatest(0, least(10, floor(ln(greatest(score, 1e-9) / greatest(1 - score, 1e-9)) + 8))) AS INTEGER))
      AS score
  FROM watched
  WHERE is_sampled
)
SELECT model, model_version, area, day, subject, value, count(*) AS events
FROM told
UNPIVOT (
  value FOR subject IN (
    device_class, device_maker, device_system, network_kind, network_country, country, kind, account_age,
    asset, amount_scale, decision, score
  )
)
GROUP BY ALL
