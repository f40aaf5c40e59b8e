import { beforeAll, expect, test } from 'vitest'
import { tellStories } from '../../../tests/harness/billing-stories.ts'
import { testServer } from '../../../tests/harness/server.ts'

const server = await testServer()

beforeAll(async () => {
  const told = await tellStories(server.pool)
  const claire = await told.client('Claire Morel')
  await told.subscribe(claire, { from: '2026-01-05' })
  await told.invoice(claire, { on: '2025-12-05', excl: 1_000 })
  await told.invoice(claire, { on: '2026-01-05', excl: 123_450 })
})

const download = async (language = 'fr') =>
  (await server.as('direction')).send('GET', '/api/v1/dashboard.csv?month=2026-01', {
    headers: { 'accept-language': language },
  })

test('opens in a French spreadsheet as it is: semicolons, decimal commas, a byte order mark', async () => {
  const { status, headers, text } = await download()
  expect(status).toBe(200)
  expect(headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(headers['content-disposition']).toContain('tableau-de-bord-2026-01.csv')
  const [heading, ...lines] = text.split('\r\n')
  expect(heading).toBe(
    '\uFEFFIndicateur;Détail;Période;Nombre;Montant HT (€);Montant TTC (€);Évolution ou taux (%)',
  )
  expect(lines[0]).toBe('Chiffre d’affaires du mois;;01/2026;1;1234,50;1481,40;12245,00')
  expect(lines[1]).toBe('Chiffre d’affaires du mois;;12/2025;1;10,00;12,00;')
  expect(lines).toContain('Résiliations;;01/2026;0;0,00;;')
})

test('has as many cells in every line as headings, and words for every figure in both languages', async () => {
  for (const language of ['fr', 'en']) {
    const { text } = await download(language)
    const lines = text.trim().split('\r\n')
    expect(lines.length).toBeGreaterThan(25)
    for (const line of lines) expect(line.split(';')).toHaveLength(7)
    expect(text).not.toContain('dashboard.')
  }
})

test('is refused to who may not read the dashboard', async () => {
  expect((await (await server.as('support')).send('GET', '/api/v1/dashboard.csv')).status).toBe(403)
})
