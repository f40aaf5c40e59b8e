-- Forgetting what was said in tickets: their words go, their numbers and clocks stay (decision 0031).

ALTER TABLE tickets ADD COLUMN forgotten_at timestamptz;
CREATE INDEX tickets_in_trash ON tickets (trashed_at) WHERE trashed_at IS NOT NULL AND forgotten_at IS NULL;
CREATE INDEX ON tickets (requester_email) WHERE forgotten_at IS NULL;
CREATE INDEX ON tickets (requester_member_id) WHERE requester_member_id IS NOT NULL;
-- Of one message in a ticket that somebody else asked.
ALTER TABLE ticket_messages ADD COLUMN forgotten_at timestamptz;
CREATE INDEX ON ticket_messages (by_member_id) WHERE by_member_id IS NOT NULL;
CREATE INDEX ON ticket_messages (from_email) WHERE from_email IS NOT NULL;
CREATE INDEX ON ticket_attachments (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX ON ticket_mails (email);
ALTER TABLE incoming_mails ADD COLUMN forgotten_at timestamptz;

ALTER TABLE privacy_steps DROP CONSTRAINT privacy_steps_kind_check;
ALTER TABLE privacy_steps ADD CONSTRAINT privacy_steps_kind_check CHECK (kind IN ('received', 'corrected', 'proof_demanded',
  'identity_checked', 'extended', 'note', 'copy_requested', 'copy_prepared', 'tickets_forgotten', 'proof_added', 'answered',
  'reopened'));

-- ───────────────────────────── what the functions below are made of: nobody else's

-- What held a clock up, in what one ticket hands to another: the reasons somebody typed for waiting go.
CREATE FUNCTION wordless_owed(owes jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE
  RETURN (SELECT coalesce(jsonb_agg(owed || jsonb_build_object('pauses', (
      SELECT coalesce(jsonb_agg(CASE pause ->> 'kind' WHEN 'waiting' THEN pause || '{"why": ""}'::jsonb ELSE pause END ORDER BY place), '[]')
      FROM jsonb_array_elements(owed -> 'pauses') WITH ORDINALITY pauses (pause, place))) ORDER BY nth), '[]')
    FROM jsonb_array_elements(owes) WITH ORDINALITY all_of_it (owed, nth));

-- What a log's line says of itself, without anybody's words: what clocks and reports read.
CREATE FUNCTION wordless(kind text, data jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE
  RETURN (SELECT coalesce(jsonb_object_agg(key, CASE key WHEN 'owes' THEN wordless_owed(value) ELSE value END), '{}') FROM jsonb_each(data)
    WHERE key IN ('priority', 'plan', 'tags', 'before', 'until', 'topic', 'progress', 'target', 'when', 'dueAt',
        'move', 'how', 'messages', 'owes', 'goesOn', 'restores', 'waitsSince', 'fromId', 'intoId', 'link')
      -- A ticket's number, or what people and fields were called; never a subject, a client or an address.
      OR key IN ('from', 'to', 'into', 'number') AND (jsonb_typeof(value) = 'number'
        OR kind IN ('priority_changed', 'topic_changed', 'progress_changed', 'assigned', 'team_changed')))
    -- The ledger says who waited, and reads a reason.
    || CASE WHEN data ? 'why' THEN '{"why": ""}'::jsonb ELSE '{}'::jsonb END;

-- Now, or by a clock that lags behind the server's: never before what happened already.
CREATE FUNCTION after_all_else(ticket uuid) RETURNS timestamptz LANGUAGE sql STABLE
  RETURN (SELECT greatest(now(), max(at)) FROM ticket_events WHERE ticket_id = ticket);

-- Every word of these mails, and what they are recognised by but for their digest. @returns a row for each, with its file
CREATE FUNCTION forget_incoming_mails(which uuid[]) RETURNS TABLE (key text)
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY
    WITH known AS (SELECT id, storage_key FROM incoming_mails WHERE id = ANY (which) AND forgotten_at IS NULL ORDER BY id FOR UPDATE),
    gone AS (
      UPDATE incoming_mails mail SET from_name = '', from_email = '', subject = '', body = '', quoted = '', files = '[]',
        message_id = NULL, client_id = NULL, storage_key = NULL, forgotten_at = now(),
        -- Nobody has anything to decide about it any more.
        state = CASE state WHEN 'to_confirm' THEN 'discarded' ELSE state END, revision = revision + 1
      FROM known WHERE mail.id = known.id)
    SELECT storage_key FROM known;
END $$;

-- Of mails that went out only when, and of which kind: of what still waits the body goes when it is sent.
CREATE FUNCTION forget_outgoing_mails(which uuid[]) RETURNS void
LANGUAGE sql SET search_path = public, pg_temp AS $$
  UPDATE outgoing_mails SET subject = '', last_error = NULL,
    body_sealed = CASE state WHEN 'queued' THEN body_sealed END,
    erased_at = CASE state WHEN 'queued' THEN erased_at ELSE coalesce(erased_at, now()) END
  WHERE template LIKE 'support.%' AND id = ANY (which)
$$;

-- A mail of ours is named by its row. What went to the same address about another ticket is none of these tickets'.
CREATE FUNCTION outgoing_mails_of(which uuid[]) RETURNS uuid[] LANGUAGE sql STABLE
  RETURN ARRAY(
    SELECT substring(message_id FROM '^([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})@')::uuid FROM ticket_mails
    WHERE direction = 'out' AND ticket_id = ANY (which));

-- @returns the tickets that were forgotten, and the files that go with them: a row for each file, one at least for each ticket.
CREATE FUNCTION forget_tickets(which uuid[]) RETURNS TABLE (id uuid, key text)
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  held uuid[];
  mails uuid[];
  keys jsonb;
BEGIN
  -- In one order, and nobody writes in them any more.
  SELECT array_agg(locked.id) INTO held FROM (
    SELECT tickets.id FROM tickets WHERE tickets.id = ANY (which) AND forgotten_at IS NULL ORDER BY tickets.id FOR UPDATE) locked;
  IF held IS NULL THEN RETURN; END IF;

  SELECT array_agg(mail.id) INTO mails FROM incoming_mails mail WHERE mail.ticket_id = ANY (held);
  -- A raw mail belongs to no ticket's folder: it goes with whichever is named first.
  SELECT jsonb_agg(jsonb_build_array(owner, storage)) INTO keys FROM (
    SELECT ticket_id AS owner, storage_key AS storage FROM ticket_attachments WHERE ticket_id = ANY (held)
    UNION ALL SELECT held[1], raw.key FROM forget_incoming_mails(mails) raw) files;
  PERFORM forget_outgoing_mails(outgoing_mails_of(held));

  DELETE FROM ticket_attachments WHERE ticket_id = ANY (held);
  DELETE FROM ticket_drafts WHERE ticket_id = ANY (held);
  DELETE FROM ticket_mails WHERE ticket_id = ANY (held);
  DELETE FROM ticket_presence WHERE ticket_id = ANY (held);
  UPDATE ticket_messages SET body = '', quoted = '', from_email = NULL, to_email = NULL, forgotten_at = now(),
    by_name = CASE WHEN by_staff_id IS NULL THEN '—' ELSE by_name END, by_member_id = NULL,
    -- What has not left never does.
    taken_back_at = CASE WHEN leaves_at IS NOT NULL AND left_at IS NULL THEN coalesce(taken_back_at, now()) ELSE taken_back_at END
  WHERE ticket_id = ANY (held);
  UPDATE ticket_ratings SET comment = '', by_email = NULL, by_member_id = NULL WHERE ticket_id = ANY (held);
  UPDATE ticket_moves SET before = '{}' WHERE from_id = ANY (held) OR into_id = ANY (held);
  UPDATE ticket_events SET data = wordless(kind, data), actor_member_id = NULL,
    actor_label = CASE WHEN actor_staff_id IS NULL THEN '—' ELSE actor_label END
  WHERE ticket_id = ANY (held);

  -- Nobody is left to be answered: what was open is over, by nobody's answer.
  INSERT INTO ticket_events (ticket_id, at, kind, actor_label)
    SELECT tickets.id, after_all_else(tickets.id), 'resolved', '—' FROM tickets
    WHERE tickets.id = ANY (held) AND status <> 'resolved' AND trashed_at IS NULL;
  INSERT INTO ticket_events (ticket_id, at, kind, actor_label)
    SELECT forgotten, after_all_else(forgotten), 'forgotten', '—' FROM unnest(held) forgotten;
  UPDATE tickets SET subject = '—', requester_name = '—', requester_email = '', requester_member_id = NULL,
    forgotten_at = now(), revision = revision + 1, snoozed_until = NULL,
    waiting = CASE WHEN trashed_at IS NULL THEN false ELSE waiting END,
    resolved_at = CASE WHEN trashed_at IS NULL THEN coalesce(resolved_at, after_all_else(tickets.id)) ELSE resolved_at END,
    status = CASE WHEN trashed_at IS NULL THEN 'resolved' ELSE status END
  WHERE tickets.id = ANY (held);

  RETURN QUERY SELECT forgotten, file ->> 1 FROM unnest(held) forgotten
    LEFT JOIN jsonb_array_elements(keys) file ON (file ->> 0)::uuid = forgotten;
END $$;

-- ───────────────────────────── the four occasions: each looks for itself whether it is one

-- A practice that is being purged, some of its tickets at a time.
CREATE FUNCTION forget_practice_tickets(practice uuid, most integer) RETURNS TABLE (id uuid, key text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT * FROM forget_tickets(ARRAY(
    SELECT tickets.id FROM tickets JOIN tenants ON tenants.id = tickets.tenant_id
    WHERE tenants.id = practice AND tenants.state = 'purging' AND forgotten_at IS NULL
    ORDER BY tickets.id LIMIT most FOR UPDATE OF tickets))
$$;

-- Since when a ticket lies in the trash, by what only ever is added to: when it says so, and when that was written (which the
-- database says, in its id). What stands in the ticket's row the server may change.
CREATE FUNCTION trashed_since(ticket uuid) RETURNS timestamptz LANGUAGE sql STABLE
  RETURN (SELECT CASE kind WHEN 'trashed' THEN greatest(at, uuid_extract_timestamp(id)) END FROM ticket_events
    WHERE ticket_id = ticket AND kind IN ('trashed', 'restored') ORDER BY at DESC, id DESC LIMIT 1);

-- Thirty days in the trash.
CREATE FUNCTION forget_trashed_tickets(most integer) RETURNS TABLE (id uuid, key text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT * FROM forget_tickets(ARRAY(
    SELECT tickets.id FROM tickets WHERE trashed_at < now() - interval '30 days' AND forgotten_at IS NULL
      AND trashed_since(tickets.id) < now() - interval '30 days'
    ORDER BY tickets.id LIMIT most FOR UPDATE))
$$;

-- Mails after thirty days: of what nobody wanted every word, of what stands in a ticket the mail as it came.
CREATE FUNCTION forget_old_mails(most integer) RETURNS TABLE (key text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT * FROM forget_incoming_mails(ARRAY(
    SELECT mail.id FROM incoming_mails mail WHERE mail.state IN ('discarded', 'set_aside') AND forgotten_at IS NULL
      AND coalesce(decided_at, received_at) < now() - interval '30 days'
    ORDER BY mail.id LIMIT most FOR UPDATE));
  RETURN QUERY WITH known AS (
      SELECT mail.id, storage_key FROM incoming_mails mail WHERE mail.state = 'filed' AND storage_key IS NOT NULL
        AND coalesce(decided_at, received_at) < now() - interval '30 days'
      ORDER BY mail.id LIMIT most FOR UPDATE),
    let_go AS (UPDATE incoming_mails mail SET storage_key = NULL FROM known WHERE mail.id = known.id)
    SELECT storage_key FROM known;
END $$;

-- By what somebody who asked for something in the register of requests is known.
CREATE FUNCTION addresses_of_request(request uuid) RETURNS text[] LANGUAGE sql STABLE
  RETURN ARRAY(
    SELECT DISTINCT lower(known.address) FROM privacy_requests asked LEFT JOIN clients ON clients.id = asked.client_id,
      LATERAL (VALUES (asked.person_email), (clients.email)) known (address)
    WHERE asked.id = request AND known.address <> '');

CREATE FUNCTION members_of_request(request uuid) RETURNS uuid[] LANGUAGE sql STABLE
  RETURN ARRAY(
    SELECT members.id FROM members JOIN member_accounts ON member_accounts.id = account_id
    WHERE lower(email) = ANY (addresses_of_request(request)));

-- The tickets somebody asked: by their address, as a member, or on the telephone as the client they are.
CREATE FUNCTION tickets_of_request(request uuid) RETURNS uuid[] LANGUAGE sql STABLE
  RETURN ARRAY(
    SELECT id FROM tickets WHERE forgotten_at IS NULL AND requester_email = ANY (addresses_of_request(request))
    UNION SELECT id FROM tickets WHERE forgotten_at IS NULL AND requester_member_id = ANY (members_of_request(request))
    UNION SELECT tickets.id FROM tickets JOIN privacy_requests asked ON asked.client_id = tickets.client_id
      WHERE asked.id = request AND forgotten_at IS NULL AND requester_member_id IS NULL);

-- What they said in tickets of others.
CREATE FUNCTION messages_of_request(request uuid) RETURNS uuid[] LANGUAGE sql STABLE
  RETURN ARRAY(
    SELECT id FROM ticket_messages WHERE forgotten_at IS NULL AND by_member_id = ANY (members_of_request(request))
    UNION SELECT id FROM ticket_messages WHERE forgotten_at IS NULL AND by_staff_id IS NULL
      AND from_email = ANY (addresses_of_request(request)));

-- Somebody who asked to be erased, and was identified.
CREATE FUNCTION forget_person_in_tickets(request uuid) RETURNS TABLE (id uuid, key text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  addresses text[];
  people uuid[];
  said uuid[];
BEGIN
  IF NOT EXISTS (SELECT FROM privacy_requests asked WHERE asked.id = request AND asked.kind = 'erasure'
    AND identity_checked_on IS NOT NULL AND answered_on IS NULL) THEN RETURN; END IF;
  addresses := addresses_of_request(request);
  people := members_of_request(request);
  RETURN QUERY SELECT * FROM forget_tickets(tickets_of_request(request));

  PERFORM tickets.id FROM tickets WHERE tickets.id IN (
    SELECT ticket_id FROM ticket_messages message WHERE message.id = ANY (messages_of_request(request))) ORDER BY tickets.id FOR UPDATE;
  said := messages_of_request(request);
  RETURN QUERY WITH gone AS (DELETE FROM ticket_attachments WHERE message_id = ANY (said) RETURNING storage_key)
    SELECT NULL::uuid, storage_key FROM gone;
  -- Who has no account is known in the log by what they called themselves, wherever the message was taken since.
  UPDATE ticket_events happened SET actor_label = '—' FROM ticket_messages message
    WHERE message.id = ANY (said) AND actor_staff_id IS NULL AND actor_member_id IS NULL AND actor_label = message.by_name
      AND (happened.ticket_id = message.ticket_id OR happened.ticket_id IN (
        SELECT unnest(ARRAY[from_id, into_id]) FROM ticket_moves WHERE message.id = ANY (message_ids)));
  UPDATE ticket_events SET data = wordless(kind, data)
    WHERE kind IN ('mail_bounced', 'acknowledged') AND lower(data ->> 'to') = ANY (addresses);
  UPDATE ticket_messages message SET body = '', quoted = '', from_email = NULL, by_name = '—', by_member_id = NULL, forgotten_at = now()
    WHERE message.id = ANY (said);
  UPDATE ticket_messages SET to_email = NULL WHERE to_email = ANY (addresses);
  UPDATE ticket_mails SET email = '', bounce = NULL WHERE email = ANY (addresses);
  UPDATE ticket_events SET actor_label = '—', actor_member_id = NULL WHERE actor_member_id = ANY (people);
  UPDATE ticket_ratings SET comment = '', by_email = NULL, by_member_id = NULL
    WHERE by_member_id = ANY (people) OR lower(by_email) = ANY (addresses);
  RETURN QUERY SELECT NULL::uuid, mail.key FROM forget_incoming_mails(ARRAY(
    SELECT incoming_mails.id FROM incoming_mails WHERE from_email = ANY (addresses) AND forgotten_at IS NULL)) mail;
  -- What still waits to leave for them is about somebody else's ticket: it leaves as it was written.
  PERFORM forget_outgoing_mails(ARRAY(
    SELECT outgoing_mails.id FROM outgoing_mails WHERE state <> 'queued' AND lower(to_email) = ANY (addresses)));
END $$;

-- ───────────────────────────── what the server may do

-- When a line was written into the log says its id, which the database gives it.
REVOKE INSERT ON ticket_events FROM mgp_app;
GRANT INSERT (ticket_id, at, kind, actor_staff_id, actor_member_id, actor_label, data) ON ticket_events TO mgp_app;

-- What was said it may not change: it may only have it forgotten, for one of these reasons.
REVOKE EXECUTE ON FUNCTION forget_incoming_mails(uuid[]), forget_outgoing_mails(uuid[]), forget_tickets(uuid[]),
  forget_practice_tickets(uuid, integer), forget_trashed_tickets(integer), forget_old_mails(integer),
  forget_person_in_tickets(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_practice_tickets(uuid, integer), forget_trashed_tickets(integer), forget_old_mails(integer),
  forget_person_in_tickets(uuid) TO mgp_app;
