-- One row per account that knows its spend and the stages of its leads: spend, leads and qualified leads of all days whose
-- leads are old enough to be judged.
-- Reads:  marts.delivery_corrected, marts.leads_corrected, marts.accounts
-- Params: $last_day (date), $as_of
WITH known AS (
  SELECT account_key, account_id, $last_day::DATE - horizon_days AS mature_until FROM marts.accounts
  WHERE marts.knew(spend_since, $as_of) AND marts.knew_stages(staged, logged_since, $as_of)
),
parts AS (
  SELECT d.account_key, min(d.day) AS first_day, sum(d.spend_minor) AS spend_minor,
         sum(d.spend_all_in_minor) AS spend_all_in_minor
  FROM marts.delivery_corrected AS d JOIN known AS k USING (account_key) WHERE d.day <= k.mature_until /*narrow d*/
  GROUP BY ALL
  UNION ALL BY NAME
  SELECT l.account_key, sum(l.weight) AS leads,
         sum(l.weight) FILTER (WHERE l.stage IN ('qualified', 'meeting', 'won')) AS qualified
  FROM marts.leads_corrected AS l JOIN known AS k USING (account_key) WHERE l.arrival_day <= k.mature_until /*narrow l*/
  GROUP BY ALL
)
SELECT k.account_id, min(p.first_day) AS first_day, max(k.mature_until) AS mature_until,
       coalesce(sum(p.spend_minor), 0)::BIGINT AS spend_minor,
       coalesce(sum(p.spend_all_in_minor), 0)::BIGINT AS spend_all_in_minor, coalesce(sum(p.leads), 0)::BIGINT AS leads,
       coalesce(sum(p.qualified), 0)::BIGINT AS qualified
FROM parts AS p JOIN known AS k USING (account_key) GROUP BY k.account_id
ORDER BY spend_all_in_minor DESC, k.account_id;
