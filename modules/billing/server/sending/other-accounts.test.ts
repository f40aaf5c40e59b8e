import { beforeAll, expect, test } from 'vitest'
import {
  checkDraft,
  createQuote,
  finaliseInvoice,
  issueQuote,
  sendInvoice,
  sendLetter,
  sendQuote,
} from '#contract/billing'
import {
  billableClient,
  draftFor,
  issuedFor,
  openBilling,
  subscriptionLine,
} from '../../../../tests/harness/billing.ts'
import type { Browserless } from '../../../../tests/harness/browserless.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { demonstrationSettings } from '../settings/demonstrating.ts'

/** Whoever may only write must not say where money goes: that is for two people. */
const server = await testServer()
// An example of a bank's own manual.
const other = 'FR14 2004 1010 0505 0001 3M02 606'
const ours = demonstrationSettings.bank.iban
const letter = (body: string) => ({ to: 'a@example.com', subject: 'Votre facture', body })

let billing: Browserless
let client: string
beforeAll(async () => {
  billing = await server.as('billing')
  await openBilling(server.db)
  client = await billableClient(server.db)
})

const wrong = (path: string) =>
  expect.objectContaining({ fields: [expect.objectContaining({ path, code: 'foreign_account' })] })

test.each([
  ['note', { note: `Payez sur ${other}` }],
  ['lines.0.description', { lines: [{ ...subscriptionLine, description: `Séance, ${other}` }] }],
  ['orderReference', { orderReference: other.replaceAll(' ', '') }],
] as const)(
  'a draft that names another account (%s) is not numbered, and is told where',
  async (field, over) => {
    const { id, revision } = await draftFor(billing, client, over as Parameters<typeof draftFor>[2]) // one field of it
    const { findings } = await billing.call(checkDraft, { params: { id } })
    expect(findings).toMatchObject([{ rule: 'foreign_account', severity: 'error', field }])
    const refused = await billing.refused(finaliseInvoice, { params: { id }, body: { revision } })
    expect(refused).toMatchObject({ code: 'invoice_not_lawful' })
  },
)

test('a letter with a document names no other account; ours it may', async () => {
  const { id } = await issuedFor(billing, client)
  const send = (body: string) => ({ params: { id }, body: letter(body) })
  expect(await billing.refused(sendInvoice, send(`Bonjour,\n\npayez sur ${other}.`))).toEqual(wrong('body'))
  await billing.call(sendInvoice, send(`Bonjour,\n\npayez sur ${ours}.`))
})

test('a letter bears nothing that no mail shows, or that turns what is read', async () => {
  const { id } = await issuedFor(billing, client)
  for (const body of ['Payez \u202E9810', 'Signé \uE000'])
    expect(await billing.refused(sendInvoice, { params: { id }, body: letter(body) })).toEqual(
      expect.objectContaining({ fields: [expect.objectContaining({ path: 'body', code: 'unprintable' })] }),
    )
  await billing.call(sendInvoice, { params: { id }, body: letter('Merci 🙂') })
})

test('a quote names no other account, nor does the letter it goes with', async () => {
  const fields = { lines: [subscriptionLine], note: `Acompte sur ${other}` }
  const named = await billing.call(createQuote, { body: { clientId: client, ...fields } })
  expect(
    await billing.refused(issueQuote, { params: { id: named.id }, body: { revision: named.revision } }),
  ).toEqual(wrong('note'))
  const plain = await billing.call(createQuote, { body: { clientId: client, ...fields, note: '' } })
  const params = { id: plain.id }
  await billing.call(issueQuote, { params, body: { revision: plain.revision } })
  expect(await billing.refused(sendQuote, { params, body: letter(other) })).toEqual(wrong('body'))
})

test('a reminder names no other account', async () => {
  const { id } = await issuedFor(billing, client)
  const body = { step: 1, outstandingCents: 2_900, subject: 'Rappel', body: `Réglez sur ${other}.` }
  expect(await billing.refused(sendLetter, { params: { id }, body })).toEqual(wrong('body'))
})
