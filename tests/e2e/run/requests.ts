/** Requests as a story needs them, made over the API by somebody who may. */
import type { Page } from '@playwright/test'
import { addressOf } from '#platform/contract/endpoint.ts'
import { checkIdentity, PrivacyRequest, receivePrivacyRequest, type RequestFields } from '#contract/privacy'

type Given = Partial<RequestFields> & { identified?: boolean }

/** The day it is in Paris, so many days from today. */
export const dayFromToday = (days: number): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(Date.now() + days * 86_400_000)

/** @param by a page of somebody with privacy.manage */
export async function aRequest(
  by: Page,
  { identified = false, ...given }: Given = {},
): Promise<PrivacyRequest> {
  const received = await post(by, addressOf(receivePrivacyRequest), {
    kind: 'access',
    clientId: null,
    name: 'Yvonne Delaunay',
    email: null,
    receivedOn: dayFromToday(0),
    channel: 'email',
    wording: 'Que savez-vous de moi ?',
    ...given,
  })
  if (!identified) return received
  const check = { method: 'account', checkedOn: received.receivedOn }
  return post(by, addressOf(checkIdentity, { id: received.id }), check)
}

async function post(by: Page, address: string, data: object): Promise<PrivacyRequest> {
  const response = await by.request.post(address, { data })
  if (!response.ok()) throw new Error(`${response.status()} ${await response.text()}`)
  return PrivacyRequest.parse(await response.json())
}
