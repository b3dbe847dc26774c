-- Campaigns with leads of which none is qualified, one row per campaign. undecided: leads nobody has judged; a status in no
-- stage is neither undecided nor a judgement.
-- Reads:  leads, insights, campaigns
SELECT l.campaign_id AS item, l.campaign_id AS label, l.account_id, s.spend_minor AS money_minor, l.leads,
       coalesce(c.file_id, s.file_id, l.file_id) AS file_id, coalesce(c.line, s.line, l.line) AS line, l.campaign_id,
       c.project_name, l.leads AS leads_in_all, l.undecided, l.judged, s.spend_minor
FROM (
  SELECT account_id, campaign_id, count(*) AS leads, count(*) FILTER (WHERE undecided) AS undecided,
         count(*) FILTER (WHERE stage IS NOT NULL AND NOT undecided) AS judged,
         count(*) FILTER (WHERE stage IN ('qualified', 'meeting', 'won')) AS qualified, min(file_id) AS file_id, arg_min(line, (file_id, line)) AS line
  FROM leads WHERE campaign_id IS NOT NULL GROUP BY ALL
) AS l
LEFT JOIN (SELECT account_id, campaign_id, sum(spend_minor)::BIGINT AS spend_minor, min(file_id) AS file_id, arg_min(line, (file_id, line)) AS line
           FROM insights GROUP BY ALL) AS s USING (account_id, campaign_id)
LEFT JOIN campaigns AS c ON c.account_id = l.account_id AND c.campaign_id = l.campaign_id
WHERE l.qualified = 0
