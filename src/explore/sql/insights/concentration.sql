-- Accounts by spend, most first, with their share and the share of all up to them.
-- Reads:  insights
WITH spent AS (
  SELECT account_id, sum(spend_minor)::BIGINT AS spend_minor FROM insights GROUP BY 1 HAVING sum(spend_minor) > 0
)
SELECT account_id, spend_minor, spend_minor / sum(spend_minor) OVER () AS share,
       sum(spend_minor) OVER (ORDER BY spend_minor DESC, account_id) / sum(spend_minor) OVER () AS share_so_far
FROM spent ORDER BY spend_minor DESC, account_id
