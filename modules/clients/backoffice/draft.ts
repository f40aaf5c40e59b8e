/** What stands in the form of a client while it is being filled in: text, as people type it. */
import { type Client, ClientFields, type ClientKind, type ClientStatus } from '#contract/clients'
import { phoneInWords } from './number-words.ts'

export const draftFields = [
  'kind',
  'status',
  'lastName',
  'firstName',
  'email',
  'phone',
  'address',
  'postalCode',
  'city',
  'department',
  'rpps',
  'adeli',
  'siret',
  'origin',
  'nextPaymentOn',
  'accountManagerId',
  'internalNote',
] as const satisfies (keyof ClientFields)[]
export type DraftField = (typeof draftFields)[number]

export type Draft = Record<Exclude<DraftField, 'kind' | 'status'>, string> & {
  kind: ClientKind
  status: ClientStatus
}

export const emptyDraft: Draft = {
  kind: 'practitioner',
  status: 'prospect',
  lastName: '',
  firstName: '',
  email: '',
  phone: '',
  address: '',
  postalCode: '',
  city: '',
  department: '',
  rpps: '',
  adeli: '',
  siret: '',
  origin: '',
  nextPaymentOn: '',
  accountManagerId: '',
  internalNote: '',
}

export function draftOf(client: Client): Draft {
  const texts = Object.fromEntries(draftFields.map((field) => [field, client[field] ?? '']))
  const phone = phoneInWords(client.phone ?? '').replaceAll('\u00A0', ' ')
  return { ...emptyDraft, ...texts, phone }
}

/** The fields in which two drafts differ, in the form's order. */
export function differences(one: Draft, other: Draft): DraftField[] {
  return draftFields.filter((field) => one[field] !== other[field])
}

/** Only the fields given, as the wire takes them. */
export function pick(draft: Draft, fields: readonly DraftField[]): Partial<Draft> {
  return Object.fromEntries(fields.map((field) => [field, draft[field]]))
}

/**
 * What is wrong with a field, as the server would say it, before it is asked.
 * @returns the code of its sentence (`email_invalid`), or null
 */
export function problemOf(field: DraftField, typed: string): string | null {
  const result = ClientFields.shape[field].safeParse(typed)
  if (result.success) return null
  const issue = result.error.issues[0]
  if (issue?.code === 'custom' && typeof issue.params?.['code'] === 'string') return issue.params['code']
  return issue?.message ?? null
}
