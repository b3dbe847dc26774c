-- One row: how the leads of lead_waits stand towards the time allowed, and outside working hours.
-- Reads:  lead_waits
SELECT count(*) AS leads,
       count(*) FILTER (WHERE contact = 'touched' AND NOT late) AS in_time,
       count(*) FILTER (WHERE contact = 'touched' AND late) AS late_touched,
       count(*) FILTER (WHERE contact = 'never' AND late) AS late_waiting,
       count(*) FILTER (WHERE contact = 'never' AND NOT late) AS pending,
       count(*) FILTER (WHERE late IS NULL) AS unknown,
       count(*) FILTER (WHERE contact = 'touched' AND bulk) AS bulk_touches,
       count(*) FILTER (WHERE after_hours) AS after_hours,
       count(*) FILTER (WHERE after_hours AND contact = 'never') AS after_hours_never,
       count(*) FILTER (WHERE after_hours AND contact = 'touched' AND working <= 0) AS before_opening
FROM lead_waits;
