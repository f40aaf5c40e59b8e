import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foreignAccountIn } from './foreign-accounts.ts'

// Examples of banks' own manuals.
const ours = 'FR7630006000011234567890189'
const other = 'FR1420041010050500013M02606'
const german = 'DE89370400440532013000'

describe('an account of somebody else is found', () => {
  test.each([
    ['as it is', other],
    ['in groups', 'Merci de payer sur FR14 2004 1010 0505 0001 3M02 606 dès que possible.'],
    ['with non-breaking spaces', 'FR14\u00A02004\u202F1010\u20090505\u00A00001\u00A03M02\u00A0606'],
    ['with signs of no width between', [...other].join('\u200B\u2060\uFEFF\u00AD')],
    ['with dashes, dots and lines', 'FR14-2004.1010\n0505_0001/3M02|606'],
    ['in small letters', other.toLowerCase()],
    ['in full width', 'ＦＲ１４２００４１０１００５０５０００１３Ｍ０２６０６'],
    ['in Cyrillic and Greek letters', 'FR1420041010050500013М02606'],
    ['in circled digits', 'FR①④20041010050500013M02606'],
    ['in Arabic digits', 'FR١٤٢٠٠٤١٠١٠٠٥٠٥٠٠٠١٣M٠٢٦٠٦'],
    ['with letters for digits', 'FR14 2OO4 IOIO O5O5 OOOI 3MO2 6O6'],
    ['after other words', 'IBANFR1420041010050500013M02606BIC'],
    ['of another country', 'DE89 3704 0044 0532 0130 00'],
    ['turned around', `\u202E${[...german].toReversed().join('')}\u202C`],
    ['as bank, branch, number and key', '20041 01005 0500013M026 06'],
    ['in words', 'Code banque 20041, code guichet 01005, compte n° 0500013M026, clé RIB 06'],
    ['in words run together', 'banque20041guichet01005compte0500013M026clé06'],
    ['in words, the other way round', 'Clé 06 ; compte 0500013M026 ; guichet 01005 ; banque 20041'],
    ['in words, without the noughts it begins with', 'banque 20041, guichet 1005, compte 500013M026, clé 6'],
    ['between commas', '20041,01005,0500013M026,06'],
    ['between lines', '20041|01005|0500013M026|06'],
    ['between underscores', '20041_01005_0500013M026_06'],
    ['with what a page writes for spaces', '20041&nbsp;01005&#160;0500013M026&#xA0;06'],
    ['with a digit a page writes as a number', '2&#48;041 01005 0500013M026 06'],
    ['as bank, branch, number and key, in any groups', 'Compte : 200 410 1005 05 00013M0 2606.'],
    ['as bank, branch, number and key in groups of four', '2004 1010 0505 0001 3M02 606'],
    ['below another key', 'FR15 2004 1010 0505 0001 3M02 606'],
    ['in black circles and squares', '🅵🆁❶❹ ➁⓿⓿❹ ❶⓿❶⓿ ⓪❺⓪❺ 🄋🄌⓪❶ ❸🅼⓪❷ ❻⓪❻'],
    ['with a flag and keycaps', '🇫🇷1️⃣4️⃣ 2004 1010 0505 0001 3M02 606'],
    ['with S for 5 and O for 0', 'FR14 2OO4 1O1O OSOS 0001 3M02 606'],
    ['in words with S for 5 and O for 0', 'Banque 2OO41, guichet OIOOS, compte OSO0013M026, clé O6'],
    ['told by and by', 'FR14 puis 2004 1010 0505, ensuite 0001 3M02 et enfin 606'],
    ['told by and by, its country apart', 'IBAN : FR, clé 14, puis 2004 1010 0505 0001 3M02 606'],
    ['of another country, told by and by', 'DE89 puis 3704 0044 0532 et 0130 00'],
    ['with accents on its letters', 'F\u0301R\u030214 2004 1010 0505 0001 3M\u030802 606'],
    ['beside our own', `${ours} ou ${other}`],
    ['beside numbers of a company', `TVA FR76732834601 - SIRET 73283460100021 - ${other}`],
  ])('%s', (_, text) => {
    expect(foreignAccountIn(text, [ours])).toMatch(/^(FR|DE|)…(2606|3000)$/)
  })
})

