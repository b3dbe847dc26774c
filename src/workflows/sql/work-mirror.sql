-- The work on leads as the store has it, beside the leads of the warehouse: temporary, on one connection, filled by
-- work-mirror.ts. work_leads: one row per lead, open or not, with who has it and where it stands now; moments ending in
-- _wall are milliseconds of the account's wall clock, as an instant would cost a calendar for every row.
-- Writes: work_state, work_people, work_names, work_received
CREATE OR REPLACE TEMP TABLE work_state (
  account VARCHAR, lead VARCHAR, assignee VARCHAR, decided BOOLEAN, claimed_ms BIGINT, last_status VARCHAR,
  last_ms BIGINT, last_by VARCHAR, last_recorded_ms BIGINT, next_ms BIGINT, attempts INTEGER, version INTEGER, position BIGINT
);
-- Who may work leads in which account, and whom the names in files mean.
CREATE OR REPLACE TEMP TABLE work_people (account VARCHAR, person VARCHAR);
CREATE OR REPLACE TEMP TABLE work_names (account VARCHAR, name VARCHAR, person VARCHAR);
-- Leads that came in by themselves and are not in the warehouse yet.
CREATE OR REPLACE TEMP TABLE work_received (
  account VARCHAR, lead VARCHAR, position BIGINT, arrived_wall BIGINT, name VARCHAR, email VARCHAR, phone VARCHAR,
  phone_valid BOOLEAN, campaign_id VARCHAR, campaign_name VARCHAR, project_name VARCHAR, status VARCHAR,
  assigned_to VARCHAR
);
CREATE OR REPLACE TEMP VIEW work_leads AS
WITH brought AS (SELECT coalesce(max(until), 0) AS until FROM raw.live),
known AS (
  SELECT a.account_id AS account,
         CASE WHEN suffix(l.lead_id, ' @ ' || a.account_id)
              THEN left(l.lead_id, length(l.lead_id) - length(a.account_id) - 3) ELSE l.lead_id END AS lead,
         l.status, l.stage::VARCHAR AS stage,
         epoch_ms(l.arrival_at) AS arrived_wall, epoch_ms(l.first_touch_at) AS touched_wall,
         l.assigned_to, l.campaign_key, l.project_key, l.file_id, l.line, NULL::BIGINT AS position
  FROM marts.lead_outcome AS l JOIN marts.accounts AS a USING (account_key)
),
fresh AS (
  SELECT r.account, r.lead, r.status, NULL AS stage, r.arrived_wall, NULL::BIGINT AS touched_wall, r.assigned_to,
         NULL::INTEGER AS campaign_key, NULL::INTEGER AS project_key, NULL::INTEGER AS file_id, NULL::BIGINT AS line,
         r.position
  FROM work_received AS r
  WHERE r.position > (SELECT until FROM brought)
        AND NOT EXISTS (FROM known AS k WHERE k.account = r.account AND k.lead = r.lead)
),
leads AS (FROM known UNION ALL FROM fresh),
-- What happened since the warehouse was brought up counts at once.
stated AS (
  SELECT l.*, w.* EXCLUDE (account, lead, position),
         coalesce(w.position > (SELECT until FROM brought) OR l.position IS NOT NULL, false) AS moved,
         CASE WHEN w.decided THEN p.person ELSE n.person END AS holder
  FROM leads AS l
  LEFT JOIN work_state AS w ON w.account = l.account AND w.lead = l.lead
  LEFT JOIN work_people AS p ON p.account = l.account AND p.person = w.assignee
  LEFT JOIN work_names AS n ON n.account = l.account AND n.name = l.assigned_to
),
worded AS (
  SELECT s.* EXCLUDE (status),
         CASE WHEN s.moved THEN coalesce(s.last_status, r.lead_status, s.status) ELSE s.status END AS status
  FROM stated AS s
  -- Keys that are null where nothing moved: a condition beside the keys would make the join compare every pair.
  LEFT JOIN raw.campaign_leads AS r ON r.file_id = CASE WHEN s.moved THEN s.file_id END AND r.line = s.line
)
SELECT w.* EXCLUDE (stage, moved),
       CASE WHEN NOT w.moved THEN w.stage WHEN w.status IS NULL THEN 'unknown' ELSE m.stage END AS stage
FROM worded AS w
LEFT JOIN staging.settings AS own ON own.account_id = CASE WHEN w.moved THEN w.account END
LEFT JOIN staging.status_map AS m ON m.settings_id = coalesce(own.settings_id, 0)
  AND m.status = CASE WHEN w.moved THEN w.status END;
CREATE OR REPLACE TEMP MACRO work_open(stage) AS stage IS NULL OR stage NOT IN ('won', 'lost', 'invalid');
CREATE OR REPLACE TEMP MACRO work_touched(touched_wall, attempts, stage) AS
  touched_wall IS NOT NULL OR coalesce(attempts, 0) > 0 OR stage IS NULL OR stage NOT IN ('new', 'unknown');
