import { expect, test } from 'vitest'
import { importFields, type ImportField } from '#contract/clients'
import type { Columns } from './mapping.ts'
import { judgeRow } from './row-rules.ts'

// Fields in their declared order, one column each.
const columns: Columns = Object.fromEntries(importFields.map((field, at) => [field, at]))

/** Élodie Lefèvre of Nancy, a client whose row is right, with some cells written otherwise. */
function judged(cells: Partial<Record<ImportField, string>> = {}) {
  const elodie: Partial<Record<ImportField, string>> = {
    lastName: 'Lefèvre',
    firstName: 'Élodie',
    email: 'elodie.lefevre@cabinet.example.net',
    department: '54',
    status: 'Client',
    kind: 'Praticien',
  }
  return judgeRow(
    importFields.map((field) => cells[field] ?? elodie[field] ?? ''),
    columns,
  )
}

const code = (cells: Partial<Record<ImportField, string>>) => judged(cells).early ?? judged(cells).late

test.each([
  [{ lastName: ' \u00a0 ' }, 'last_name_missing'],
  [{ email: '' }, 'email_invalid'],
  [{ email: 'elodie at example.com' }, 'email_invalid'],
  [{ email: 'élodie@example.com' }, 'email_invalid'],
  [{ email: 'elodie@localhost' }, 'email_invalid'],
  [{ status: '' }, 'status_unknown'],
  [{ status: 'Actif?' }, 'status_unknown'],
  [{ status: 'constructor' }, 'status_unknown'],
  [{ department: '20' }, 'department_unknown'],
  [{ department: '96' }, 'department_unknown'],
  [{ department: '979' }, 'department_unknown'],
  [{ nextPaymentOn: '31/02/2026' }, 'date_invalid'],
  [{ nextPaymentOn: 'demain' }, 'date_invalid'],
  [{ nextPaymentOn: '27/02/0026' }, 'date_invalid'],
  [{ lastSignInAt: '27/02/2026 25:00' }, 'date_invalid'],
  [{ siret: '73282932000075' }, 'siret_invalid'],
  [{ siret: '8.73255E+13' }, 'siret_invalid'],
  [{ rpps: '12397010147' }, 'rpps_invalid'],
  [{ kind: 'Plombier' }, 'kind_unknown'],
  [{ city: 'x'.repeat(121) }, 'text_too_long'],
] as const)('%j is rejected as %s', (cells, expected) => {
  expect(code(cells)).toBe(expected)
})

test.each([
  [{ email: "o'brien+cabinet@mail.example.org" }],
  [{ department: '2a' }],
  [{ department: '988' }],
  [{ department: '1' }],
  [{ department: '' }],
  [{ siret: '732 829 320 00074' }],
  [{ siret: '35600000049837' }], // La Poste
  [{ rpps: '12397010146' }],
  [{ status: 'EXCLU' }],
  [{ status: 'Freemium' }],
  [{ kind: 'secretaire' }],
  [{ kind: '' }],
  [{ nextPaymentOn: '29/02/2028' }],
  [{ lastSignInAt: '2026-02-27T08:33:00Z' }],
])('%j is accepted', (cells) => {
  expect(code(cells)).toBeNull()
})

test('a row has one code, the first in the order of the rules', () => {
  const wrong = { status: '?', department: '99Z', nextPaymentOn: '?', siret: '1', rpps: '1' }
  expect(judged({ ...wrong, lastName: '', email: '?' }).early).toBe('last_name_missing')
  expect(judged({ ...wrong, email: '?' }).early).toBe('email_invalid')
  expect(code(wrong)).toBe('status_unknown')
  expect(code({ ...wrong, status: 'Client' })).toBe('department_unknown')
  expect(code({ ...wrong, status: 'Client', department: '2B' })).toBe('date_invalid')
  expect(code({ siret: '1', rpps: '1' })).toBe('siret_invalid')
  expect(code({ rpps: '1' })).toBe('rpps_invalid')
})

test.each([
  '0000-00-00',
  '00/00/0000',
  '0000-00-00 00:00:00',
  '00/00/0000 00:00',
  '30/11/-0001',
  '-0001-11-30',
])('the zero date %s is no date, and worth a warning', (zero) => {
  expect(judged({ nextPaymentOn: zero })).toMatchObject({
    late: null,
    dateMissing: true,
    values: { nextPaymentOn: null },
  })
  expect(judged({ lastSignInAt: zero })).toMatchObject({
    late: null,
    dateMissing: true,
    values: { lastSignInAt: null },
  })
})

test('an empty date is no date, and worth no warning', () => {
  expect(judged({ nextPaymentOn: '', lastSignInAt: ' ' })).toMatchObject({ late: null, dateMissing: false })
})

test('dates become ISO, with the time of the wall clock or the offset that was given', () => {
  expect(judged({ nextPaymentOn: '5/7/2026', lastSignInAt: '27/02/2026 9:33' }).values).toMatchObject({
    nextPaymentOn: '2026-07-05',
    lastSignInAt: '2026-02-27 09:33:00',
  })
  expect(judged({ lastSignInAt: '2026-02-27T08:33:07.123+02:00' }).values.lastSignInAt).toBe(
    '2026-02-27 08:33:07+02:00',
  )
})

test.each([
  ['0639984674', '+33639984674'],
  ['03.53.01.75.23', '+33353017523'],
  ['+33 6 39 98 46 74', '+33639984674'],
  ['+33 (0)6 39 98 46 74', '+33639984674'],
  ['0033 3 53 01 75 23', '+33353017523'],
  ['0262 12 34 56', '+262262123456'],
  ['0690 12 34 56', '+590690123456'],
  ['0639 12 34 56', '+262639123456'],
  ['+32 2 555 12 12', '+3225551212'],
  ['12 34', '12 34'],
  ["'+33 6 39 98 46 74", '+33639984674'], // neutralised by our own export
])('the telephone number %s is kept as %s', (written, kept) => {
  expect(judged({ phone: written }).values.phone).toBe(kept)
})

test('a spreadsheet loses the zero of a postal code, and it is given back where the department tells it', () => {
  expect(judged({ postalCode: '1000', department: '1' }).values).toMatchObject({
    postalCode: '01000',
    department: '01',
  })
  expect(judged({ postalCode: '1000', department: '' }).values.postalCode).toBe('1000')
})

test('white space, line breaks and control characters are tidied; an address keeps its lines', () => {
  expect(
    judged({ lastName: ' Le\u00a0 Goff\u0007', address: '27 quai Choiseul\r\n2e étage' }).values,
  ).toMatchObject({
    lastName: 'Le Goff',
    address: '27 quai Choiseul\n2e étage',
  })
})
