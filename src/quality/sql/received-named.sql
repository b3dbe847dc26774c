-- Raw rows under ids that are unique across accounts: an id that several accounts use goes by "id @ account".
-- Reads:  raw.campaigns, raw.insights, raw.campaign_leads, raw.lead_status_changes, raw.deals, staging.campaign_names,
--         staging.lead_names, staging.lead_mentions
CREATE OR REPLACE VIEW staging.named_campaigns AS
SELECT r.* REPLACE (coalesce(n.unique_id, r.campaign_id) AS campaign_id, coalesce(n.owner, r.account_id) AS account_id)
FROM raw.campaigns AS r
LEFT JOIN staging.campaign_names AS n ON n.file_id = r.file_id AND n.campaign_id = r.campaign_id
                                         AND n.account_id IS NOT DISTINCT FROM r.account_id;

CREATE OR REPLACE VIEW staging.named_insights AS
SELECT r.* REPLACE (coalesce(n.unique_id, r.campaign_id) AS campaign_id, coalesce(n.owner, r.account_id) AS account_id)
FROM raw.insights AS r
LEFT JOIN staging.campaign_names AS n ON n.file_id = r.file_id AND n.campaign_id = r.campaign_id
                                         AND n.account_id IS NOT DISTINCT FROM r.account_id;

CREATE OR REPLACE VIEW staging.received_campaign_leads AS
SELECT r.* REPLACE (coalesce(l.unique_id, r.lead_id) AS lead_id, coalesce(n.unique_id, r.campaign_id) AS campaign_id,
                    coalesce(l.owner, n.owner, r.account_id) AS account_id)
FROM raw.campaign_leads AS r
LEFT JOIN staging.campaign_names AS n ON n.file_id = r.file_id AND n.campaign_id = r.campaign_id
                                         AND n.account_id IS NOT DISTINCT FROM r.account_id
LEFT JOIN staging.lead_names AS l ON l.file_id = r.file_id AND l.line = r.line;

CREATE OR REPLACE VIEW staging.received_lead_status_changes AS
SELECT r.* REPLACE (coalesce(n.unique_id, r.lead_id) AS lead_id)
FROM raw.lead_status_changes AS r
LEFT JOIN staging.lead_mentions AS n ON n.file_id = r.file_id AND n.lead_id = r.lead_id;

CREATE OR REPLACE VIEW staging.received_deals AS
SELECT r.* REPLACE (coalesce(n.unique_id, r.lead_id) AS lead_id)
FROM raw.deals AS r
LEFT JOIN staging.lead_mentions AS n ON n.file_id = r.file_id AND n.lead_id = r.lead_id;
