/** The log's verbs and objects in words. A verb nobody has put into words yet shows itself. */
import type { AuditEntry } from '#contract/audit'
import type { Formats } from '#platform/ui/formats.ts'
import type { MessageKey, Translate } from '#platform/ui/messages.tsx'

type WordKey<Prefix extends string> = MessageKey extends infer Key
  ? Key extends `${Prefix}${infer Word}`
    ? Word
    : never
  : never

export type KnownVerb = WordKey<'audit.verb.'>
export type KnownObject = WordKey<'audit.object.'>

const knownActors: readonly WordKey<'audit.actor.'>[] = ['sign_in_page', 'system']

export const knownVerbs: readonly KnownVerb[] = [
  'client.created',
  'client.updated',
  'client.status_changed',
  'client.status_restored',
  'client.trashed',
  'client.restored',
  'client_import.uploaded',
  'client_import.started',
  'client.imported',
  'client.export_requested',
  'clients.exported',
  'extra_fee.added',
  'extra_fee.removed',
  'fee_note.cancelled',
  'fee_note.issued',
  'fee_note.seen',
  'payment.listed',
  'payment.recorded',
  'payment.refunded',
  'payment.undone',
  'call.logged',
  'call.updated',
  'call.handled',
  'call.reopened',
  'call.booked',
  'task.added',
  'task.updated',
  'task.completed',
  'task.reopened',
  'task.removed',
  'message.written',
  'message.repeated',
  'reminders.updated',
  'note.amended',
  'note.erased',
  'note.restored',
  'note.saved',
  'note.seen',
  'note.signed',
  'note.trashed',
  'saved_view.created',
  'saved_view.replaced',
  'saved_view.deleted',
  'staff.created',
  'staff.password_verified',
  'staff.signed_in',
  'staff.signed_out',
  'staff.language_chosen',
  'session.stepped_up',
  'session.ended',
  'session.others_ended',
  'session.everyones_ended',
  'address_block.lifted',
  'staff.authenticator_enrolled',
  'staff.authenticator_removed',
  'staff.passkey_added',
  'staff.passkey_renamed',
  'staff.passkey_removed',
  'staff.recovery_codes_created',
  'roles.permissions_changed',
  'role.created',
  'role.updated',
  'role.deleted',
  'staff.invited',
  'staff.invitation_repeated',
  'staff.updated',
  'staff.suspended',
  'staff.reactivated',
  'staff.roles_changed',
  'staff.session_ended',
  'staff.sessions_ended',
  'staff.password_reset_offered',
  'staff.password_reset_asked',
  'staff.password_link_mailed',
  'staff.password_changed',
  'staff.password_replaced',
  'staff.link_opened',
  'staff.factor_reset_asked',
  'staff.factor_reset_refused',
  'factor_reset.requested',
  'factor_reset.approved',
  'factor_reset.cancelled',
  'factor_reset.postponed',
  'factor_reset.carried_out',
  'privacy_request.read',
  'privacy_request.received',
  'privacy_request.corrected',
  'privacy_request.proof_demanded',
  'privacy_request.identity_checked',
  'privacy_request.extended',
  'privacy_request.step_added',
  'privacy_request.proof_added',
  'privacy_request.proof_linked',
  'privacy_request.copy_requested',
  'privacy_request.copy_prepared',
  'privacy_request.answered',
  'privacy_request.reopened',
  'announcement.added',
  'announcement.changed',
  'announcement.removed',
  'announcement.restored',
  'privacy_proof.read',
  'client.read',
  'staff.read',
  'staff.sign_in_refused',
  'sign_in.listed',
  'address_block.listed',
  'mail.read',
  'file.downloaded',
  'dashboard.exported',
  'endpoint.refused',
  'refusals.many',
  'audit_payloads.erasure_requested',
  'audit_payloads.retention_changed',
  'audit_log.fetched',
  'audit_log.verification_requested',
  'audit_log.verified',
  'audit_entry.proof_downloaded',
  'audit.searched',
  'audit_entry.read',
  'audit_search.created',
  'audit_search.replaced',
  'audit_search.deleted',
  'audit.export_requested',
  'audit.exported',
  'member.signed_in',
  'member.practice_entered',
  'member.signed_out',
  'member.sign_in_refused',
  'member.language_chosen',
  'member.passkey_added',
  'member.passkey_removed',
  'member.passkey_renamed',
  'member.password_reset_asked',
  'member.password_link_mailed',
  'member.link_opened',
  'member.password_replaced',
  'member.invited',
  'member.invitation_repeated',
  'member.sessions_ended',
  'member.departed',
  'member.practice_switched',
  'member.grant_returned',
  'member.rights_changed',
  'member.factor_accepted',
  'member.factor_enrolled',
  'member.factors_removed',
  'member.factor_rule_changed',
  'member.authenticator_enrolled',
  'member.authenticator_removed',
  'member.recovery_codes_created',
  'member.stepped_up',
  'practice.updated',
  'profile.updated',
  'practice.exported',
  'patient.seen',
  'patient.created',
  'patient.updated',
  'patient.archived',
  'patient.unarchived',
  'patient.trashed',
  'patient.restored',
  'patient.listed',
  'patient.copied',
  'patient.erased',
  'patient_relative.added',
  'patient_relative.updated',
  'patient_relative.removed',
  'patient_consent.given',
  'patient_consent.revoked',
  'origin.added',
  'origin.updated',
  'patient_request.seen',
  'patient_request.received',
  'patient_request.identity_checked',
  'patient_request.answered',
  'patient_request.refused',
  'retention.updated',
  'retention.applied',
  'practice_file.added',
  'practice_file.read',
  'practice_file.removed',
  'tenant.opened',
  'tenant.provisioned',
  'tenant.given_up',
  'tenant.suspended',
  'tenant.resumed',
  'tenant.canary_chosen',
  'tenant.exported',
  'tenant.export_prepared',
  'tenant.backup_asked',
  'tenant.backed_up',
  'tenant.restore_asked',
  'tenant.restored',
  'tenant.switch_asked',
  'tenant.switched',
  'tenant.spare_dropped',
  'tenant.move_asked',
  'tenant.moved',
  'tenant.purge_asked',
  'tenant.purged',
  'cluster.added',
  'cluster.updated',
  'fleet_migration.started',
  'fleet_migration.stopped',
  'fleet.drift_check_asked',
  'absence.added',
  'absence.changed',
  'absence.removed',
  'act.added',
  'act.tariff_removed',
  'act.priced',
  'act.updated',
  'acts.usual_added',
  'agenda_rules.changed',
  'board.arranged',
  'appointment.booked',
  'appointment.marked',
  'appointment.moved',
  'appointment.removed',
  'appointment.updated',
  'appointment_series.booked',
  'appointment_series.changed',
  'appointments.marked',
  'appointments.moved',
  'open_slot.added',
  'open_slot.removed',
  'working_hours.changed',
  'impersonation.asked',
  'impersonation.approved',
  'impersonation.reviewed',
  'impersonation.key_handed_out',
  'impersonation.revoked',
  'impersonation.given_up',
  'impersonation.ended',
  'impersonation.signed_out',
  'impersonation.lapsed',
  'impersonation.started',
  'impersonation.seen',
  'impersonation.agreed',
  'impersonation.refused',
  'impersonation.notes_opened',
  'impersonation.proof_handed_out',
  'impersonation_policy.changed',
  'practice.access_policy_changed',
]

