-- Sales call from Sunday to Thursday, 9 to 18 o'clock: minutes of that time before a moment, from a fixed Sunday on.
CREATE MACRO minutes_worked(moment) AS
  (datediff('day', DATE '1899-12-31', moment::DATE) // 7) * 5 * 540
  + least(dayofweek(moment), 5) * 540
  + CASE WHEN dayofweek(moment) < 5
         THEN least(540, greatest(0, hour(moment) * 60 + minute(moment) - 540)) ELSE 0 END;
