// A large file as the old system would export it: Windows-1252, semicolons, CRLF, quoted newlines, some zero dates.
// Deterministic and invented; every row can be accepted, so that both sides load the same rows.
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'

const lastNames = [
  'Lefèvre',
  "D'Aubigné",
  'Ben Saïd',
  'Saint-Amand',
  'Çelik',
  'Kœnig',
  "N'Diaye",
  'Gómez',
  'Marchal',
  'Thiébaut',
]
const syllables = [
  'ba',
  'ré',
  'mi',
  'lou',
  'tan',
  'ver',
  'ché',
  'dor',
  'gui',
  'la',
  'nau',
  'pel',
  'rou',
  'sé',
  'ti',
  'val',
]
const firstNames = [
  'Loïc',
  'Solène',
  'Inès',
  'Nadia',
  'Jérôme',
  'Marie-Ange',
  'Élodie',
  'Gaëtan',
  'Aïcha',
  'François',
  'Zoé',
  'Karim',
]
const places = [
  ['97400', 'Saint-Denis', '974'],
  ['75011', 'Paris', '75'],
  ['01000', 'Bourg-en-Bresse', '01'],
  ['67000', 'Strasbourg', '67'],
  ['20200', 'Bastia', '2B'],
  ['54000', 'Nancy', '54'],
] as const
const statuses = ['Client', 'Client', 'Prospect', 'Freemium', 'Exclu']
const headings =
  'Nom;Prénom;Email;Téléphone;Adresse;Code postal;Ville;Département;Statut;Type;Prochain paiement;Dernière connexion;RPPS;ADELI;SIRET;Origine'

export async function writeLegacyFile(path: string, rows: number): Promise<void> {
  const random = randomFrom(42)
  const out = createWriteStream(path)
  out.write(windows1252(`${headings}\r\n`))
  for (let first = 0; first < rows; first += 1000) {
    const until = Math.min(rows, first + 1000)
    const lines = Array.from({ length: until - first }, (_, at) => `${rowOf(first + at, random)}\r\n`)
    if (!out.write(windows1252(lines.join('')))) await new Promise((resolve) => out.once('drain', resolve))
  }
  out.end()
  await finished(out)
}

type Random = (below: number) => number

function rowOf(at: number, random: Random): string {
  const pick = <T>(list: readonly T[]): T => list[random(list.length)]! // random stays below the length
  const digits = (count: number) => Array.from({ length: count }, () => random(10)).join('')
  const twoDigits = (from: number, below: number) => String(from + random(below)).padStart(2, '0')
  const [postalCode, city, department] = pick(places)
  const invented = `${pick(syllables)}${pick(syllables)}${pick(syllables)}`
  const lastName = at % 3 === 0 ? pick(lastNames) : invented[0]!.toUpperCase() + invented.slice(1) // syllables are not empty
  const addresses = [
    `${1 + random(200)}, rue de l'Église`,
    `"${1 + random(90)} quai Choiseul\n2e étage"`,
    `"Résidence ""Les Tilleuls""; bât. ${pick(['A', 'B', 'C'])}"`,
  ]
  const phones = [
    `+33 6 39 98 ${digits(2)} ${digits(2)}`,
    `063998${digits(4)}`,
    `03.53.01.${digits(2)}.${digits(2)}`,
    '',
  ]
  const day = `${twoDigits(1, 28)}/${twoDigits(1, 12)}/2026`
  return [
    lastName,
    pick(firstNames),
    `client${at}@cabinet.example.net`,
    pick(phones),
    pick(addresses),
    postalCode,
    city,
    department,
    pick(statuses),
    random(8) === 0 ? 'Secrétaire' : 'Praticien',
    pick(['', '', day, '00/00/0000']),
    pick(['', `${day} ${twoDigits(7, 12)}:${twoDigits(0, 60)}`]),
    random(3) === 0 ? '' : withLuhnDigit(`1${digits(9)}`),
    random(4) === 0 ? `${department.padEnd(3, '9').slice(0, 3)}${digits(6)}` : '',
    random(2) === 0 ? '' : withLuhnDigit(digits(13)),
    pick(['Pages Jaunes', 'Bouche-à-oreille', 'Site web', 'Doctolib', 'Salon', '']),
  ].join(';')
}

function withLuhnDigit(digits: string): string {
  let sum = 0
  for (const [at, digit] of [...digits].reverse().entries()) {
    const weighted = at % 2 === 0 ? Number(digit) * 2 : Number(digit)
    sum += weighted > 9 ? weighted - 9 : weighted
  }
  return `${digits}${(10 - (sum % 10)) % 10}`
}

/** Latin-1 but for the one letter of our names that Windows-1252 puts elsewhere. */
function windows1252(text: string): Buffer {
  return Buffer.from(text.replaceAll('œ', '\u009c'), 'latin1')
}

/** Mulberry32: small, even, and the same numbers in every run. */
function randomFrom(seed: number): Random {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below) | 0
  }
}
