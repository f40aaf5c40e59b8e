-- The cluster's roles (decision 2). Run by the administrator before each migration, and by several databases at once:
-- what exists already, or comes to exist meanwhile, is left as it is.

DO $$
DECLARE
  role_name text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['mgp_owner', 'mgp_app', 'mgp_sequencer', 'mgp_provisioner', 'mgp_console',
    'mgp_console_owner'] LOOP
    CONTINUE WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = role_name);
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', role_name);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL; -- another database was faster
    END;
  END LOOP;

  -- The SQL console's. A run takes three connections; a server bounds its own runs, and each command is a process of its own.
  FOREACH role_name IN ARRAY ARRAY['mgp_console', 'mgp_console_owner'] LOOP
    IF (SELECT rolconnlimit FROM pg_roles WHERE rolname = role_name) <> 40 THEN
      EXECUTE format('ALTER ROLE %I CONNECTION LIMIT 40', role_name);
    END IF;
  END LOOP;
  -- Changes of the schema are simulated as who owns it. The command line alone connects as this one; the server has no address of it.
  IF NOT pg_has_role('mgp_console_owner', 'mgp_owner', 'USAGE') THEN
    GRANT mgp_owner TO mgp_console_owner WITH INHERIT TRUE, SET FALSE, ADMIN FALSE;
  END IF;

  -- An administrator who is no superuser may work as the owner only when told so (PostgreSQL 16 and later).
  IF NOT pg_has_role(current_user, 'mgp_owner', 'SET') THEN
    EXECUTE format('GRANT mgp_owner TO %I WITH SET TRUE, INHERIT FALSE', current_user);
  END IF;
END $$;
