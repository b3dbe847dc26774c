-- One row per segment of the selection: what its campaigns spent and what became of its leads. Segment null: what
-- belongs to none. Where spend cannot be told apart so, it is left out ($attributable).
-- Reads:  marts.delivery_corrected, marts.leads_corrected, marts.campaigns, marts.accounts
-- Params: $from, $to (dates, inclusive), $attributable, $as_of
WITH accounts AS (
  SELECT account_key, marts.knew(spend_since, $as_of) AS knows_spend, marts.knew(leads_since, $as_of) AS knows_leads,
         marts.knew_stages(staged, logged_since, $as_of) AS knows_stages
  FROM marts.accounts
),
delivered AS (
  SELECT d.account_key, d.project_key, d.campaign_key, d.day AS at_day, NULL::BIGINT AS at_hour, c.daily_budget_minor,
         c.first_day, d.spend_minor
  FROM marts.delivery_corrected AS d JOIN marts.campaigns AS c USING (campaign_key)
  WHERE $attributable::BOOLEAN AND d.day BETWEEN $from::DATE AND $to::DATE /*narrow d*/
),
arrived AS (
  SELECT l.account_key, l.project_key, l.campaign_key, l.arrival_day AS at_day, hour(l.arrival_at) AS at_hour,
         c.daily_budget_minor, coalesce(c.first_day, c.start_time::DATE) AS first_day, l.weight,
         l.stage IS NOT NULL AND NOT l.undecided AS judged, l.undecided,
         l.stage IN ('qualified', 'meeting', 'won') AS qualified
  FROM marts.leads_corrected AS l LEFT JOIN marts.campaigns AS c USING (campaign_key)
  WHERE l.arrival_day BETWEEN $from::DATE AND $to::DATE /*narrow l*/
),
parts AS (
  SELECT p.project_key::BIGINT AS segment, p.account_key, p.campaign_key, count(*) AS n, sum(p.spend_minor) AS spend_minor
  FROM delivered AS p GROUP BY ALL
  UNION ALL BY NAME
  SELECT p.project_key::BIGINT AS segment, p.account_key, p.campaign_key, sum(p.weight) AS leads,
         sum(p.weight) FILTER (WHERE p.judged) AS judged, sum(p.weight) FILTER (WHERE p.undecided) AS undecided,
         sum(p.weight) FILTER (WHERE p.qualified) AS qualified
  FROM arrived AS p GROUP BY ALL
),
grouped AS (
  SELECT segment, count(DISTINCT campaign_key) AS campaigns, sum(n) AS n, sum(spend_minor) AS spend_minor,
         bool_or(knows_spend) AS knows_spend, marts.counted(sum(leads), bool_or(knows_leads)) AS leads,
         marts.counted(sum(judged), bool_or(knows_stages)) AS judged,
         marts.counted(sum(undecided), bool_or(knows_leads)) AS undecided,
         marts.counted(sum(qualified), bool_or(knows_stages)) AS qualified,
         sum(leads) FILTER (WHERE knows_stages) AS staged_leads,
         sum(spend_minor) FILTER (WHERE knows_leads) AS cpl_spend, sum(leads) FILTER (WHERE knows_spend) AS cpl_count,
         sum(spend_minor) FILTER (WHERE knows_stages) AS cpql_spend,
         sum(qualified) FILTER (WHERE knows_spend) AS cpql_count
  FROM parts JOIN accounts USING (account_key) GROUP BY segment
)
SELECT g.segment, g.campaigns, marts.total(g.spend_minor, g.n, g.knows_spend AND $attributable::BOOLEAN) AS spend_minor,
       g.leads, g.judged, g.undecided, g.qualified, coalesce(g.staged_leads, 0) AS staged_leads,
       coalesce(g.cpl_spend, 0) AS cpl_spend, coalesce(g.cpl_count, 0) AS cpl_count,
       coalesce(g.cpql_spend, 0) AS cpql_spend, coalesce(g.cpql_count, 0) AS cpql_count, p.project_name, a.account_id
FROM grouped AS g
LEFT JOIN marts.projects AS p ON p.project_key = g.segment
LEFT JOIN marts.accounts AS a ON a.account_key = g.segment
ORDER BY g.segment NULLS LAST;
