-- What belongs to one database and is not copied when a database is cloned from a template (decision 3).
-- Run by the administrator before each migration; may be run again at any time.

DO $$
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT, CREATE, TEMPORARY ON DATABASE %I TO mgp_owner', current_database());
  -- Temporary tables hold an import on its way in.
  EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO mgp_app', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO mgp_sequencer, mgp_provisioner', current_database());
  -- Neither temporary tables nor anything made.
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO mgp_console, mgp_console_owner', current_database());
  IF (SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = 'public') <> 'mgp_owner' THEN
    ALTER SCHEMA public OWNER TO mgp_owner;
  END IF;
END $$;

CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
CREATE EXTENSION IF NOT EXISTS unaccent SCHEMA public;
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch SCHEMA public;
CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public;

-- A statement of the SQL console is held to a list of functions before it reaches a database. Behind that list nobody may call
-- here what lifts a limit, waits, holds a lock beyond its transaction, tells others, or runs a text as SQL, but those of ours who
-- need it, and whoever owns the database or copies it out. `pg_terminate_backend` stays as it is: who watches over a run ends it
-- by the same login, and it reaches nobody else's.
-- These functions are the superuser's. An administrator who is none leaves them as they are, and practices' databases, which the
-- provisioner makes, have them as PostgreSQL gives them: there the list stands alone.
DO $$
DECLARE
  ours text := 'mgp_owner, mgp_app, mgp_sequencer, mgp_provisioner, pg_database_owner, pg_read_all_data';
  needed regprocedure[] := ARRAY(
    SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
      AND proname ~ '^(set_config|pg_notify|pg_sleep(_for|_until)?|pg_(try_)?advisory_.*)$');
  needless regprocedure[] := ARRAY(
    SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
      AND proname ~ '^(pg_logical_emit_message|lo_.*|loread|lowrite|ts_stat|(query|cursor|table|schema|database)_to_xml.*)$');
BEGIN
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
    -- What was taken from everybody once stays so, and is cloned with a database.
    OR NOT has_language_privilege('public', 'plpgsql', 'USAGE') THEN
    RETURN;
  END IF;
  EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', array_to_string(needed || needless, ', '));
  EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %s', array_to_string(needed, ', '), ours);
  REVOKE EXECUTE ON FUNCTION ts_rewrite(tsquery, text) FROM PUBLIC;
  -- No block of code of somebody's own; functions that are there still run.
  REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;
  EXECUTE format('GRANT USAGE ON LANGUAGE plpgsql TO %s', ours);
END $$;
