/** What stands in the form of a request. */
import type { PrivacyRequest, RequestFields } from '#contract/privacy'
import { today } from './today.ts'

export type Draft = Omit<RequestFields, 'email'> & { email: string }

export const newDraft = (): Draft => ({
  kind: 'access',
  clientId: null,
  name: '',
  email: '',
  receivedOn: today(),
  channel: 'email',
  wording: '',
})

export const draftOf = ({ kind, person, receivedOn, channel, wording }: PrivacyRequest): Draft => ({
  kind,
  clientId: person.client?.id ?? null,
  name: person.name,
  email: person.email ?? '',
  receivedOn,
  channel,
  wording,
})

/** As the contract takes it. */
export const bodyOf = (draft: Draft): RequestFields => ({ ...draft, email: draft.email || null })

export const draftFieldNames = ['name', 'receivedOn', 'wording'] as const

/** Required fields that are still empty. */
export function missingIn(draft: Draft): (typeof draftFieldNames)[number][] {
  return draftFieldNames.filter((name) => !draft[name].trim() && !(name === 'name' && draft.clientId))
}
