-- Accounts with at least fifty leads since the status log is kept, by the share of them that was judged.
-- Reads:  leads
WITH counted AS (
  SELECT account_id, count(*) AS leads, count(*) FILTER (NOT undecided AND stage IS NOT NULL) AS judged
  FROM leads WHERE logged GROUP BY 1 HAVING count(*) >= 50
),
ranked AS (
  SELECT *, judged / leads AS share, ntile(4) OVER (ORDER BY judged / leads, account_id) AS quarter FROM counted
)
SELECT quarter, count(*) AS accounts, sum(leads)::BIGINT AS leads, sum(judged)::BIGINT AS judged
FROM ranked GROUP BY 1 ORDER BY 1
