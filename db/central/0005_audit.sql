-- The audit log as a tree whose every change shows (decision 8): what is written by whoever acts, what only the
-- sequencer writes, and what may be erased because it is about people.

ALTER TABLE audit_entries RENAME TO audit_entries_of_old;
ALTER INDEX audit_entries_pkey RENAME TO audit_entries_of_old_pkey;
DROP INDEX audit_entries_of_many;

-- ───────────────────────────── the entries

-- Whether a leaf has the members of an entry, of their types, and none besides: one that does not would hide those beside
-- it from readers who trust the shape.
CREATE FUNCTION audit_leaf_is_ours(entry pg_catalog.jsonb) RETURNS boolean
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  -- Named in full: a session's own temporary types come before all others.
  actor pg_catalog.jsonb := entry -> 'actor';
  subject pg_catalog.jsonb := entry -> 'onBehalfOf';
  object pg_catalog.jsonb := entry -> 'object';
  time_said pg_catalog.text := entry ->> 'time';
BEGIN
  RETURN (
    entry - '{actor,commitment,id,impersonation,object,onBehalfOf,operation,reason,result,session,tenant,ticket,time,v,verb}'::pg_catalog.text[] = '{}'
    AND actor - '{id,type}'::pg_catalog.text[] = '{}'
    AND object - '{count,id,type}'::pg_catalog.text[] = '{}'
    AND entry -> 'v' = '1'
    AND jsonb_typeof(entry -> 'verb') = 'string' AND jsonb_typeof(entry -> 'result') = 'string'
    AND jsonb_typeof(actor -> 'id') = 'string' AND actor ->> 'type' IN ('staff', 'member', 'system', 'anonymous')
    AND jsonb_typeof(object -> 'type') = 'string'
    AND coalesce(jsonb_typeof(object -> 'id') = 'string', true)
    AND coalesce(jsonb_typeof(object -> 'count') = 'number', true)
    AND coalesce(jsonb_typeof(entry -> 'reason') = 'string', true)
    AND coalesce(jsonb_typeof(entry -> 'ticket') = 'string', true)
    AND (subject IS NULL OR subject - '{id,type}'::pg_catalog.text[] = '{}' AND jsonb_typeof(subject -> 'id') = 'string'
      AND subject ->> 'type' IN ('staff', 'member', 'system', 'anonymous'))
    -- To the millisecond, in UTC, no 24th hour, and a year of ours: one instant, one way to write it.
    AND to_char(time_said::pg_catalog.timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') = time_said
    AND time_said >= '2000' COLLATE "C" AND time_said < '2200' COLLATE "C"
    -- Not in capitals, not in braces: one entry, one way to write its id.
    AND (entry ->> 'id')::pg_catalog.uuid::pg_catalog.text = entry ->> 'id'
    AND uuid_extract_version((entry ->> 'id')::pg_catalog.uuid) IS NOT NULL
    AND coalesce((entry ->> 'session')::pg_catalog.uuid::pg_catalog.text = entry ->> 'session', NOT entry ? 'session')
    AND coalesce((entry ->> 'tenant')::pg_catalog.uuid::pg_catalog.text = entry ->> 'tenant', NOT entry ? 'tenant')
    AND coalesce((entry ->> 'operation')::pg_catalog.uuid::pg_catalog.text = entry ->> 'operation', NOT entry ? 'operation')
    AND coalesce((entry ->> 'impersonation')::pg_catalog.uuid::pg_catalog.text = entry ->> 'impersonation', NOT entry ? 'impersonation')
    AND coalesce(encode(decode(entry ->> 'commitment', 'hex'), 'hex') = entry ->> 'commitment'
      AND length(entry ->> 'commitment') = 64, NOT entry ? 'commitment')
  ) IS TRUE;
END
$$;

-- One entry is its leaf: canonical JSON (RFC 8785), byte for byte what the tree holds. Every column to search by is
-- read from it, so that no row can say anything else than its leaf.
CREATE TABLE audit_entries (
  leaf text NOT NULL CHECK (octet_length(leaf) <= 65535),
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL,
  -- staff, member, system or anonymous.
  actor_type text NOT NULL,
  actor_id text,
  -- RFC 8693: the subject on whose behalf the actor works.
  subject_id text,
  session_id uuid,
  impersonation_id uuid,
  tenant_id uuid,
  -- Of an action in a tenant's database: its intent and its outcome bear the same (decision 9).
  operation_id uuid,
  verb text NOT NULL,
  object_type text NOT NULL,
  object_id text,
  -- Of an action on many objects: how many.
  object_count integer,
  reason text,
  ticket text,
  -- seen: a look, which changed nothing.
  result text NOT NULL CHECK (result IN ('done', 'seen', 'refused', 'intended', 'failed')),
  -- SHA-256 of the salted payload; null where there was none.
  commitment bytea,
  -- The many objects, for the timeline of each; what the payload says too, as long as it is kept.
  object_ids text[],
  -- Which transaction wrote it: the sequencer looks only at those that may have committed since it last looked.
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  -- The database's own clock, which no client sets: an entry that claims another time shows.
  written_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
-- Whoever inserts says the leaf, and the columns are what it says. A trigger, since as many generated columns would parse
-- the text and plan their expressions one by one for each entry: that was a third of what an entry costs. It fires always,
-- where other triggers are told to rest too, and refuses what is no entry's leaf as a check would.
CREATE FUNCTION read_audit_leaf() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  said pg_catalog.jsonb := new.leaf::pg_catalog.jsonb;
BEGIN
  IF NOT public.audit_leaf_is_ours(said) THEN
    RAISE EXCEPTION 'not the leaf of an entry: %', new.leaf USING ERRCODE = 'check_violation';
  END IF;
  SELECT
    (said ->> 'id')::pg_catalog.uuid, (said ->> 'time')::pg_catalog.timestamptz, said #>> '{actor,type}',
    said #>> '{actor,id}', said #>> '{onBehalfOf,id}', (said ->> 'session')::pg_catalog.uuid,
    (said ->> 'impersonation')::pg_catalog.uuid, (said ->> 'tenant')::pg_catalog.uuid,
    (said ->> 'operation')::pg_catalog.uuid, said ->> 'verb', said #>> '{object,type}', said #>> '{object,id}',
    (said #>> '{object,count}')::pg_catalog.int4, said ->> 'reason', said ->> 'ticket', said ->> 'result',
    decode(said ->> 'commitment', 'hex')
  INTO
    new.id, new.at, new.actor_type, new.actor_id, new.subject_id, new.session_id, new.impersonation_id,
    new.tenant_id, new.operation_id, new.verb, new.object_type, new.object_id, new.object_count, new.reason,
    new.ticket, new.result, new.commitment;
  RETURN new;
END
$$;
CREATE TRIGGER read_leaf BEFORE INSERT OR UPDATE ON audit_entries FOR EACH ROW EXECUTE FUNCTION read_audit_leaf();
ALTER TABLE audit_entries ENABLE ALWAYS TRIGGER read_leaf;

CREATE INDEX audit_entries_newest ON audit_entries (at DESC, id DESC);
CREATE INDEX audit_entries_by_actor ON audit_entries (actor_id, at DESC, id DESC);
CREATE INDEX audit_entries_by_subject ON audit_entries (subject_id, at DESC, id DESC) WHERE subject_id IS NOT NULL;
CREATE INDEX audit_entries_by_object ON audit_entries (object_id, at DESC, id DESC) WHERE object_id IS NOT NULL;
CREATE INDEX audit_entries_by_object_type ON audit_entries (object_type, at DESC, id DESC);
CREATE INDEX audit_entries_by_verb ON audit_entries (verb, at DESC, id DESC);
CREATE INDEX audit_entries_not_done ON audit_entries (result, at DESC, id DESC) WHERE result NOT IN ('done', 'seen');
CREATE INDEX audit_entries_of_many ON audit_entries USING gin (object_ids) WHERE object_ids IS NOT NULL;
CREATE INDEX audit_entries_reason ON audit_entries USING gin (plain_text(coalesce(reason || ' ' || ticket, reason, ticket)) gin_trgm_ops)
  -- Not of plain_text: PostgreSQL would take that function apart for each entry, most of which say no reason.
  WHERE coalesce(reason || ' ' || ticket, reason, ticket) IS NOT NULL;
CREATE INDEX audit_entries_by_xid ON audit_entries (xid);
-- Which verbs go with which objects and people, and how frequent a word is: without it PostgreSQL would look for what two
-- frequent conditions have in common where they have nothing.
CREATE STATISTICS audit_entries_verb_object (mcv) ON verb, object_type FROM audit_entries;
CREATE STATISTICS audit_entries_actor_verb (mcv) ON actor_id, verb FROM audit_entries;
CREATE STATISTICS audit_entries_words ON (plain_text(coalesce(reason || ' ' || ticket, reason, ticket))) FROM audit_entries;

-- Before and after, address, browser and request: personal data, apart, so that they can be erased while the tree still
-- verifies. Sealed for `audit_payloads.sealed:<entry id>`: salt (32 bytes) ‖ JSON. A first byte of 0 means not sealed:
-- written before this release.
CREATE TABLE audit_payloads (
  entry_id uuid PRIMARY KEY,
  at timestamptz NOT NULL CHECK (at >= '2000-01-01Z' AND at < '2200-01-01Z'),
  sealed bytea NOT NULL,
  -- HMAC of the address under a key of the server's: an address can be looked for, and is not here to be read.
  ip_index bytea
);
CREATE INDEX audit_payloads_by_ip ON audit_payloads (ip_index, at DESC, entry_id DESC) WHERE ip_index IS NOT NULL;

-- ───────────────────────────── what the sequencer makes of them

-- The entries in the order of the tree, from 0 and without a gap. hash: SHA-256(0x00 ‖ leaf), RFC 6962 section 2.1.
CREATE TABLE audit_leaves (
  index bigint PRIMARY KEY CHECK (index >= 0),
  entry_id uuid NOT NULL UNIQUE REFERENCES audit_entries,
  hash bytea NOT NULL CHECK (length(hash) = 32)
);

-- Who may sign: the public keys as C2SP verifier keys, `origin+key id+base64`.
CREATE TABLE audit_keys (
  vkey text PRIMARY KEY,
  origin text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- Of a successor: a C2SP note about it, signed with a key the log had. The first key has none.
  introduction text
);

-- Every signed tree head: note is the whole C2SP checkpoint.
CREATE TABLE audit_checkpoints (
  size bigint PRIMARY KEY CHECK (size >= 0),
  root bytea NOT NULL CHECK (length(root) = 32),
  note text NOT NULL,
  signed_at timestamptz NOT NULL
);

-- What witnesses answered: the line of a C2SP cosignature, or where a copy was put.
CREATE TABLE audit_cosignatures (
  size bigint NOT NULL REFERENCES audit_checkpoints,
  witness text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('folder', 's3', 'http', 'mail')),
  -- `— name base64`, of a witness that signs.
  line text CHECK (line ~ '^— \S+ [A-Za-z0-9+/]+=*$'),
  -- Where else it is to be found: a file, an object's address, a mail's id.
  kept_at text,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (size, witness)
);
CREATE INDEX ON audit_cosignatures (at DESC);

-- What hinders a witness, until it is over.
CREATE TABLE audit_witness_troubles (
  witness text PRIMARY KEY,
  since timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  tries integer NOT NULL,
  error text NOT NULL
);

CREATE TABLE audit_verifications (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  started_at timestamptz NOT NULL,
  ended_at timestamptz NOT NULL,
  -- Null: by the clock, every night.
  asked_by uuid REFERENCES staff_members,
  -- The checkpoint it went up to.
  size bigint NOT NULL,
  entries bigint NOT NULL,
  payloads_opened bigint NOT NULL,
  payloads_erased bigint NOT NULL,
  sound boolean NOT NULL,
  -- What was found wrong, first things first: [{ "kind": …, "index": …, "entry": …, "what": … }].
  findings jsonb NOT NULL DEFAULT '[]'
);
CREATE INDEX ON audit_verifications (ended_at DESC);

-- ───────────────────────────── erasure of payloads

-- Asked for by people through the server, carried out by the sequencer, which alone may delete a payload, and only once
-- the entry that tells of it stands in the tree.
CREATE TABLE audit_erasures (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  kind text NOT NULL CHECK (kind IN ('age', 'object', 'person')),
  -- Payloads of entries before this. Never of the last day: nobody, the server least of all, wipes away what was just done.
  before timestamptz NOT NULL,
  object_type text,
  object_id text,
  -- What a person did: the addresses and browsers they came from.
  actor_id text,
  reason text NOT NULL,
  requested_by uuid REFERENCES staff_members,
  -- By the database's own clock.
  requested_at timestamptz NOT NULL DEFAULT now(),
  -- The entry `audit_payloads.erasure_requested`.
  entry_id uuid NOT NULL,
  done_at timestamptz,
  erased bigint,
  -- A note signed with the log's key: what was erased, why, when, and the tree it leaves intact.
  certificate text,
  -- A day; an hour of it for clocks that differ.
  CHECK (before <= requested_at - interval '23 hours'),
  -- By age nothing younger than six months, as days are counted in Paris.
  CHECK (kind <> 'age' OR before <= (requested_at AT TIME ZONE 'Europe/Paris' - interval '6 months') AT TIME ZONE 'Europe/Paris' + interval '1 hour'),
  CHECK ((kind = 'object') = (object_type IS NOT NULL AND object_id IS NOT NULL)),
  CHECK ((kind = 'person') = (actor_id IS NOT NULL)),
  CHECK ((done_at IS NULL) = (certificate IS NULL) AND (done_at IS NULL) = (erased IS NULL))
);
CREATE INDEX ON audit_erasures (requested_at DESC);
-- The same waits at most once.
CREATE UNIQUE INDEX audit_erasures_open ON audit_erasures (kind, object_type, object_id, actor_id) NULLS NOT DISTINCT WHERE done_at IS NULL;

-- How long payloads are kept; null: until somebody asks.
CREATE TABLE audit_retention (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  payload_months integer CHECK (payload_months BETWEEN 6 AND 120),
  revision integer NOT NULL DEFAULT 1
);
INSERT INTO audit_retention DEFAULT VALUES;

-- ───────────────────────────── nothing of it changes

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_leaves FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_keys FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_checkpoints FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_cosignatures FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER append_only BEFORE UPDATE ON audit_payloads FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON audit_leaves FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON audit_keys FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON audit_checkpoints FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON audit_cosignatures FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON audit_payloads FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- ───────────────────────────── to be read

-- The log as the server may read it: it has no right on the tables but to insert.
CREATE VIEW audit_log AS
  SELECT entry.*, leaf.index, leaf.hash, payload.sealed, payload.ip_index, payload.at AS payload_at
  FROM audit_entries entry
  LEFT JOIN audit_leaves leaf ON leaf.entry_id = entry.id
  LEFT JOIN audit_payloads payload ON payload.entry_id = entry.id;

-- ───────────────────────────── entries from before the tree

-- They become leaves like any other. to_json writes a string as RFC 8785 wants it; keys stand in their order.
CREATE FUNCTION pg_temp.leaf_of(old audit_entries_of_old, commitment text) RETURNS text LANGUAGE sql AS $$
  SELECT '{"actor":{'
    || '"id":' || to_json(coalesce(old.actor_staff_id::text, old.actor_label))
    || ',"type":"' || CASE WHEN old.actor_staff_id IS NULL THEN 'system' ELSE 'staff' END || '"}'
    || ',"commitment":"' || commitment || '","id":"' || old.id || '","object":{'
    || CASE WHEN jsonb_typeof(old.after -> 'ids') = 'array' THEN '"count":' || jsonb_array_length(old.after -> 'ids') || ','
            WHEN old.object_id IS NOT NULL THEN '"id":' || to_json(old.object_id) || ',' ELSE '' END
    || '"type":' || to_json(old.object_type) || '}'
    || coalesce(',"onBehalfOf":{"id":"' || old.subject_id || '","type":"member"}', '')
    || ',"result":"done"'
    || coalesce(',"session":"' || old.session_id || '"', '')
    || ',"time":"' || to_char(old.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","v":1,"verb":' || to_json(old.verb) || '}'
$$;

WITH moved AS MATERIALIZED (
  SELECT old, old.id, old.at,
    sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'))
      || convert_to((SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(jsonb_build_object('after', old.after,
        'before', old.before, 'ip', host(old.ip), 'requestId', old.request_id, 'userAgent', old.user_agent))
        WHERE value <> 'null')::text, 'UTF8') AS salted,
    CASE WHEN jsonb_typeof(old.after -> 'ids') = 'array' THEN ARRAY(SELECT jsonb_array_elements_text(old.after -> 'ids')) END AS ids
  FROM audit_entries_of_old old
), payloads AS (
  INSERT INTO audit_payloads (entry_id, at, sealed) SELECT id, at, '\x00'::bytea || salted FROM moved
)
INSERT INTO audit_entries (leaf, object_ids, written_at)
SELECT pg_temp.leaf_of(old, encode(sha256(salted), 'hex')), ids, at FROM moved ORDER BY at, id;

DROP FUNCTION pg_temp.leaf_of(audit_entries_of_old, text);
DROP TABLE audit_entries_of_old;

-- ───────────────────────────── permissions of this release

INSERT INTO role_permissions (role_id, permission)
SELECT roles.id, permission
FROM (VALUES
  ('super_administrator', ARRAY['audit.export', 'audit.verify', 'audit.erase']),
  ('technical_administrator', ARRAY['audit.verify']),
  -- Whoever appoints auditors may do what they may.
  ('administrator', ARRAY['audit.export', 'audit.verify']),
  ('compliance', ARRAY['audit.export', 'audit.verify']),
  ('auditor', ARRAY['audit.export', 'audit.verify'])
) AS grants (role, permissions)
JOIN roles ON roles.key = grants.role, unnest(permissions) AS permission;

-- ───────────────────────────── who may what

-- The server writes an entry and can neither change nor take it back; which transaction and when, the database says.
GRANT INSERT (leaf, object_ids) ON audit_entries TO mgp_app;
GRANT INSERT ON audit_payloads TO mgp_app;
GRANT SELECT ON audit_log, audit_leaves, audit_keys, audit_checkpoints TO mgp_app;
GRANT SELECT, INSERT ON audit_cosignatures, audit_verifications TO mgp_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON audit_witness_troubles TO mgp_app;
GRANT SELECT, INSERT (id, kind, before, object_type, object_id, actor_id, reason, requested_by, entry_id) ON audit_erasures TO mgp_app;
GRANT SELECT, UPDATE (payload_months, revision) ON audit_retention TO mgp_app;
GRANT EXECUTE ON FUNCTION audit_leaf_is_ours(pg_catalog.jsonb) TO mgp_app;

-- The sequencer numbers, signs and, on a request that stands in the tree, erases.
GRANT USAGE ON SCHEMA public TO mgp_sequencer;
GRANT SELECT ON audit_entries TO mgp_sequencer;
GRANT SELECT, INSERT ON audit_leaves, audit_keys, audit_checkpoints TO mgp_sequencer;
GRANT SELECT (entry_id, at), DELETE ON audit_payloads TO mgp_sequencer;
GRANT SELECT, UPDATE (done_at, erased, certificate) ON audit_erasures TO mgp_sequencer;
REVOKE EXECUTE ON FUNCTION audit_leaf_is_ours(pg_catalog.jsonb), read_audit_leaf() FROM PUBLIC;