describe('nothing is found', () => {
  test.each([
    ['in our own account', 'FR76 3000 6000 0112 3456 7890 189'],
    ['in our own as bank, branch, number and key', '30006 00001 12345678901 89'],
    ['in an account with wrong keys', 'FR15 2004 1010 0505 0001 3M02 607'],
    ['in our own told in words', 'Code banque 30006, guichet 00001, compte 12345678901, clé 89'],
    ['in our own told by and by', 'FR76 puis 3000 6000 0112, 3456 7890 et 189'],
    ['in words with a wrong key', 'Code banque 20041, guichet 01005, compte 0500013M026, clé 07'],
    [
      'in numbers of documents and of companies',
      'DE-2026-000123, SIRET 123 456 782 00010, TVA FR11 123456782, 01 23 45 67 89',
    ],
    ['in words', 'Abonnement à MaGestionPsy, du 1er au 31 décembre 2026 : 24,17 €'],
  ])('%s', (_, text) => {
    expect(foreignAccountIn(text, [ours])).toBeUndefined()
  })
})

test('where no account is known every account is another’s', () => {
  expect(foreignAccountIn(ours, [null])).toBe('FR…0189')
})

/** Any French account with both its keys. */
const accounts = fc
  .tuple(
    fc.stringMatching(/^[1-9][0-9]{4}$/),
    fc.stringMatching(/^[0-9]{5}$/),
    fc.stringMatching(/^[0-9]{7}[0-9A-Z][0-9]{3}$/),
  )
  .map(([bank, branch, number]) => {
    const key = 97n - ((BigInt(digitsOf(bank + branch + number)) * 100n) % 97n)
    const parts = [bank, branch, number, String(key).padStart(2, '0')]
    const check =
      98n -
      (BigInt(`${parts.join('').replaceAll(/[A-Z]/g, (one) => String(one.charCodeAt(0) - 55))}152700`) % 97n)
    return { parts, rib: parts.join(''), iban: `FR${String(check).padStart(2, '0')}${parts.join('')}` }
  })
/** As the key of a French account counts letters: by threes of the alphabet's columns. */
const columns = ['AJ', 'BKS', 'CLT', 'DMU', 'ENV', 'FOW', 'GPX', 'HQY', 'IRZ']
const digitsOf = (text: string) =>
  text.replaceAll(/[A-Z]/g, (letter) => String(columns.findIndex((column) => column.includes(letter)) + 1))

const shift = (from: string, to: number) => (sign: string) =>
  String.fromCodePoint(sign.codePointAt(0)! - from.codePointAt(0)! + to)
const digits: ((digit: string) => string)[] = [
  (digit) => digit,
  (digit) => digit,
  shift('0', 0xff_10),
  shift('0', 0x1_d7_ce),
  shift('0', 0x06_60),
  (digit) => '⓿❶❷❸❹❺❻❼❽❾'[Number(digit)]!,
  (digit) => '⓪①②③④⑤⑥⑦⑧⑨'[Number(digit)]!,
  (digit) => '🄋➀➁➂➃➄➅➆➇➈'.match(/./gu)![Number(digit)]!,
  (digit) => `${digit}\uFE0F\u20E3`,
  (digit) => `&#${digit.charCodeAt(0)};`,
]
const letters: ((letter: string) => string)[] = [
  (letter) => letter,
  (letter) => letter.toLowerCase(),
  shift('A', 0xff_21),
  shift('A', 0x1_f1_50),
  shift('A', 0x1_f1_70),
  shift('A', 0x24_b6),
  shift('A', 0x1_d4_00),
]
const alike: Record<string, string> = { 0: 'O', 1: 'I', 2: 'Z', 5: 'S', 8: 'B' }
const separators = [
  '',
  ' ',
  '\u00A0',
  '\u202F',
  '-',
  '.',
  '_',
  '|',
  '/',
  ' - ',
  '\u200B',
  '&nbsp;',
  ' · ',
  '~',
]

