import { expect, test } from 'vitest'
import { approveBank, prepareDirectDebit, proposeBank } from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import { debited, earliestOf, proposalOf } from '../../../../tests/harness/billing-debits.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { demonstrationSettings } from '../settings/demonstrating.ts'

const server = await testServer()

test('an invoice that announces one creditor is not collected by another', async () => {
  const billing = await server.as('billing')
  const { invoice } = await debited(server.db, billing)
  const collectOn = await earliestOf(billing, invoice)
  expect(await proposalOf(billing, invoice, collectOn)).toMatchObject({ why: null })
  const { id } = await billing.call(proposeBank, {
    body: {
      inForceFrom: dayOf(new Date()),
      content: { ...demonstrationSettings.bank, creditorId: 'FR72ZZZ123456' },
    },
  })
  await (await server.as('direction')).call(approveBank, { params: { id } })
  expect(await proposalOf(billing, invoice, collectOn)).toMatchObject({
    why: 'creditor_changed',
    earliestOn: null,
  })
  expect(
    await billing.refused(prepareDirectDebit, { body: { collectOn, invoiceIds: [invoice] } }),
  ).toMatchObject({ code: 'not_collectable', details: { invoiceIds: [invoice] } })
})
