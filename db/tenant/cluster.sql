-- The roles of a cluster that holds tenants' databases (decision 3). Run by the administrator, on the central cluster
-- before each migration and on another one when it is added; may be run again at any time, and by several at once.
--
-- Rights inside a tenant's database are given to five roles nobody can connect as. They are the same in every database
-- of the cluster, so that a clone has them with the template. Each tenant has logins of its own, one a role; what keeps
-- them out of each other's databases is that each may connect to its own alone.

DO $$
DECLARE
  role_name text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['mgp_provisioner', 'mgp_tenant_owner', 'mgp_tenant_practitioner', 'mgp_tenant_secretary',
    'mgp_tenant_support', 'mgp_tenant_console', 'mgp_tenant_keeper'] LOOP
    CONTINUE WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = role_name);
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', role_name);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL; -- another database was faster
    END;
  END LOOP;

  -- It makes tenants' databases and logins, owns the databases, and reads nothing that is in them: what is inside
  -- belongs to mgp_tenant_owner, which it becomes only where no tenant’s login has been: in templates, and in what is
  -- being restored.
  IF NOT (SELECT rolcreatedb AND rolcreaterole FROM pg_roles WHERE rolname = 'mgp_provisioner') THEN
    BEGIN
      ALTER ROLE mgp_provisioner CREATEDB CREATEROLE;
    EXCEPTION WHEN insufficient_privilege THEN
      -- Of an administrator who may not either. Everything but practices works there.
      RAISE NOTICE 'mgp_provisioner may not make databases';
    END;
  END IF;
  FOREACH role_name IN ARRAY ARRAY['mgp_tenant_practitioner', 'mgp_tenant_secretary', 'mgp_tenant_support',
    'mgp_tenant_console', 'mgp_tenant_keeper'] LOOP
    IF NOT pg_has_role('mgp_provisioner', role_name, 'MEMBER WITH ADMIN OPTION') THEN
      EXECUTE format('GRANT %I TO mgp_provisioner WITH ADMIN TRUE, INHERIT FALSE, SET FALSE', role_name);
    END IF;
  END LOOP;
  IF NOT pg_has_role('mgp_provisioner', 'mgp_tenant_owner', 'MEMBER WITH ADMIN OPTION') THEN
    GRANT mgp_tenant_owner TO mgp_provisioner WITH ADMIN TRUE, INHERIT FALSE, SET TRUE;
  END IF;
END $$;

-- Rows that come from an archive have met their triggers and references before. An administrator who may not give this
-- leaves it out, and nothing can be restored there or moved there: `bin/mgp tenants clusters` says so.
DO $$
BEGIN
  GRANT SET ON PARAMETER session_replication_role TO mgp_tenant_owner;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE NOTICE 'mgp_tenant_owner may not set session_replication_role';
END $$;

-- How long others' statements have run is hidden from who has not this: a tenant's slow ones are counted with it. Without
-- it nobody knows how many there are, and the tenant's page says so.
DO $$
BEGIN
  IF NOT pg_has_role('mgp_provisioner', 'pg_read_all_stats', 'MEMBER') THEN
    GRANT pg_read_all_stats TO mgp_provisioner WITH INHERIT TRUE, SET FALSE;
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE NOTICE 'mgp_provisioner may not read statistics';
END $$;

-- Whoever has a login could else look round in the databases that are everybody's. The provisioner works from one of
-- them where the cluster has no central database.
DO $$
DECLARE
  database_name text;
BEGIN
  FOREACH database_name IN ARRAY ARRAY['postgres', 'template1'] LOOP
    BEGIN
      IF EXISTS (SELECT FROM pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba))) AS given
        WHERE datname = database_name AND given.grantee = 0) THEN
        EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', database_name);
      END IF;
      IF database_name = 'postgres' AND NOT has_database_privilege('mgp_provisioner', database_name, 'CONNECT') THEN
        GRANT CONNECT ON DATABASE postgres TO mgp_provisioner;
      END IF;
    EXCEPTION WHEN insufficient_privilege OR undefined_object OR invalid_catalog_name THEN
      RAISE NOTICE 'everybody may connect to %', database_name;
    END;
  END LOOP;
END $$;
