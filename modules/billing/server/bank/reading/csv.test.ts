import { describe, expect, test } from 'vitest'
import { NoStatement } from './statement.ts'
import { understand } from './understanding.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
/** Each character its own byte, as Windows writes French. */
const ansi = (text: string) => Uint8Array.from([...text], (sign) => sign.charCodeAt(0))
const facts = (text: string | Uint8Array) =>
  understand(typeof text === 'string' ? bytes(text) : text).lines.map(
    ({ bookedOn, amountCents, label, counterparty }) => [bookedOn, amountCents, label, counterparty],
  )

describe('what banks in France export is understood by its headings', () => {
  test.each([
    [
      'two columns of amounts below a preamble, in Windows-1252',
      ansi(
        'Téléchargement du 20/11/2026;\n\nCompte courant;n° 123\nSolde au 20/11/2026;1 000,00 €\n\n' +
          'Date;Libellé;Débit euros;Crédit euros;\n12/11/2026;"VIREMENT EN VOTRE FAVEUR\nFERRAND";;29,00;\n13/11/2026;FRAIS;2,50;;\n',
      ),
      [
        ['2026-11-12', 2_900, 'VIREMENT EN VOTRE FAVEUR FERRAND', ''],
        ['2026-11-13', -250, 'FRAIS', ''],
      ],
    ],
    [
      'the day it was booked before the others, and a signed amount',
      'Date de comptabilisation;Libelle simplifie;Libelle operation;Reference;Informations complementaires;Type operation;Categorie;Sous categorie;Debit;Credit;Date operation;Date de valeur;Pointage operation\n' +
        '2026/11/12;x;y;z;;;;;;;;;\n'
          .replace('2026/11/12', '12/11/2026')
          .replace(';;;;;;;;;', ';;;;;;+29,00;11/11/2026;12/11/2026;0'),
      [['2026-11-12', 2_900, 'x', '']],
    ],
    [
      'commas between quoted cells',
      'dateOp,dateVal,label,category,supplierFound,amount,accountNum\n"2026-11-12","2026-11-12","VIR SEPA FERRAND","Virements","","1 029.00","0001"\n',
      [['2026-11-12', 102_900, 'VIR SEPA FERRAND', '']],
    ],
    [
      'tabulators and the amount in euros',
      'Date\tLibellé\tMontant(EUROS)\n12/11/2026\tVIREMENT DE FERRAND\t29,00\n',
      [['2026-11-12', 2_900, 'VIREMENT DE FERRAND', '']],
    ],
    [
      'who pays in a column of its own',
      "Date de l'opération;Libellé;Détail de l'écriture;Montant de l'opération;Devise;Émetteur\n12/11/2026;VIR RECU;FA-2026-000123;29,00;EUR;Odile FERRAND\n",
      [['2026-11-12', 2_900, 'VIR RECU', 'Odile FERRAND']],
    ],
  ])('%s', (_, file, expected) => {
    expect(facts(file)).toEqual(expected)
  })

  test('UTF-16 as spreadsheets write it', () => {
    const text = '\uFEFFDate\tLibellé\tMontant\r\n12/11/2026\tRéférence é\t1,00\r\n'
    const words = new Uint16Array([...text].map((sign) => sign.charCodeAt(0)))
    expect(facts(new Uint8Array(words.buffer))).toEqual([['2026-11-12', 100, 'Référence é', '']])
  })
})

test('columns a person chose stand before what headings say', () => {
  const file = bytes('Date;Libellé;Montant;Date valeur\n12/11/2026;FERRAND;29,00;14/11/2026\n')
  const { lines } = understand(file, { bookedOn: 3, label: 1, amount: 2 })
  expect(lines[0]?.bookedOn).toBe('2026-11-14')
})

test('headings that say nothing leave the choice to a person', () => {
  const { missing, headings, lines } = understand(bytes('a;b;c\n12/11/2026;FERRAND;29,00\n'))
  expect({ missing, headings, lines }).toEqual({
    missing: ['bookedOn', 'label', 'amount'],
    headings: ['a', 'b', 'c'],
    lines: [],
  })
})

test('a line that cannot be read is told by its number, never guessed', () => {
  const { lines, unreadable } = understand(
    bytes(
      'Date;Libellé;Montant\n31/02/2026;A;1,00\n12/11/2026;B;1.234\n12/11/2026;C;1,00\n;;\nTotal;;2,00\n',
    ),
  )
  expect(lines).toHaveLength(1)
  expect(unreadable).toEqual([
    { line: 2, code: 'date' },
    { line: 3, code: 'amount' },
    { line: 6, code: 'date' },
  ])
})

test.each([
  ['nothing', ''],
  ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0])],
  ['prose', 'Bonjour'],
])('%s is no statement', (_, file) => {
  expect(() => facts(file)).toThrow(NoStatement)
})

test('one with more lines than any account has in a year is refused as too long', () => {
  const file = `Date;Libellé;Montant\n${'12/11/2026;A;1,00\n'.repeat(20_001)}`
  expect(() => facts(file)).toThrow(expect.objectContaining({ why: 'too_long' }))
})
