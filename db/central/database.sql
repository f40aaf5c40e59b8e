-- What belongs to one database and is not copied when a database is cloned from a template (decision 3).
-- Run by the administrator before each migration; may be run again at any time.

DO $$
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT, CREATE, TEMPORARY ON DATABASE %I TO mgp_owner', current_database());
  -- Temporary tables hold an import on its way in.
  EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO mgp_app', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO mgp_sequencer, mgp_provisioner', current_database());
  IF (SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = 'public') <> 'mgp_owner' THEN
    ALTER SCHEMA public OWNER TO mgp_owner;
  END IF;
END $$;

CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
CREATE EXTENSION IF NOT EXISTS unaccent SCHEMA public;
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch SCHEMA public;
CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public;