/** Every sign typed in some other way, and a few digits as the letters that look like them. */
const dressed = (text: string) =>
  fc.array(fc.nat(), { minLength: text.length, maxLength: text.length }).map((numbers) =>
    [...text].map((sign, at) => {
      const number = numbers[at] ?? 0
      if (/[A-Z]/.test(sign)) return letters[number % letters.length]!(sign)
      return number % 11 === 0 && alike[sign] ? alike[sign] : digits[number % digits.length]!(sign)
    }),
  )
/** With some separator after some of the signs. */
const parted = (signs: string[]) =>
  fc
    .array(fc.tuple(fc.nat({ max: 3 }), fc.constantFrom(...separators)), {
      minLength: signs.length,
      maxLength: signs.length,
    })
    .map((gaps) => signs.map((sign, at) => sign + (gaps[at]?.[0] === 0 ? gaps[at][1] : '')).join(''))
const around = fc.constantFrom<[string, string]>(
  ['', ''],
  ['Merci de régler sur le compte ', ' avant la fin du mois.'],
  ['Nouveau compte bancaire : ', '\nMerci, facture du 12/11/2026 de 24,17 €'],
  ['Abonnement de 12 mois, payable sur (', '), tél. 01 23 45 67 89'],
)
const told = (dressing: fc.Arbitrary<string>) =>
  fc.tuple(dressing, around).map(([account, [before, after]]) => before + account + after)
const found = (texts: fc.Arbitrary<string>) =>
  fc.assert(
    fc.property(texts, (text) => foreignAccountIn(text, [ours]) !== undefined),
    { seed: 20_261_123, numRuns: 1_500 },
  )

describe('whatever account it is, and however it is dressed up, it is found', () => {
  test('as an IBAN', () => found(told(accounts.chain(({ iban }) => dressed(iban).chain(parted)))))
  test('as an IBAN told by and by', () =>
    found(
      told(
        accounts.chain(({ iban }) =>
          fc
            .tuple(dressed(iban), fc.integer({ min: 4, max: 15 }), fc.integer({ min: 16, max: 25 }))
            .map(
              ([signs, first, second]) =>
                `${signs.slice(0, first).join('')} puis ${signs.slice(first, second).join('')}, et enfin ${signs.slice(second).join('')}`,
            ),
        ),
      ),
    ))
  test('as bank, branch, number and key, in whatever groups', () =>
    found(told(accounts.chain(({ rib }) => dressed(rib).chain(parted)))))
  test('as bank, branch, number and key, each by its name', () =>
    found(
      told(
        accounts.chain(({ parts: [bank, branch, number, key] }) =>
          fc
            .tuple(
              dressed(bank!).map((signs) => `code banque ${signs.join('')}`),
              dressed(branch!).map((signs) => `guichet : ${signs.join('')}`),
              dressed(number!).map((signs) => `compte n° ${signs.join('')}`),
              dressed(key!).map((signs) => `clé ${signs.join('')}`),
            )
            .chain((named) => fc.shuffledSubarray(named, { minLength: 4 }))
            .map((named) => named.join(', ')),
        ),
      ),
    ))
})

