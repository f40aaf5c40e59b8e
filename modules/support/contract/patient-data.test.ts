import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { holdsHealthNumber, isSameName, patientDataIn, possibleNamesIn } from './patient-data.ts'

const kinds = (text: string) => patientDataIn(text).map(({ kind }) => kind)

describe('a social security number', () => {
  test.for([
    ['in one piece', '255081416802538'],
    ['as it stands on the card', '2 55 08 14 168 025 38'],
    ['with spaces that do not break', '2\u00A055\u00A008\u00A014\u00A0168\u00A0025\u00A038'],
    ['with full stops, within a sentence', 'Son numéro : 2.55.08.14.168.025.38, merci.'],
    ['of the south of Corsica', '1 81 06 2A 004 023 77'],
    ['whose key is wrong', '255081416802539'],
    ['without its key', '2 55 08 14 168 025'],
    ['over two lines', '2 55 08 14\n168 025 38'],
  ])('is seen %s', ([, text]) => {
    expect(holdsHealthNumber(text ?? '')).toBe(true)
  })

  test.for([
    ['of which digits are missing', '2 55 08 14 168 0'],
    ['whose month is none, with a wrong key', '2 55 13 14 168 025 38'],
    ['within more digits', '2550814168025380'],
    ['that is an IBAN', 'FR76 3000 6000 0112 3456 7890 189'],
    ['that is a telephone number', '+33 6 39 98 12 34'],
  ])('is not seen in one %s', ([, text]) => {
    expect(holdsHealthNumber(text ?? '')).toBe(false)
  })

  test('whose month is none is seen with the key that belongs to it, and with no other', () => {
    const digits = fc.integer({ min: 0, max: 9 })
    const thirteen = fc
      .tuple(fc.constantFrom(1, 2, 3, 4, 7, 8), fc.array(digits, { minLength: 12, maxLength: 12 }))
      .map(([sex, rest]) => `${sex}${rest.join('')}`)
    fc.assert(
      fc.property(thirteen, fc.integer({ min: 0, max: 99 }), (number, tried) => {
        const key = 97 - (Number(number) % 97)
        const month = Number(number.slice(3, 5))
        fc.pre(month === 0 || (month > 12 && month < 20) || (month > 42 && month < 50))
        expect(holdsHealthNumber(number + String(tried).padStart(2, '0'))).toBe(tried === key)
      }),
    )
  })
})

describe('a date of birth', () => {
  test.for([
    'Née le 12 mars 1985',
    'né le 1er avril 2019',
    'Date de naissance : 12/03/2024',
    'DDN 12-03-85',
    'born on 12/03/1985',
    'Le dossier du 12/03/1985',
  ])('is seen in « %s »', (text) => {
    expect(kinds(text)).toContain('birth_date')
  })

  test.for(['Le rendez-vous du 12/03/2026 a disparu', 'La facture FA-2026-000123', 'Une année difficile'])(
    'is not seen in « %s »',
    (text) => {
      expect(kinds(text)).not.toContain('birth_date')
    },
  )
})

const namesIn = (text: string) =>
  patientDataIn(text, ['Odile Fabre']).flatMap((found) => (found.kind === 'name' ? [found.words] : []))

describe('a name', () => {
  test.for([
    ['Ma patiente Durand ne reçoit rien', 'patiente Durand'],
    ['le patient M. Le Goff', 'patient M. Le Goff'],
    ['Mme Durand a appelé', 'Mme Durand'],
    ['M. et Mme Lefèvre-Petit', 'M. et Mme Lefèvre-Petit'],
    ['Monsieur Jean Dupont', 'Monsieur Jean Dupont'],
    ['Patient : Paul Martin', 'Patient : Paul Martin'],
    ['le dossier de Jean Dupont, dépressif', 'Jean Dupont'],
    ['la séance d’Élodie Roux', 'Élodie Roux'],
  ])('is seen in « %s »', ([text, words]) => {
    expect(patientDataIn(text ?? '')).toEqual([{ kind: 'name', words }])
  })

  test.for([
    'Le dossier de la facture',
    'Le bilan de janvier',
    'Bonjour Madame, merci',
    'La liste des patients est vide',
    'Le patient ne reçoit plus ses SMS',
  ])('is not seen in « %s »', (text) => {
    expect(patientDataIn(text)).toEqual([])
  })

  test.for([
    ['Bonjour Mme Fabre, merci', 'Odile Fabre'],
    ['Bonjour Madame Odile Fabre', 'Fabre Odile'],
    ['Bonjour Mme Lefevre', 'Camille Lefèvre'],
    ['M. et Mme Fabre', 'Odile Fabre'],
  ])('of whoever is written to is none: « %s »', ([text, name]) => {
    expect(patientDataIn(text ?? '', [name ?? ''])).toEqual([])
  })

  test('that is known is one all the same where it is said to be a patient’s, or another one stands beside it', () => {
    expect(namesIn('la patiente Fabre')).toEqual(['patiente Fabre'])
    expect(namesIn('Mme Fabre et Mme Durand')).toEqual(['Mme Durand'])
    expect(namesIn('Mme Fabre Durand')).toEqual(['Mme Fabre Durand'])
  })

  test('is said once, however often it stands there', () => {
    expect(patientDataIn('Mme Durand, puis Mme  Durand')).toEqual([{ kind: 'name', words: 'Mme Durand' }])
  })

  test('that might be a patient’s is two capitalised words, a few of them at most', () => {
    expect(possibleNamesIn('Bonjour, Hugo Perrin et Léa Fabre. Hugo Perrin encore')).toEqual([
      'Hugo Perrin',
      'Léa Fabre',
    ])
    expect(possibleNamesIn('Aa Bb, Cc Dd, Ee Ff, Gg Hh, Ii Jj')).toHaveLength(4)
    expect(possibleNamesIn('La page des rendez-vous')).toEqual([])
  })

  test('is the same in either order, whatever its accents', () => {
    expect(isSameName('PERRIN Hugo', 'Hugo Perrin')).toBe(true)
    expect(isSameName('Lea Lefevre', 'Léa Lefèvre')).toBe(true)
    expect(isSameName('Hugo Perrin', 'Hugo Martin')).toBe(false)
  })
})

test('a text is read in time that grows with it, whatever stands in it', () => {
  for (const nasty of [
    '1 '.repeat(25_000),
    'née '.repeat(10_000),
    'Mme '.repeat(10_000),
    'A-'.repeat(25_000),
  ])
    expect(patientDataIn(nasty)).toBeDefined()
})
