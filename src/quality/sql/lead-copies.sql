-- Lead lines whose id stands in more than one line, with their account as far as it is known by now. Ids are found by
-- a 64-bit hash, so that millions stay small in memory; a collision only brings in ids that are then counted in full.
-- Reads:  raw.campaign_leads, staging.received_campaign_leads, raw.files, campaign_owner
CREATE OR REPLACE TEMP TABLE lead_copies AS
WITH hashed AS (
  SELECT hash(lead_id) AS id_hash FROM raw.campaign_leads GROUP BY id_hash HAVING count(*) > 1
),
repeated AS (
  SELECT lead_id FROM raw.campaign_leads WHERE hash(lead_id) IN (SELECT id_hash FROM hashed)
  GROUP BY lead_id HAVING count(*) > 1
)
SELECT l.file_id, l.line, l.lead_id, f.import_id,
       staging.lead_account(o.owner, l.account_id, f.account, l.campaign_name) AS owner
FROM staging.received_campaign_leads AS l
SEMI JOIN repeated AS r ON r.lead_id = l.lead_id
LEFT JOIN raw.files AS f ON f.file_id = l.file_id
LEFT JOIN campaign_owner AS o ON o.campaign_id = l.campaign_id;
