/** Clients as a story needs them, made over the API by somebody who may. */
import type { Page } from '@playwright/test'
import { addressOf } from '#platform/contract/endpoint.ts'
import { Client, createClient, type NewClient } from '#contract/clients'
import { patiently } from './patiently.ts'

type Given = Pick<NewClient, 'lastName' | 'firstName' | 'email'> & Partial<NewClient>

/** @param by a page of somebody with clients.write */
export async function aClient(by: Page, given: Given): Promise<Client> {
  const data = { kind: 'practitioner', status: 'prospect', ...given }
  const response = await patiently(() => by.request.post(addressOf(createClient), { data }))
  if (!response.ok()) throw new Error(`${response.status()} ${await response.text()}`)
  return Client.parse(await response.json())
}