export const knownObjects: readonly KnownObject[] = [
  'client',
  'client_import',
  'client_export',
  'call',
  'task',
  'message',
  'reminders',
  'note',
  'saved_view',
  'staff_member',
  'role',
  'role_matrix',
  'address_block',
  'privacy_request',
  'announcement',
  'privacy_proof',
  'sign_in',
  'session',
  'extra_fee',
  'fee_note',
  'payment',
  'passkey',
  'factor_reset',
  'mail',
  'file',
  'dashboard',
  'endpoint',
  'audit_payloads',
  'audit_retention',
  'audit_log',
  'audit_entry',
  'audit_search',
  'audit_export',
  'member',
  'member_account',
  'practice',
  'patient',
  'origin',
  'patient_request',
  'retention',
  'practice_file',
  'tenant',
  'cluster',
  'fleet_migration',
  'fleet',
  'absence',
  'act',
  'board',
  'appointment',
  'appointment_series',
  'open_slot',
  'impersonation',
  'impersonation_policy',
]

/** Who acted: a person by name, or a part of the house, which no person's name (two words) can be taken for. */
export function actorInWords(actor: string, t: Translate): string {
  return isOneOf(knownActors, actor) ? t(`audit.actor.${actor}`) : actor
}

/** « a modifié le client », to be read after the actor's name. */
export function verbInWords(verb: string, t: Translate): string {
  return isOneOf(knownVerbs, verb) ? t(`audit.verb.${verb}`) : verb
}

