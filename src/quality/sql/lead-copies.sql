-- Lead lines whose id stands in more than one line, with their account as far as it is known by now.
-- Reads:  raw.campaign_leads, staging.received_campaign_leads, raw.files, campaign_owner
CREATE OR REPLACE TEMP TABLE lead_copies AS
WITH repeated AS (SELECT lead_id FROM raw.campaign_leads GROUP BY lead_id HAVING count(*) > 1)
SELECT l.file_id, l.line, l.lead_id, f.import_id,
       coalesce(o.owner, l.account_id, f.account, CASE WHEN l.campaign_name IS NOT NULL THEN 'main' END) AS owner
FROM staging.received_campaign_leads AS l
SEMI JOIN repeated AS r ON r.lead_id = l.lead_id
LEFT JOIN raw.files AS f ON f.file_id = l.file_id
LEFT JOIN campaign_owner AS o ON o.campaign_id = l.campaign_id;
