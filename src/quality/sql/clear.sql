-- Makes room for a recomputed staging layer; parsed phones stay, as they depend on nothing else.
-- Dropping is cheaper than deleting row by row, and a reader keeps the state it began with.
DROP TABLE IF EXISTS staging.settings;
DROP TABLE IF EXISTS staging.status_map;
DROP TABLE IF EXISTS staging.accounts;
DROP TABLE IF EXISTS staging.campaign_names;
DROP TABLE IF EXISTS staging.lead_names;
DROP TABLE IF EXISTS staging.lead_mentions;
DROP TABLE IF EXISTS staging.amount_scales;
DROP TABLE IF EXISTS staging.drops;
DROP TABLE IF EXISTS staging.conflicts;
DROP TABLE IF EXISTS staging.campaigns;
DROP TABLE IF EXISTS staging.campaign_leads;
DROP TABLE IF EXISTS staging.lead_status_changes;
DROP TABLE IF EXISTS staging.deals;
DROP TABLE IF EXISTS staging.unmapped_statuses;
