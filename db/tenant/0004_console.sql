-- The SQL console: how nothing of a simulation stays in a practice's database, and what of it may be repaired.

-- ───────────────────────────── what a simulation cannot get past

-- A row in here sets off, at COMMIT, a trigger that refuses it: whatever a text says, and by whichever protocol.
CREATE TABLE console_pill ();
CREATE FUNCTION console_pill_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a simulation is never committed' USING ERRCODE = 'MGP01';
END $$;
CREATE CONSTRAINT TRIGGER console_pill_refuses AFTER INSERT ON console_pill
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION console_pill_refuses();
GRANT INSERT ON console_pill TO mgp_tenant_console;

-- ───────────────────────────── what it repairs

-- What a practice works with every day. Not what notes say, which nobody but their author reads; not fee notes, payments or what was
-- given out for them, which stay as they were written; not proofs of consent and of what patients asked; not what was sent, who came
-- in to help, or what was done.
GRANT INSERT, UPDATE, DELETE ON preferences, origins, patients, relatives, acts, tariffs, appointment_series, appointments,
  working_hours, absences, open_slots, extra_fees, calls, tasks TO mgp_tenant_console;

-- Which transaction made a row or ended it, and where it lies: what a simulation tells its changes by, also where something else
-- changes them on its behalf.
GRANT SELECT (ctid, xmin, xmax) ON notes, note_versions TO mgp_tenant_console;
