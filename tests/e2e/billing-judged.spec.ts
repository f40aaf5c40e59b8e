/** The documents of the demonstration, held against the schema and the rule sheets. */
import pg from 'pg'
import type { InvoiceContent } from '#contract/billing'
import { brokenRules, ruleSheetsThere, schemaErrors } from '../harness/rule-sheets.ts'
import { expect, test } from './run/test.ts'

test.setTimeout(540_000)

test('every document of the demonstration has the shape, and those judged keep the rules', async ({
  demonstration: { database },
}) => {
  test.skip(!ruleSheetsThere, 'the rule sheets are not here')
  const client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
  const { rows } = await client
    .query<{ number: string; content: string; xml: string }>(
      'SELECT number, content, xml FROM invoice_documents ORDER BY md5(number)',
    )
    .finally(() => client.end())
  expect(rows.length).toBeGreaterThan(100)
  for (let at = 0; at < rows.length; at += 200) {
    const some = rows.slice(at, at + 200)
    expect(
      (
        await schemaErrors(
          'invoice',
          some.map(({ xml }) => xml),
        )
      ).flat(),
    ).toEqual([])
  }
  // All of them take ten minutes; of each kind the first, and then as they come.
  const contents = rows.map((row) => ({ ...row, said: JSON.parse(row.content) as InvoiceContent })) // only the freezer writes it
  const kinds = new Map(
    contents.map((row) => [`${row.said.typeCode} ${row.said.buyer.audience} ${row.said.vat.length}`, row]),
  )
  const judged = new Set([
    ...kinds.values(),
    ...contents.slice(0, process.env['TEST_LONG'] ? rows.length : 30),
  ])
  for (const { number, xml, said } of judged) {
    expect(await brokenRules('en16931', xml), number).toEqual([])
    if (said.buyer.audience === 'business') expect(await brokenRules('french', xml), number).toEqual([])
    else expect(xml, number).not.toContain('>PMT<')
  }
})
