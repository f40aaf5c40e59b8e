import { expect, test } from 'vitest'
import { importBankFile, previewBankFile, uploadBankFile } from '#contract/billing'
import { seedSettings } from '#server/billing'
import { tellStories } from '../../../../tests/harness/billing-stories.ts'
import { testServer } from '../../../../tests/harness/server.ts'

const server = await testServer()
const told = await tellStories(server.pool)
const billing = await server.as('billing')
const company = await seedSettings(server.db)

const upload = (...lines: readonly string[]) =>
  billing.call(uploadBankFile, {
    query: { name: 'releve.csv' },
    file: new Blob([['Date;Libellé;Montant', ...lines].join('\n')], { type: 'text/csv' }),
  })

test('a statement that says no account is the same file after another account of ours came into force', async () => {
  const line = '20/11/2026;VIR UNE FOIS;1,23'
  const { id: first } = await upload(line)
  await billing.call(importBankFile, { body: { fileId: first } })
  await told.run(
    `insert into billing_settings (company_id, kind, in_force_from, content, state, proposed_by, proposed_at, decided_by, decided_at)
     select company_id, kind, greatest(in_force_from + 1, current_date - 1), jsonb_set(content, '{iban}', '"FR7630006000011234567890189"'), state,
       proposed_by, proposed_at, decided_by, decided_at
     from billing_settings where company_id = $1 and kind = 'bank' and state = 'approved'`,
    company,
  )
  const again = await upload(line)
  expect(again.accounts.map(({ ending, isCurrent }) => [ending, isCurrent])).toEqual([
    ['0189', true],
    ['7809', false],
  ])
  expect(again.importedAt).not.toBe(null)
  expect((await billing.refused(importBankFile, { body: { fileId: again.id } })).code).toBe('bank_file_twice')

  const idOf = (ending: string) => again.accounts.find((one) => one.ending === ending)?.id
  const longer = await upload(line, '21/11/2026;VIR DE PLUS;4,56')
  expect(longer.importedAt).toBe(null)
  const former = await billing.call(previewBankFile, {
    params: { id: longer.id },
    query: { accountId: idOf('7809') },
  })
  expect([former.transactions, former.known]).toEqual([2, 1])
  expect(
    await billing.call(importBankFile, { body: { fileId: longer.id, accountId: idOf('7809') } }),
  ).toMatchObject({ accountEndings: ['7809'], known: 1 })

  const named = { fileId: again.id, accountId: idOf('0189') }
  expect(await billing.call(importBankFile, { body: named })).toMatchObject({
    accountEndings: ['0189'],
    known: 0,
  })
})
