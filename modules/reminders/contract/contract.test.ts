import { describe, expect, test } from 'vitest'
import { clinicalWords, plainSms, smsSize } from '#contract/reminders'

describe('an SMS is counted', () => {
  test.each([
    ['Bonjour', { alphabet: 'gsm7', length: 7, parts: 1, left: 153 }],
    ['a'.repeat(160), { alphabet: 'gsm7', length: 160, parts: 1, left: 0 }],
    ['a'.repeat(161), { alphabet: 'gsm7', length: 161, parts: 2, left: 145 }],
    ['a'.repeat(306), { alphabet: 'gsm7', length: 306, parts: 2, left: 0 }],
    ['a'.repeat(307), { alphabet: 'gsm7', length: 307, parts: 3, left: 152 }],
    ['50 €', { alphabet: 'gsm7', length: 5, parts: 1, left: 155 }],
    ['é'.repeat(160), { alphabet: 'gsm7', length: 160, parts: 1, left: 0 }],
    ['ç', { alphabet: 'ucs2', length: 1, parts: 1, left: 69 }],
    ['ê'.repeat(70), { alphabet: 'ucs2', length: 70, parts: 1, left: 0 }],
    ['ê'.repeat(71), { alphabet: 'ucs2', length: 71, parts: 2, left: 63 }],
    ['😀', { alphabet: 'ucs2', length: 2, parts: 1, left: 68 }],
  ])('%s', (text, size) => expect(smsSize(text)).toEqual(size))

  test('a sign that takes two places is not cut in two: it begins the next part', () => {
    const text = `${'a'.repeat(152)}€${'a'.repeat(20)}`
    expect(smsSize(text)).toEqual({ alphabet: 'gsm7', length: 174, parts: 2, left: 131 })
    expect(smsSize(`${'ê'.repeat(66)}😀${'ê'.repeat(10)}`)).toMatchObject({ parts: 2, left: 55 })
  })
})

test('typographer’s signs are written plainly, so that an SMS does not cost double for an apostrophe', () => {
  const written = plainSms('L’heure\u00A0: «\u00A010\u202Fh\u00A0» – d’accord…')
  expect(written).toBe('L\'heure : "10 h" - d\'accord...')
  expect(smsSize(written).alphabet).toBe('gsm7')
})

test('words that sound like health data are found whatever their accents, and others are left alone', () => {
  expect(clinicalWords('Votre Séance de thérapie, puis une séance d’EMDR')).toEqual([
    'séance',
    'thérapie',
    'EMDR',
  ])
  expect(clinicalWords('Notre psychologue vous rappelle')).toEqual(['psychologue'])
  expect(clinicalWords('Cabinet psy de Nancy, Neuropsychologie et hypnothérapie')).toEqual([
    'psy',
    'Neuropsychologie',
    'hypnothérapie',
  ])
  expect(clinicalWords('Centre de santé mentale Mentana, rue Psyché')).toEqual(['santé mentale', 'Psyché'])
  expect(clinicalWords('Cabinet Martin, Cabinet des Tilleuls, Cabinet de Mireille Thouvenin')).toEqual([])
  expect(clinicalWords('Le cabinet est fermé lundi, merci de rappeler Mme Bilancini.')).toEqual([])
})
