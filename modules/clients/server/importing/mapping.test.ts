import { expect, test } from 'vitest'
import { checkHeadings, proposeMapping, resolveColumns } from './mapping.ts'

test('French and English headings are known, whatever their accents, case and punctuation', () => {
  expect(proposeMapping(['NOM', 'prenom', 'E-mail', 'N° RPPS', 'Dept', 'Derniere connexion'])).toEqual({
    lastName: 'NOM',
    firstName: 'prenom',
    email: 'E-mail',
    rpps: 'N° RPPS',
    department: 'Dept',
    lastSignInAt: 'Derniere connexion',
  })
  expect(proposeMapping(['Last name', 'Email', 'Status', 'Next payment'])).toEqual({
    lastName: 'Last name',
    email: 'Email',
    status: 'Status',
    nextPaymentOn: 'Next payment',
  })
})

test('two headings for one field are left to the person, whose choice wins', () => {
  const headings = ['Nom', 'Email', 'Courriel', 'Statut']
  expect(proposeMapping(headings)).not.toHaveProperty('email')
  expect(resolveColumns(headings, { email: 'Courriel' })).toEqual({ lastName: 0, email: 2, status: 3 })
})

test('an unknown heading serves the field it is mapped to, and a field can be left out', () => {
  const headings = ['Patronyme', 'Email', 'Statut', 'Ville']
  expect(resolveColumns(headings, { lastName: 'patronyme', city: null })).toEqual({
    lastName: 0,
    email: 1,
    status: 2,
  })
})

test.each([
  [{ lastName: null }, 'import_column_missing', { field: 'lastName' }],
  [{ nickname: 'Nom' }, 'import_mapping_field_unknown', { field: 'nickname' }],
  [{ city: 'Ville' }, 'import_mapping_heading_unknown', { field: 'city', heading: 'Ville' }],
  [{ city: 'Nom', lastName: 'Nom' }, 'import_mapping_heading_twice', { heading: 'Nom' }],
])('the mapping %j is refused by name', (chosen, code, details) => {
  expect(() => resolveColumns(['Nom', 'Email', 'Statut'], chosen)).toThrow(
    expect.objectContaining({ code, details }),
  )
})

test('columns nobody named are ignored, several of them too', () => {
  expect(checkHeadings(['Nom', '', ' ', 'Email'])).toEqual(['Nom', '', '', 'Email'])
})
