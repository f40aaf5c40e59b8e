import { expect, test } from 'vitest'
import { matches } from './plain-text.ts'

test('accents and case do not matter', () => {
  expect(matches('Élodie Lefèvre', 'elodie lefe')).toBe(true)
  expect(matches('Tableau de bord', 'BORD')).toBe(true)
})

test('each word typed must begin a word', () => {
  expect(matches('Tableau de bord', 'bord tab')).toBe(true)
  expect(matches('Tableau de bord', 'ord')).toBe(false)
  expect(matches('Nouveau client', 'client supprimé')).toBe(false)
})

test('nothing typed matches everything', () => {
  expect(matches('Clients', '')).toBe(true)
})
