/**
 * What each column of our databases holds. `open` names nobody: ids, dates, statuses, counts, amounts. The others name a
 * person (identity), tell of a patient or may (clinical: whatever is written freely in a practice), open something or are sealed
 * (secret), or lead to somebody's account (financial). What stands nowhere here is masked like a secret.
 */
export type Class = 'open' | Masked
export type Masked = 'identity' | 'clinical' | 'secret' | 'financial' | 'unclassed'
export type Unmaskable = Extract<Masked, 'identity' | 'financial'>
export type DatabaseKind = 'central' | 'tenant'

type Classes = { [one in Exclude<Class, 'unclassed'>]?: string }

/** By their name, in either kind of database. */
const usual: Classes = {
  open: `
    about_id access_id account_id account_manager_id act_id active actor_id actor_member_id actor_staff_id
    actor_type added_at added_by after_id agreed_at alerts_by_mail allocated_at allocated_by allowances
    amount_cents anchor_on answered_at answered_by answered_on applied_at applied_on applies_to
    appointment_id approved_at approved_by archived_at asked_at asked_by asleep_for asleep_until
    assignee_id at attempts audience author_id automatic backed_up backup_id basis_points batch_id before begun_at
    begun_by billed_at body_en body_fr booked_at booked_by booked_on bounced_at breached break_glass
    built_in by_member_id by_staff_id bytes calendar_id call_id called_at canary cancel_asked_at cancel_on cancelled_at
    cancelled_by capacity cents certificate_sha256 changed_on channel checked_at checksum classes client_id
    closed_at closed_by cluster_id code collect_on colour commitment company_id confirmed_at connections
    content_sha256 count coupon_id created_at created_by created_by_member credit_note_id database_name
    day days_late decided_at decided_by demonstration department deposit_id deposited_at device_id
    differences differing digest dimension direction discount_basis_points discount_cents document_id
    doing done done_at done_by done_on drop_after dropped_at due_at due_cents due_on during effective_at
    effects email_changed_at end_to_end_id ended_at ended_by ended_by_member ended_by_staff ended_reason
    ends_at ends_on enrolled_at enrolment_needs_link entries entry_id erased erased_at error_code
    drift escalations event_id every_weeks excl_cents execution execution_code execution_ended_at execution_id expire expires_at extra_fee_id factor
    failed_at failures_allowed failures_before fee_cents fee_note_id figures finalised_at finalised_by
    findings first_due_on fleet_id first_monthly_cents first_on first_responded_at first_response_kept
    first_response_seconds flow for_id forgotten_at format from_id from_minute from_on from_version
    given_at given_back_from given_by given_on gone granted_by handled_at handled_by hash held held_on
    hold_for_review holidays how id identity_checked_at identity_checked_on impersonation_id
    impersonation_policy import_id imported_at imported_by in_force_from indemnity_cents index insisted
    intended_at intent_entry_id interval_months into_id invoice_id is_current is_demonstration is_extended
    issued_at issued_by issued_on key key_expires_at kind known language lapses_at last_at last_backup_at
    last_customer_at last_issued_on last_message_at last_number last_on last_refused_at last_seen_at
    last_sha256 last_sign_in_at last_step last_used_at last_used_on late_share_percent late_window_hours
    layout introduction kept kept_at lead_id leaves_at left_at left_by left_out level lifted_at line lifted_by link locked_at login_role
    macro_id made_at made_by mailed_at mandate_id may_write measure measured_at media_type member_id
    mentions merged_into_id message_ids method migration_id minutes mode mon_soutien_psy month
    monthly_cents moved_at moved_by must_rotate needs_limits needs_permission new_device new_monthly_cents
    new_network next_payment_on next_period_on next_plan next_response_kept next_response_seconds no_email
    no_show_share_percent no_sms note_id notes_opened_at notices_seen_at number object_count object_id
    object_ids object_type occasion old_monthly_cents one opened_at opened_by operation_id option_id
    origin origin_id original_id outcome outcome_entry_id outstanding_cents owner_id page paid_cents
    password_changed_at patient_id paused_on paying_from paying_until payload_at payload_months
    payloads_erased payloads_opened payment_days payment_id payment_means pays penalties_cents
    percent_basis_points period_from period_until periods periods_left permission place plan plan_id plans
    platform platform_id points policy policy_id policy_version_id position practitioner_id
    previous_sha256 price_cents price_of_day priority profession profile progress proof_id proposed_at
    proposed_by proration provider purged_at purged_by purpose quantity quiet_from quiet_until quote_id
    rated_at reach read_at receipt_until receipt_used_at received_at received_on recorded_at recorded_by
    refund_of refused refused_at relative_id reminder_email_days reminder_hour reminder_sms_days
    removed_at rendered_at renewed reopenings replaced_at request_id requested_at requested_by
    requester_member_id resend_of reset_id resolution_kept resolution_seconds resolved_at result
    resumes_on retention_active_years retention_archive_years retired_at return_code returned_on
    reverses_id reviewed_at reviewed_by revision rights role role_id root row_count rows_by_table
    rows_estimated run_id runs saved_at schema_version score second_factor_required seen_at sent_at sent_by
    sequence series series_id session_id settled_at sha256 sign_count signature signed_at signed_on since size
    size_bytes slow_queries snoozed_until sound source staff_id staff_session_id started_at started_by
    started_on starts_at starts_local starts_on state state_before state_since status status_at step
    stepped_up_at storage_key subject_id subscription_id supplied_on suspended_at suspended_by suspicious
    tag_id tags taken_at taken_back_at taken_by target target_id team_id template template_catalogue
    template_name template_version tenant_id territory then_do ticket ticket_id ticket_message_id
    stop_tenant_id stop_why stopped_at stopped_by time_zone to_minute to_version told_at told_begin_at told_end_at took_ms topic total total_cents
    total_excl_cents total_incl_cents total_vat_cents totals transactions transports trashed_at trashed_by
    trial_days trial_ends_on tried_at tries type_code undo_until undoes undone_at undone_by unit
    unit_price_cents unmasking_id unreachable_since until until_on updated_at updated_by urgent used_at used_coupon
    uses_at_most valid_until vat_basis_points vat_category vat_exemption verb version vkey waiting wanted
    wanted_on wants_notes warn_at_percent warns_at wave weekday withdrawn_at withdrawn_on witness
    written_at written_by xid xml_sha256 year`,
  identity: `
    actor_label actor_name adeli address bounce by_email by_name caller certificate changes city clocks comment
    counterparty data electronic_address email error error_detail failure files first_name former_email from_email from_name ground
    holder input internal_note ip last_error last_ip last_name leaf legal_name lines message_id name network note order_reference
    person_email person_name phone postal_code postcode query quoted reason recipient requester_email requester_name review rpps
    said search search_text search_words sent_to siren siret sort_name state_reason stopped_because subject suspension_reason
    to_email to_name trouble user_agent value vat_number why word wording xml body content description discount_label 
    remark birth_name born_on`,
  clinical: 'details message problem proof title',
  secret: `
    asked_sealed body_sealed browser_hash code_hash credential_id enrolment_link_hash enrolment_secret_sealed iban_sealed
    ip_index key_hash key_sealed login_secret_sealed mac nonce password_hash payload provisioner_url_sealed public_key reason_sealed receipt
    report_sealed sealed secret secret_sealed selector session_hash text_sealed token_hash undo_sealed xml_sealed`,
  financial: `
    account_endings bic counterparty_ending fingerprint iban_ending label provider_id reference`,
}

