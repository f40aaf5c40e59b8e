import { useRouter } from '@tanstack/react-router'
import type { Page } from '#platform/ui/manifest.ts'
import { type MessageKey, useMessages } from '#platform/ui/messages.tsx'

/** A page as the app itself calls it. */
export function usePageWords(): (page: string) => string {
  const t = useMessages()
  const router = useRouter()
  return (page) => {
    const [, , route] = router.getMatchedRoutes(page)
    const title = (route?.options.staticData as { page?: Page } | undefined)?.page?.title // what the app’s router keeps
    return title ? t(title) : page
  }
}

/** What a verb’s last word comes to. */
const deeds: Readonly<Record<string, MessageKey>> = {
  added: 'impersonation.practice.deed.added',
  created: 'impersonation.practice.deed.added',
  booked: 'impersonation.practice.deed.added',
  logged: 'impersonation.practice.deed.added',
  removed: 'impersonation.practice.deed.removed',
  erased: 'impersonation.practice.deed.removed',
  trashed: 'impersonation.practice.deed.removed',
  tariff_removed: 'impersonation.practice.deed.removed',
  seen: 'impersonation.practice.deed.seen',
  read: 'impersonation.practice.deed.seen',
  listed: 'impersonation.practice.deed.copied',
  exported: 'impersonation.practice.deed.copied',
  copied: 'impersonation.practice.deed.copied',
  proof_handed_out: 'impersonation.practice.deed.copied',
  written: 'impersonation.practice.deed.sent',
  repeated: 'impersonation.practice.deed.sent',
  started: 'impersonation.practice.deed.started',
  ended: 'impersonation.practice.deed.ended',
  left: 'impersonation.practice.deed.ended',
  signed_out: 'impersonation.practice.deed.ended',
  revoked: 'impersonation.practice.deed.ended',
}

/** What it was done to. */
const objects: Readonly<Record<string, MessageKey>> = {
  absence: 'impersonation.practice.object.absence',
  act: 'impersonation.practice.object.act',
  agenda_rules: 'impersonation.practice.object.settings',
  appointment: 'impersonation.practice.object.appointment',
  appointments: 'impersonation.practice.object.appointment',
  appointment_series: 'impersonation.practice.object.appointment',
  board: 'impersonation.practice.object.board',
  call: 'impersonation.practice.object.call',
  extra_fee: 'impersonation.practice.object.fees',
  fee_note: 'impersonation.practice.object.fees',
  impersonation: 'impersonation.practice.object.impersonation',
  member: 'impersonation.practice.object.member',
  member_account: 'impersonation.practice.object.account',
  message: 'impersonation.practice.object.message',
  note: 'impersonation.practice.object.note',
  open_slot: 'impersonation.practice.object.hours',
  origin: 'impersonation.practice.object.patient',
  patient: 'impersonation.practice.object.patient',
  patient_consent: 'impersonation.practice.object.patient',
  patient_relative: 'impersonation.practice.object.patient',
  patient_request: 'impersonation.practice.object.request',
  payment: 'impersonation.practice.object.fees',
  practice: 'impersonation.practice.object.settings',
  practice_file: 'impersonation.practice.object.file',
  profile: 'impersonation.practice.object.account',
  reminders: 'impersonation.practice.object.settings',
  retention: 'impersonation.practice.object.settings',
  task: 'impersonation.practice.object.task',
  tenant: 'impersonation.practice.object.settings',
  working_hours: 'impersonation.practice.object.hours',
}

/** What was done, as a practice calls it: « Rendez-vous : modification ». */
export function useDeedWords(): (deed: { verb: string; objectType: string }) => string {
  const t = useMessages()
  return ({ verb, objectType }) => {
    const object = t(objects[objectType] ?? 'impersonation.practice.object.other')
    const said = verb.split('.').at(-1) ?? ''
    if (verb === 'endpoint.refused') return object
    return t('impersonation.practice.deed', {
      object,
      deed: t(deeds[said] ?? 'impersonation.practice.deed.changed'),
    })
  }
}
