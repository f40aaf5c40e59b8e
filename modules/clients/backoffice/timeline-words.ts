/** What happened to a client, in words. A verb or field nobody has put into words yet shows itself. */
import { clientKinds, clientStatuses, type TimelineEntry } from '#contract/clients'
import { type Formats, MISSING } from '#platform/ui/formats.ts'
import type { MessageKey, Translate } from '#platform/ui/messages.tsx'
import { departmentName } from './department-name.ts'
import { phoneInWords } from './number-words.ts'

type Action = Extract<TimelineEntry, { kind: 'action' }>
type Change = Action['changes'][number]

/** « Karim Benali a modifié la fiche » */
export function actionInWords({ verb, actor }: Action, t: Translate): string {
  // From before the log, or from an import too long to be named in it.
  if (verb === 'client.created' && actor === null) return t('clients.timeline.client.arrived')
  const key = `clients.timeline.${verb}` as MessageKey // asked for on the next line
  const known = t(key, { actor: actor ?? t('clients.timeline.nobody') })
  return known === key ? `${actor ?? t('clients.timeline.nobody')} : ${verb}` : known
}

export function fieldInWords(field: string, t: Translate): string {
  const key = `clients.field.${field}` as MessageKey // asked for on the next line
  const known = t(key)
  return known === key ? field : known
}

/** A value as the page shows it; nothing is a dash. */
export function valueInWords(field: string, value: unknown, t: Translate, formats: Formats): string {
  if (value === null || value === undefined || value === '') return MISSING
  if (typeof value === 'object') return leavesOf(value).join(', ')
  if (typeof value !== 'string') return JSON.stringify(value)
  const status = clientStatuses.find((one) => one === value)
  if (field === 'status' && status) return t(`clients.status.${status}`)
  const kind = clientKinds.find((one) => one === value)
  if (field === 'kind' && kind) return t(`clients.kind.${kind}`)
  if (field === 'department') return departmentName(value)
  if (field === 'phone') return phoneInWords(value)
  if (field === 'audience' || field === 'language' || field === 'paymentMeans') {
    const key = `clients.${field === 'paymentMeans' ? 'payment' : field}.${value}` as MessageKey // asked for on the next line
    const known = t(key)
    return known === key ? value : known
  }
  if (field.endsWith('On')) return formats.day(value)
  if (field.endsWith('At')) return formats.dayTime(value)
  return value
}

/** An address: what it says, in the order it was written. */
const leavesOf = (value: object): string[] =>
  Object.values(value).flatMap((one: unknown) =>
    typeof one === 'object' && one !== null ? leavesOf(one) : one === null || one === '' ? [] : [String(one)],
  )

/** Fields that tell a person nothing: they follow from the others. */
const silent = new Set(['version', 'revision', 'updatedAt', 'trashedAt', 'trashedBy', 'id', 'createdAt'])

export function toldChanges(changes: readonly Change[]): Change[] {
  return changes.filter(
    ({ field, before, after }) =>
      !silent.has(field) && JSON.stringify(before ?? null) !== JSON.stringify(after ?? null),
  )
}
