import { describe, expect, test } from 'vitest'
import { WrongField } from '#platform/server/requests.ts'
import { mustBeGood } from './policy.ts'

const claire = { firstName: 'Claire-Élise', lastName: 'de Fontenay', email: 'cfontenay@exemple-conseil.fr' }
const nobodyLeaked = async () => false

/** The code it is refused with, or `good`. */
async function verdict(password: string, breached: (password: string) => Promise<boolean> = nobodyLeaked) {
  try {
    await mustBeGood(password, claire, breached)
    return 'good'
  } catch (error) {
    if (error instanceof WrongField) return error.code
    throw error
  }
}

describe('any fifteen characters will do, of whatever kind', () => {
  test.each([
    ['four words', 'girafe violon nuage tracteur'],
    ['no capital, no figure, no sign', 'ombrageusement vert'],
    ['accents and spaces', 'été à Noirmoutier là'],
    ['Greek', 'γιραφαβιολισυννεφο'],
    ['emoji, each one character', '🦒🎻🌥🚜🐙🍋🧲🪁🎡🛶🧵🪴🥁🧊🗿'],
    ['figures at random', '839201748265139'],
    ['what a password manager makes', 'Xq7#vLz!2mRt9&Wd'],
    ['a word of the trade among others', 'cabinet girafe violon nuage'],
  ])('%s', async (_, password) => {
    expect(await verdict(password)).toBe('good')
  })

  test('up to a thousand characters', async () => {
    const words = Array.from({ length: 250 }, (_, n) => (n * 7_919 + 13).toString(36)).join(' ')
    expect(await verdict(words.slice(0, 1000))).toBe('good')
  })
})

describe('fewer than fifteen are refused, counted as they are hashed', () => {
  test('by how many are missing', async () => {
    await expect(mustBeGood('girafe violon', claire, nobodyLeaked)).rejects.toMatchObject({
      path: 'password',
      code: 'password_too_short',
      values: { missing: 2 },
    })
  })
  test.each([
    ['an accent typed apart is no character of its own', 'e\u0301te\u0301 ge\u0301nial !!'],
    ['an emoji is one, however JavaScript counts it', '🦒🎻🌥🚜🐙🍋🧲🪁'],
  ])('%s', async (_, password) => {
    expect(password.length).toBeGreaterThanOrEqual(15)
    expect(await verdict(password)).toBe('password_too_short')
  })
})

describe('what is tried first is refused', () => {
  test.each([
    ['in the list', 'zqjphsyf6ctifgu'],
    ['in the list, in capitals', 'QWERTYUIOP12345'],
    ['in the list but for what stands around it', 'Sunshine!2026!2026'],
    ['a word of the list over and over', 'dragondragondragon'],
    ['two words of the list, and figures in order', 'motdepasse12345'],
    ['the same character', 'aaaaaaaaaaaaaaaaaa'],
    ['a few characters in turn', 'abcabcabcabcabcabc'],
    ['figures in order', '123456789012345678'],
    ['the alphabet backwards', 'zyxwvutsrqponmlkj'],
    ['a French keyboard’s rows', 'azertyuiopqsdfghjklm'],
    ['a keyboard’s columns', '1qaz2wsx3edc4rfv5tgb'],
    ['two walks at once', '1a2z3e4r5t6y7u8i9o'],
    ['a row and back', 'azertyuiop poiuytreza'],
  ])('%s', async (_, password) => {
    expect(await verdict(password)).toBe('password_common')
  })
})

describe('what everybody here knows is refused', () => {
  test.each([
    ['the product', 'MaGestionPsy2026!!'],
    ['the trade and a year', 'Psychologue-54000'],
    ['their own name', 'claire.fontenay.1984'],
    ['their own name without its accents', 'ClaireElise 12041984'],
    ['their address', 'cfontenay@exemple-conseil'],
    ['a password called password', 'mot de passe secretaire'],
    ['figures for letters', 'p5ych0l0gu3 c4b1n3t'],
    ['the house and its place', 'cabinet secrétariat 57'],
  ])('%s', async (_, password) => {
    expect(await verdict(password)).toBe('password_context')
  })
})

test('what leaked is refused', async () => {
  const leaked = 'girafe violon nuage tracteur'
  expect(await verdict(leaked, async (asked) => asked === leaked)).toBe('password_breached')
})

test('what is asked elsewhere is what is hashed', async () => {
  let asked = ''
  await verdict('e\u0301te\u0301 girafe violon nuage', async (password) => {
    asked = password
    return false
  })
  expect(asked).toBe('été girafe violon nuage')
})