/** The same of an entry: what was refused or went wrong is not told as if it had been done: « s’est vu refuser de modifier le client ». */
export function deedInWords({ verb, result }: Pick<AuditEntry, 'verb' | 'result'>, t: Translate): string {
  const said = verbInWords(verb, t)
  if (result === 'done' || result === 'seen') return said
  if (result !== 'refused') return t(`audit.deed.${result}`, { verb: said })
  return isOneOf(knownVerbs, verb)
    ? t('audit.deed.refused', { deed: t(`audit.refused.${verb}`) })
    : t('audit.deed.refused.unknown', { verb: said })
}

export function objectInWords(objectType: string, t: Translate): string {
  return isOneOf(knownObjects, objectType) ? t(`audit.object.${objectType}`) : objectType
}

/** What an object is called: by its name, or by its number where that is all the name it has. */
export function objectNamed(
  { objectType, objectName }: Pick<AuditEntry, 'objectType' | 'objectName'>,
  t: Translate,
): string | null {
  if (objectName === null) return null
  if (objectType === 'role') return roleInWords(objectName, t)
  return isOneOf(numbered, objectType)
    ? t(`audit.numbered.${objectType}`, { number: objectName })
    : objectName
}

/** Roles every house has are called by their key; those it made have a name. */
function roleInWords(name: string, t: Translate): string {
  const key = `access.role.${name}` as MessageKey // asked for on the next line
  const known = t(key)
  return known === key ? name : known
}

const numbered: readonly WordKey<'audit.numbered.'>[] = ['privacy_request', 'privacy_proof']

/** « n° 12 345 », counted from 0 as the tree does; or that the sequencer has not come to it yet. */
export function numberInWords(index: number | null, t: Translate, formats: Formats): string {
  return index === null ? t('audit.number.waiting') : t('audit.number.of', { number: formats.integer(index) })
}

/** The first part of a verb, and the part of the product whose list it stands in. */
const modules: readonly [RegExp, WordKey<'access.module.'>][] = [
  [/^(client|saved_view)/, 'clients'],
  [/^(invoice|payment|subscription)/, 'billing'],
  [/^(audit|endpoint|file)/, 'audit'],
  [/^role/, 'access'],
  [/^privacy/, 'privacy'],
  [/^impersonation/, 'impersonation'],
  [/^(tenant|cluster|fleet|member|practice)/, 'tenancy'],
  [/^mail/, 'mail'],
  [/^dashboard/, 'dashboard'],
]

/** The heading a verb stands under where one chooses among them. */
export function groupInWords(verb: string, t: Translate): string {
  const known = modules.find(([beginning]) => beginning.test(verb))
  return t(`access.module.${known?.[1] ?? 'identity'}`)
}

function isOneOf<Word extends string>(words: readonly Word[], word: string): word is Word {
  return words.some((known) => known === word)
}
