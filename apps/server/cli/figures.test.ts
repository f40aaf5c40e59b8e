import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { tellStories } from '../../../tests/harness/billing-stories.ts'
import { testDatabase } from '../../../tests/harness/database.ts'
import { rebuildFigures } from './figures.ts'

const { adminUrl, appUrl } = await testDatabase()
const admin = new pg.Pool({ connectionString: adminUrl, max: 2 })
const app = new pg.Pool({ connectionString: appUrl, max: 2 })
afterAll(() => Promise.all([admin.end(), app.end()]))

const differences = async () =>
  (
    await admin.query(
      '(TABLE current_figures EXCEPT TABLE recounted_figures) UNION ALL (TABLE recounted_figures EXCEPT TABLE current_figures)',
    )
  ).rows

test('figures that were falsified are right again after a rebuild, while invoices keep being written', async () => {
  const told = await tellStories(app)
  const claire = await told.client('Claire Morel')
  await told.invoice(claire, { on: '2026-01-05' })
  await admin.query('SELECT fold_figures()')
  await admin.query(`UPDATE figures SET cents = cents + 100 WHERE measure = 'revenue_excl'`)
  expect(await differences()).toHaveLength(2)

  await Promise.all([
    rebuildFigures(adminUrl),
    ...Array.from({ length: 20 }, (_, at) =>
      told.invoice(claire, { on: `2026-02-${String(at + 1).padStart(2, '0')}` }),
    ),
  ])
  expect(await differences()).toEqual([])
})
