-- As whom the SQL console works on this database: what it may read and repair, and how nothing of a simulation stays.

-- ───────────────────────────── what a simulation cannot get past

-- A row in here sets off, at COMMIT, a trigger that refuses it: whatever a text says, and by whichever protocol.
CREATE TABLE console_pill ();
CREATE FUNCTION console_pill_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a simulation is never committed' USING ERRCODE = 'MGP01';
END $$;
CREATE CONSTRAINT TRIGGER console_pill_refuses AFTER INSERT ON console_pill
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION console_pill_refuses();

GRANT USAGE ON SCHEMA public TO mgp_console;
GRANT INSERT ON console_pill TO mgp_console;

-- ───────────────────────────── what it reads and repairs

-- Column by column, of those there are by now: one that comes later is nobody's before a migration says so, and the wall in
-- tests/walls/console-rights.test.ts asks. `reads` is SELECT; `repairs` is INSERT, UPDATE and DELETE too, of what people work
-- with. What is issued, counted, signed, told, or lets somebody in is never changed from here. Hidden are secrets, sealed texts and
-- fingerprints of secrets; not listed at all: what holds nothing else.
DO $$
DECLARE
  line record;
  visible text;
  writable text;
BEGIN
  FOR line IN SELECT * FROM (VALUES
    -- The vendor's people, their roles and sessions
    ('staff_members',             'reads',   'password_hash'),
    ('staff_sessions',            'reads',   'token_hash'),
    ('staff_sign_ins',            'reads',   'token_hash enrolment_secret_sealed enrolment_link_hash'),
    ('staff_sign_in_events',      'reads',   ''),
    ('staff_devices',             'reads',   'token_hash'),
    ('staff_links',               'reads',   'token_hash'),
    ('staff_authenticators',      'reads',   'secret_sealed'),
    ('staff_passkeys',            'reads',   'credential_id public_key'),
    ('staff_recovery_codes',      'reads',   'selector code_hash'),
    ('staff_password_requests',   'reads',   'asked_sealed'),
    ('staff_factor_resets',       'reads',   ''),
    ('staff_factor_reset_approvals', 'reads', ''),
    ('address_blocks',            'reads',   ''),
    ('roles',                     'reads',   ''),
    ('role_permissions',          'reads',   ''),
    ('role_limits',               'reads',   ''),
    ('role_matrix',               'reads',   ''),
    ('staff_roles',               'reads',   ''),
    ('saved_views',               'repairs', ''),
    -- Practices, their members, and who comes in
    ('tenants',                   'reads',   'login_secret_sealed key_sealed'),
    ('clusters',                  'reads',   'provisioner_url_sealed'),
    -- The plan of a work may hold a secret of a database that is being made.
    ('tenant_works',              'reads',   'plan'),
    ('tenant_backups',            'reads',   ''),
    ('tenant_drifts',             'reads',   ''),
    ('tenant_purges',             'reads',   ''),
    ('tenant_spares',             'reads',   'login_secret_sealed'),
    ('fleet_migrations',          'reads',   ''),
    ('fleet_migration_steps',     'reads',   ''),
    ('member_accounts',           'reads',   'password_hash'),
    ('members',                   'reads',   ''),
    ('member_sessions',           'reads',   'token_hash'),
    ('member_sign_ins',           'reads',   'token_hash'),
    ('member_devices',            'reads',   'token_hash'),
    ('member_links',              'reads',   'token_hash'),
    ('member_authenticators',     'reads',   'secret'),
    ('member_passkeys',           'reads',   'credential_id public_key'),
    ('member_recovery_codes',     'reads',   'selector code_hash'),
    ('member_password_requests',  'reads',   'asked_sealed'),
    ('impersonations',            'reads',   'key_hash browser_hash session_hash'),
    ('impersonation_policy',      'reads',   ''),
    ('announcements',             'repairs', ''),
    -- Clients
    ('clients',                   'repairs', ''),
    ('client_words',              'reads',   ''),
    ('background_jobs',           'repairs', ''),
    ('stored_files',              'reads',   ''),
    -- Plans and subscriptions
    ('plans',                     'repairs', ''),
    ('plan_prices',               'reads',   ''),
    ('plan_options',              'repairs', ''),
    ('coupons',                   'repairs', ''),
    ('subscriptions',             'repairs', ''),
    ('subscription_options',      'repairs', ''),
    ('subscription_extras',       'repairs', ''),
    ('subscription_coupons',      'repairs', ''),
    ('subscription_periods',      'reads',   ''),
    ('subscription_events',       'reads',   ''),
    ('subscription_price_changes', 'reads',  ''),
    ('renewal_runs',              'reads',   ''),
    -- Billing: drafts may be repaired, triggers keep what was issued or bears a number as it is
    ('billing_companies',         'reads',   ''),
    ('billing_settings',          'reads',   ''),
    ('billing_profiles',          'repairs', ''),
    ('interest_rates',            'reads',   ''),
    ('quotes',                    'repairs', ''),
    ('invoices',                  'repairs', ''),
    ('invoice_lines',             'repairs', ''),
    ('invoice_series',            'reads',   ''),
    ('invoice_documents',         'reads',   ''),
    ('invoice_pdfs',              'reads',   ''),
    ('invoice_events',            'reads',   ''),
    ('deposits_taken',            'reads',   ''),
    ('payments',                  'reads',   ''),
    ('payment_allocations',       'reads',   ''),
    ('credit_allocations',        'reads',   ''),
    ('bank_imports',              'reads',   ''),
    ('bank_transactions',         'reads',   ''),
    ('sepa_mandates',             'reads',   'iban_sealed'),
    ('sepa_batches',              'reads',   'xml_sealed'),
    ('sepa_collections',          'reads',   ''),
    ('card_checkouts',            'reads',   ''),
    ('provider_events',           'reads',   ''),
    ('dunning_pauses',            'repairs', ''),
    ('dunning_letters',           'reads',   ''),
    ('platform_deposits',         'reads',   ''),
    ('accounting_closings',       'reads',   ''),
    ('billing_journal',           'reads',   ''),
    -- Figures, which follow by themselves
    ('figures',                   'reads',   ''),
    ('figure_deltas',             'reads',   ''),
    ('figure_proofs',             'reads',   ''),
    ('current_figures',           'reads',   ''),
    ('recounted_figures',         'reads',   ''),
    -- Support
    ('tickets',                   'repairs', ''),
    ('ticket_messages',           'reads',   ''),
    ('ticket_events',             'reads',   ''),
    ('ticket_drafts',             'repairs', ''),
    ('ticket_tags',               'repairs', ''),
    ('ticket_followers',          'repairs', ''),
    ('ticket_links',              'repairs', ''),
    ('ticket_reads',              'repairs', ''),
    ('ticket_presence',           'reads',   ''),
    ('ticket_attachments',        'reads',   ''),
    ('ticket_mails',              'reads',   ''),
    ('ticket_moves',              'reads',   ''),
    ('ticket_ratings',            'reads',   ''),
    ('ticket_surveys',            'reads',   ''),
    ('incoming_mails',            'reads',   ''),
    ('macros',                    'repairs', ''),
    ('macro_uses',                'reads',   ''),
    ('support_tags',              'repairs', ''),
    ('support_teams',             'repairs', ''),
    ('support_team_members',      'repairs', ''),
    ('support_preferences',       'repairs', ''),
    ('support_alerts',            'reads',   ''),
    ('support_escalations',       'reads',   ''),
    ('support_mailbox',           'reads',   ''),
    ('support_calendars',         'reads',   ''),
    ('support_calendar_versions', 'reads',   ''),
    ('support_policies',          'reads',   ''),
    ('support_policy_versions',   'reads',   ''),
    ('outgoing_mails',            'reads',   'body_sealed'),
    -- What people ask of their data
    ('privacy_requests',          'reads',   ''),
    ('privacy_steps',             'reads',   ''),
    ('privacy_proofs',            'reads',   'sealed'),
    -- The log, by its view: whoever could write in its tables could do nothing else to them, and this one cannot
    ('audit_log',                 'reads',   'sealed ip_index'),
    ('audit_leaves',              'reads',   ''),
    ('audit_keys',                'reads',   ''),
    ('audit_checkpoints',         'reads',   ''),
    ('audit_cosignatures',        'reads',   ''),
    ('audit_witness_troubles',    'reads',   ''),
    ('audit_erasures',            'reads',   ''),
    ('audit_operations',          'reads',   ''),
    ('audit_retention',           'reads',   ''),
    ('audit_searches',            'reads',   ''),
    ('audit_verifications',       'reads',   ''),
    ('schema_migrations',         'reads',   '')
  ) AS rights (name, right_of, hidden) LOOP
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum),
      string_agg(quote_ident(attname), ', ' ORDER BY attnum) FILTER (WHERE attgenerated = '' AND attidentity <> 'a')
    INTO STRICT visible, writable
    FROM pg_attribute WHERE attrelid = format('public.%I', line.name)::regclass AND attnum > 0 AND NOT attisdropped
      AND attname <> ALL (string_to_array(line.hidden, ' '));
    EXECUTE format('GRANT SELECT (%s) ON %I TO mgp_console', visible, line.name);
    -- Which transaction made a row or ended it, and where it lies: what a simulation tells its changes by.
    IF EXISTS (SELECT FROM pg_class WHERE oid = format('public.%I', line.name)::regclass AND relkind = 'r') THEN
      EXECUTE format('GRANT SELECT (ctid, xmin, xmax) ON %I TO mgp_console', line.name);
    END IF;
    IF line.right_of = 'repairs' THEN
      EXECUTE format('GRANT INSERT (%s), UPDATE (%1$s), DELETE ON %I TO mgp_console', writable, line.name);
    END IF;
  END LOOP;
END $$;

-- Columns that are computed from others call it.
GRANT EXECUTE ON FUNCTION plain_text(text) TO mgp_console;

-- Where they stand, and not to take a number from: a rollback gives none back, and the report says which went.
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO mgp_console;
