/** Words anybody who wants in tries first: the product's, the trade's, the house's, the person's own. */
const alwaysKnown = [
  'magestionpsy',
  'gestionpsy',
  'gestion',
  'psychologues',
  'psychologue',
  'psychologie',
  'psychologist',
  'psychology',
  'psy',
  'cabinet',
  'practice',
  'patients',
  'patient',
  'clients',
  'client',
  'secretariat',
  'secretaire',
  'secretary',
  'administration',
  'administrateur',
  'administrator',
  'admin',
  'support',
  'demonstration',
  'motdepasse',
  'passephrase',
  'phrasedepasse',
  'password',
  'passphrase',
  'passe',
  'connexion',
  'bienvenue',
  'welcome',
  'bonjour',
]

/** What must be left of a password once the words everybody knows are gone. */
const letLeft = 8

/** The person's names and the parts of their address, besides the words that are known anyway. */
export function wordsAbout(person: { firstName: string; lastName: string; email: string }): string[] {
  const own = [person.firstName, person.lastName, person.email].flatMap((text) =>
    plain(text).split(/[^\p{L}]+/u),
  )
  const whole = [person.firstName, person.lastName].map((name) => onlyLetters(plain(name)))
  return [...alwaysKnown, ...own, ...whole].filter((word) => word.length >= 3)
}

/**
 * Whether too little remains of a password without these words, and without the figures and signs that join them; also
 * where figures stand for letters (`p5ych0logue`).
 */
export function isMadeOf(password: string, words: readonly string[]): boolean {
  const longestFirst = words.toSorted((one, other) => other.length - one.length)
  return [plain(password), withoutDisguise(plain(password))].some((text) => {
    const letters = onlyLetters(text)
    const left = longestFirst.reduce((rest, word) => rest.replaceAll(word, ''), letters)
    return left !== letters && [...left].length < letLeft
  })
}

/** Lower case and without accents, the letters of other scripts as they are. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()

const onlyLetters = (text: string): string => text.replaceAll(/[^\p{L}]/gu, '')

const withoutDisguise = (text: string): string =>
  text.replaceAll(/[013457@$]/g, (sign) => letterFor[sign] ?? sign)

const letterFor: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
}
