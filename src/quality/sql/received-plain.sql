-- Raw rows under ids that are unique across accounts: as written, where no two accounts share an id.
-- Reads:  raw.campaigns, raw.insights, raw.campaign_leads, raw.lead_status_changes, raw.deals
CREATE OR REPLACE VIEW staging.named_campaigns AS FROM raw.campaigns;
CREATE OR REPLACE VIEW staging.named_insights AS FROM raw.insights;
CREATE OR REPLACE VIEW staging.received_campaigns AS FROM staging.named_campaigns;
CREATE OR REPLACE VIEW staging.received_insights AS FROM staging.named_insights;
CREATE OR REPLACE VIEW staging.received_campaign_leads AS FROM raw.campaign_leads;
CREATE OR REPLACE VIEW staging.received_lead_status_changes AS FROM raw.lead_status_changes;
CREATE OR REPLACE VIEW staging.received_deals AS FROM raw.deals;
