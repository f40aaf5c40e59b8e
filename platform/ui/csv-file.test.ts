import { expect, test } from 'vitest'
import { csvText } from './csv-file.ts'

test('cells are quoted where they must be, and lines end as RFC 4180 says', () => {
  expect(
    csvText([
      ['Nom', 'Rôles'],
      ['Benali "Karim"', 'Assistance; Facturation'],
    ]),
  ).toBe('Nom;Rôles\r\n"Benali ""Karim""";"Assistance; Facturation"\r\n')
})

test('a name that a spreadsheet would compute is kept from it', () => {
  for (const name of ['=1+1', ' @SUM(A1)', '＝cmd', '\tx', '-2'])
    expect(
      csvText([[name]])
        .replaceAll('"', '')
        .startsWith("'"),
      name,
    ).toBe(true)
  expect(csvText([['Dupont-Martin']])).toBe('Dupont-Martin\r\n')
})