/** Where a table means something else by a name. `*` is all of it. */
const exceptions: { [kind in DatabaseKind]: { [table: string]: Classes } } = {
  central: {
    // Jobs carry what they work on; no statement of a console may name them.
    'pgboss.*': { secret: '*' },
    attempt_counters: { identity: 'key' },
    audit_checkpoints: { open: 'note' },
    background_jobs: { identity: 'result' },
    billing_companies: { open: 'name' },
    billing_settings: { financial: 'content' },
    clusters: { open: 'address name' },
    impersonations: { open: 'reference' },
    incoming_mails: { open: 'why' },
    macros: { open: 'actions title' },
    members: { open: 'holder' },
    plan_options: { open: 'name' },
    plans: { open: 'description name' },
    privacy_proofs: { open: 'reference' },
    role_limits: { open: 'value' },
    roles: { open: 'description name' },
    schema_migrations: { open: 'name' },
    sepa_batches: { open: 'message_id' },
    support_calendar_versions: { open: 'content' },
    support_calendars: { open: 'name' },
    support_policies: { open: 'name' },
    support_tags: { open: 'name' },
    support_teams: { open: 'name' },
    ticket_attachments: { open: 'message_id' },
    ticket_moves: { identity: 'before' },
  },
  tenant: {
    absences: { clinical: 'label' },
    acts: { open: 'name' },
    appointments: { clinical: 'remark' },
    calls: { open: 'subject' },
    consents: { open: 'subject' },
    dues: { clinical: 'label' },
    extra_fees: { clinical: 'label' },
    fee_note_lines: { clinical: 'label' },
    fee_notes: { clinical: 'content cancelled_reason' },
    files: { clinical: 'name' },
    messages: { clinical: 'body subject', open: 'carrier_id' },
    notes: { clinical: 'body_sealed title_sealed' },
    note_versions: { clinical: 'body_sealed reason_sealed' },
    open_slots: { clinical: 'label' },
    origins: { open: 'name' },
    patient_requests: { clinical: 'answer note' },
    patients: { clinical: 'remark' },
    schema_migrations: { open: 'name' },
    support_accesses: { open: 'reference' },
  },
}

const names = (list: string) => list.trim().split(/\s+/)
const byName = (classes: Classes): Map<string, Class> =>
  new Map(
    Object.entries(classes).flatMap(([one, list]) => names(list).map((name) => [name, one as Class])), // its keys are classes
  )

const everywhere = byName(usual)
const within = {
  central: tablesOf(exceptions.central),
  tenant: tablesOf(exceptions.tenant),
}
function tablesOf(tables: { [table: string]: Classes }) {
  return new Map(Object.entries(tables).map(([table, classes]) => [table, byName(classes)]))
}

/** @param table as it is called in `public`; with its schema where that is another one */
export function classOf(kind: DatabaseKind, table: string, column: string): Class {
  return lineOf(kind, table, column)?.[1] ?? 'unclassed'
}

/** Which line says so: the wall asks whether each is somebody's. */
export function lineOf(
  kind: DatabaseKind,
  table: string,
  column: string,
): [line: string, is: Class] | undefined {
  const [schema] = table.includes('.') ? table.split('.') : []
  for (const [where, name] of [
    [table, column],
    [`${schema ?? ''}.*`, '*'],
  ] as const) {
    const said = within[kind].get(where)?.get(name)
    if (said) return [`${kind}.${where}.${name}`, said]
  }
  const said = everywhere.get(column)
  return said && [`usual.${column}`, said]
}

export const allLines: readonly string[] = [
  ...[...everywhere.keys()].map((column) => `usual.${column}`),
  ...(['central', 'tenant'] as const).flatMap((kind) =>
    [...within[kind]].flatMap(([table, columns]) =>
      [...columns.keys()].map((column) => `${kind}.${table}.${column}`),
    ),
  ),
]
