-- Makes room for recomputed marts. A reader keeps the state it began with.
DROP TABLE IF EXISTS marts.accounts;
DROP TABLE IF EXISTS marts.projects;
DROP TABLE IF EXISTS marts.campaigns;
DROP TABLE IF EXISTS marts.campaign_day;
DROP TABLE IF EXISTS marts.campaign_total;
DROP TABLE IF EXISTS marts.lead_outcome;
DROP TABLE IF EXISTS marts.lead_retold;
DROP TABLE IF EXISTS marts.lead_stage_log;
DROP TABLE IF EXISTS marts.contracts;
DROP TABLE IF EXISTS marts.treatment_effects;
DROP TABLE IF EXISTS marts.day_delivery;
DROP TABLE IF EXISTS marts.day_leads;
DROP TABLE IF EXISTS marts.built;