describe('in harmless texts nothing is found', () => {
  test.each([
    'Abonnement MaGestionPsy Premium, du 01/11/2026 au 30/11/2026, 1 × 24,17 € HT, TVA 20 %, soit 29,00 € TTC.',
    'Séances des 02/11, 09/11, 16/11, 23/11 et 30/11/2026 : 5 × 60,00 € = 300,00 €.',
    'Tél. : 01 23 45 67 89 — 06 12 34 56 78 — 07 98 76 54 32 — 09 70 00 00 00',
    'SIREN 732 829 320, SIRET 732 829 320 00074, TVA FR44 732829320, APE 8690F, RCS Paris 732 829 320',
    'FR44732829320 73282932000074',
    // Together they bear the key of an IBAN.
    'FR76732834601 73283460100021',
    'TVA FR76732834601 - SIRET 73283460100021',
    'TVA intracommunautaire FR76 732 834 601\nSIRET : 732 834 601 00021',
    'ADELI 759312345, RPPS 10101234567, n° Assurance maladie 75 1 23456 7',
    'N° de sécurité sociale : 1 85 05 78 006 084 36',
    'Votre commande BC-2026-004512 du 5 novembre 2026, bon de livraison 45120078, colis 6A12345678901',
    '12 rue de la Paix, 75002 Paris ; 128 bd Sébastopol, BP 40123, 69003 Lyon Cedex 03',
    'FA-2026-000123, FA-2026-000124, FA-2026-000125, AV-2026-000007',
    '24,17 4,83 29,00\n24,17 4,83 29,00\n48,34 9,66 58,00\nTotal 96,68 19,32 116,00',
    'Lundi 9h30-10h15, mardi 14h00-14h45, jeudi 18:00-18:45, 45 min, salle 12, code 4582A',
    '2020 2021 2022 2023 2024 2025 2026',
    'Réf. patient 00012345 / dossier 2026-11-0042 / mutuelle 99887766 / PEC 20261123000145',
    'Pénalités : 3 × 2,76 % = 8,28 % ; indemnité 40 €, L441-10, D441-5, art. 293 B, 261-4-1° du CGI',
    'Mandat MGP-2026-000042, ICS FR72ZZZ123456, référence de virement RF18539007547034',
    'BIC AGRIFRPP882, paiement par carte 4970 10XX XXXX 1234, autorisation 458712',
    'DE 12 À 24 MOIS, LE 01/01/2026, DE 100 À 200 €, CH 12, SE 20, LU 3 × 4',
    'Le 5 du mois : 3 500, 4 200, 5 100, 6 000, 7 250, 8 400, 9 999, 10 500, 12 000 visites',
    'https://example.com/p/20261123?id=8412345678901234&t=1732347890&k=00',
    'Code d’accès 30006, code guichet d’accueil 00001, badge 12345678901, étage 12',
    'LOI, BIO, SOL, ILS, GLOBI, OBLIGO 12345 OOOOO 67890',
  ])('%s', (text) => {
    expect(foreignAccountIn(text, [ours])).toBeUndefined()
  })

  test('nor in numbers of everyday, whichever stand together', () => {
    const two = fc.integer({ min: 0, max: 99 }).map((number) => String(number).padStart(2, '0'))
    const piece = fc.oneof(
      fc
        .tuple(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 12 }))
        .map(([day, month]) => `${day}/${month}/2026`),
      fc.array(two, { minLength: 4, maxLength: 4 }).map((groups) => `0${groups[0]?.[0]} ${groups.join(' ')}`),
      fc
        .tuple(fc.integer({ min: 1, max: 9_999 }), two)
        .map(([euros, cents]) => `${euros.toLocaleString('fr-FR')},${cents} €`),
      fc.integer({ min: 1_000, max: 95_999 }).map((postcode) => `${String(postcode).padStart(5, '0')} Metz`),
      fc.integer({ min: 1, max: 999_999 }).map((number) => `FA-2026-${String(number).padStart(6, '0')}`),
      fc.constantFrom(
        'séance de',
        'du',
        'au',
        'le',
        'dossier',
        'code',
        'au compte de',
        'n°',
        ';',
        'soit',
        'banque',
      ),
    )
    const texts = fc.array(piece, { minLength: 3, maxLength: 30 }).map((pieces) => pieces.join(' '))
    let refused = 0
    fc.assert(
      fc.property(texts, (text) => void (refused += Number(foreignAccountIn(text, [ours]) !== undefined))),
      { seed: 20_261_123, numRuns: 5_000 },
    )
    // One in ninety-seven numbers of its length bears a key that is right, and here numbers stand as close as they never do.
    expect(refused).toBeLessThanOrEqual(15)
  })
})
