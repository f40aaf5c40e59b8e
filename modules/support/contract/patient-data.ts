/**
 * What in a text looks like a patient's data. A hint and no more: whoever writes knows better, and a machine that reads
 * is often wrong. Both apps read so while somebody types, and the server before something leaves by mail: hence without
 * a library.
 */

export type Finding =
  | { kind: 'health_number' | 'birth_date' }
  /** The very words. */
  | { kind: 'name'; words: string }

/**
 * Each once, the gravest first.
 * @param known who writes and who is written to: « Bonjour Mme Fabre » names nobody's patient
 */
export function patientDataIn(text: string, known: readonly string[] = []): Finding[] {
  const findings: Finding[] = []
  if (holdsHealthNumber(text)) findings.push({ kind: 'health_number' })
  if (bornOn.test(text) || slashedBirth(text)) findings.push({ kind: 'birth_date' })
  const names = [
    ...[...text.matchAll(addressed)].map(([words]) => words),
    ...[...text.matchAll(fileOf)].flatMap(([, words = '']) => words),
  ].map((words) => words.replaceAll(/\s+/g, ' '))
  const people = new Set(known.flatMap(wordsOf))
  for (const words of new Set(names)) if (!isOneOf(people, words)) findings.push({ kind: 'name', words })
  return findings
}

/** « M. et Mme Fabre » as « Mme Odile Fabre »: nothing but forms of address and names that are known. */
function isOneOf(people: ReadonlySet<string>, words: string): boolean {
  if (isAPatient.test(words)) return false
  return wordsOf(words.replace(courtesy, '')).every((word) => people.has(word))
}

/** Digits may be set apart; the two of Corsica hold a letter. */
const shaped =
  /(?<![\dA-Z]|\d[\s.-])[1-478](?:[\s.-]?\d){4}[\s.-]?(?:\d[\s.-]?\d|2[\s.-]?[AB])(?:[\s.-]?\d){6,8}(?![\s.-]?\d)/gi

/**
 * A French social security number: 13 characters, and a key of two digits that is 97 less their rest by 97. Who mistypes a
 * digit, or leaves the key out, has named somebody all the same: such are seen by their shape, a month where one belongs.
 */
export function holdsHealthNumber(text: string): boolean {
  return [...text.matchAll(shaped)].some(([found]) => {
    const bare = found.replaceAll(/[\s.-]/g, '').toUpperCase()
    if (bare.length !== 13 && bare.length !== 15) return false
    return isMonth(Number(bare.slice(3, 5))) || hasKey(bare)
  })
}

/** INSEE: 20 to 42 and 50 to 99 stand for a month that nobody knows. */
const isMonth = (month: number) => (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50

function hasKey(bare: string): boolean {
  // INSEE: for the key 2A counts as 19 and 2B as 18.
  const number = Number(bare.slice(0, 13).replace('2A', '19').replace('2B', '18'))
  return bare.length === 15 && Number(bare.slice(13)) === 97 - (number % 97)
}

const date = String.raw`\d{1,2}(?:er)?(?:[\/.\-]\d{1,2}[\/.\-]|\s+\p{L}{3,9}\.?\s+)(?:\d{4}|\d{2})(?!\d)`
const bornOn = new RegExp(
  String.raw`(?<!\p{L})(?:née?s?|naissance|ddn|born|birth|dob)(?!\p{L})[^.\n]{0,30}?${date}`,
  'iu',
)

/** A whole date too long ago to be an invoice's or an appointment's. */
function slashedBirth(text: string): boolean {
  const recent = new Date().getFullYear() - 3
  return [...text.matchAll(/(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](19\d\d|20\d\d)(?!\d)/g)].some(
    ([, year]) => Number(year) < recent,
  )
}

const capital = String.raw`\p{Lu}[\p{L}'’]*(?:-\p{Lu}[\p{L}'’]*)*`
const title = String.raw`(?:M\.|Mr\.?|MM\.|Mme|Mlle|Mrs\.?|Ms\.?|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle)`
const patient = String.raw`[Pp]atient(?:e|s|es)?`

const isAPatient = new RegExp(`^${patient}`, 'u')
const courtesy = new RegExp(String.raw`^${title}\s+(?:et\s+${title}\s+)?`, 'u')

/** « patiente Durand », « Mme Durand », « M. et Mme Durand »: who is written about, not who writes. */
const addressed = new RegExp(
  String.raw`(?<!\p{L})(?:${patient}(?:\s*[:=]\s*|\s+)(?:${title}\s+)?|${title}\s+(?:et\s+${title}\s+)?)${capital}(?:\s+${capital})?`,
  'gu',
)

/** « le dossier de Jean Dupont », « la séance de Léa »: whom something of a practice is about. */
const fileOf = new RegExp(
  String.raw`(?<!\p{L})(?:[Dd]ossier|[Ff]iche|[Ss]éances?|[Cc]onsultations?|[Ss]uivi|[Aa]nt[ée]c[ée]dents|[Dd]iagnostic|[Bb]ilan|[Tt]raitement)\s+(?:médical\s+|clinique\s+)?(?:de\s+|d['’]|du\s+|:\s*)((?:${title}\s+)?${capital}(?:\s+${capital})?)`,
  'gu',
)

const fullName = new RegExp(String.raw`(?<!\p{L})(${capital})[ \u00A0](${capital})(?!\p{L})`, 'gu')

/** Two capitalised words in a row, each pair of them: what might be a name, to be looked for among the patients. */
export function possibleNamesIn(text: string, most = 4): string[] {
  const pairs = [...text.matchAll(fullName)].flatMap(([, one = '', other = '']) =>
    one.length > 1 && other.length > 1 ? [`${one} ${other}`] : [],
  )
  return [...new Set(pairs)].slice(0, most)
}

/** Whether a name was typed: in either order, whatever its accents and capitals. */
export function isSameName(one: string, other: string): boolean {
  return wordsOf(one).toSorted().join(' ') === wordsOf(other).toSorted().join(' ')
}

const wordsOf = (name: string) =>
  name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[\s-]+/)
    .filter(Boolean)
