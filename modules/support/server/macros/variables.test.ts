import { expect, test } from 'vitest'
import { fill, questionsIn, unknownIn, type Values } from './variables.ts'

const nobody: Values = {
  'client.first_name': null,
  'client.last_name': null,
  'client.email': null,
  'practice.name': null,
  'requester.name': 'Claire Moreau',
  'ticket.number': '33',
  'ticket.subject': 'Ma facture',
  'agent.first_name': 'Karim',
  'agent.name': 'Karim Benali',
  today: '22/11/2026',
}

test('what is known stands in its place, and a fallback where nothing is', () => {
  expect(
    fill(
      'Bonjour {{client.first_name|Madame, Monsieur}}, ticket {{ ticket.number }} du {{today}}',
      nobody,
      {},
    ),
  ).toEqual({ text: 'Bonjour Madame, Monsieur, ticket 33 du 22/11/2026', unresolved: [] })
  expect(fill('Bonjour {{client.first_name|}}!', nobody, {}).text).toBe('Bonjour !')
})

test('where nothing is known and nothing else is said, it says what is missing', () => {
  expect(fill('{{client.email}} {{client.email}} {{practice.name}}', nobody, {}).unresolved).toEqual([
    'client.email',
    'practice.name',
  ])
})

test('questions are asked once, and blanks answer none', () => {
  const text = 'La facture {{?Numéro de facture}}, oui {{? Numéro de facture }}'
  expect(questionsIn([text])).toEqual(['Numéro de facture'])
  expect(fill(text, nobody, { 'Numéro de facture': '  ' }).unresolved).toEqual(['?Numéro de facture'])
  expect(fill(text, nobody, { 'Numéro de facture': 'FA-12' }).text).toBe('La facture FA-12, oui FA-12')
  expect(fill('{{?constructor}}', nobody, {}).unresolved).toEqual(['?constructor'])
})

test('a value is not read for variables, keeps to its line and makes no link', () => {
  const subject = { ...nobody, 'ticket.subject': '{{agent.name}}\n[ici](https://example.com)' }
  expect(fill('{{ticket.subject}}', subject, {}).text).toBe('{{agent.name}} [ici] (https://example.com)')
})

test('what is no variable is named, and so are braces that nothing closes', () => {
  expect(unknownIn(['{{client.nom}} {{today}} {{?}} {{ agent.name | moi }}'])).toEqual(['client.nom', '?'])
  expect(unknownIn(['Bonjour {{client.first_name'])).toEqual(['{{'])
  expect(unknownIn(['{{?Quoi}} {simple}'])).toEqual([])
})
