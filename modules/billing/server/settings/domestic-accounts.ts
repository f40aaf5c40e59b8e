/** French accounts as cheques and older papers say them: bank, branch, number and key, told in figures or in words. */
import { domesticLength, domesticParts, domesticsIn } from './account-readings.ts'
import { looks, piecesOf, type Piece } from './signs.ts'

const labels = /BANQUE|ETABLISSEMENT|GUICHET|AGENCE|COMPTE|CLEF?|RIB|IBAN/g

/**
 * @param inRuns the same without what everybody writes: only figures that stand together are looked for in it
 * @returns of each account that may be meant, how it reads
 */
export function* domesticsOf(signs: string, inRuns: string): Iterable<string[]> {
  const [whole, figures] = [signs, inRuns].map((one) => one.replaceAll(labels, ' $& ')) as [string, string] // of two come two
  const candidates = new Set<string>()
  for (const isNumber of numbers) {
    const pieces = piecesOf(whole, isNumber)
    for (const found of [inItsParts(pieces), runs(piecesOf(figures, isNumber)), byLabels(pieces)])
      for (const one of found) if (one.length === domesticLength) candidates.add(one)
  }
  for (const one of candidates) yield domesticsIn(one)
}

/** Letters that look like digits, and a few letters alone, may be a word or a part of a number. */
const numbers = [/[0-9]/, new RegExp(`[0-9]|^[${looks}]+$`), /[0-9]|^[A-Z]{1,3}$/]
const wordsAtMost = 8
/** Every sign alone, and words between the parts. */
const piecesAtMost = domesticLength + 3 * wordsAtMost

/** Parted as a bank parts it, whatever stands between the parts. */
function* inItsParts(pieces: readonly Piece[]): Iterable<string> {
  const ends = domesticParts.map((_, part) => domesticParts.slice(0, part + 1).reduce((a, b) => a + b, 0))
  for (const from of pieces.keys()) {
    let joined = ''
    let words = 0
    const met = new Set<number>()
    for (const { signs, isNumber } of pieces.slice(from, from + piecesAtMost)) {
      if (!isNumber && (!ends.includes(joined.length) || ++words > wordsAtMost)) break
      if (!isNumber) continue
      words = 0
      joined += signs
      met.add(joined.length)
      if (joined.length >= domesticLength) break
    }
    if (ends.every((end) => met.has(end))) yield joined
  }
}

/** Numbers that stand together between words, or between commas and lines: all of them, in whatever groups, or some in even ones. */
function* runs(pieces: readonly Piece[]): Iterable<string> {
  for (const parts of [/^$/, /\n/]) {
    let run: string[] = []
    for (const { signs, isNumber, gap } of [...pieces, { signs: '', isNumber: false, gap: '' }]) {
      if (!isNumber || (parts.test(gap) && run.length > 0)) {
        yield run.join('')
        yield* evenly(run)
        run = []
      }
      if (isNumber) run.push(signs)
    }
  }
}

function* evenly(run: readonly string[]): Iterable<string> {
  for (const [from, { length }] of run.entries()) {
    const groups = run.slice(from, from + Math.ceil(domesticLength / length))
    if (groups.slice(0, -1).every((group) => group.length === length)) yield groups.join('')
  }
}

const labelled = [/^(BANQUE|ETABLISSEMENT|BQ)$/, /^(GUICHET|AGENCE)$/, /^(COMPTE|CPTE)$/, /^CLEF?$/] as const

/** Each part after its name, in whatever order. */
function byLabels(pieces: readonly Piece[]): string[] {
  return labelled.reduce<string[]>(
    (begun, label, part) => {
      const length = domesticParts[part] ?? 0
      const found = new Set<string>()
      for (const [at, { signs }] of pieces.entries())
        if (label.test(signs)) {
          const number = pieces.slice(at + 1, at + 1 + wordsAtMost)
          const from = number.findIndex(({ isNumber }) => isNumber)
          let joined = ''
          for (const one of from < 0 ? [] : number.slice(from)) {
            if (!one.isNumber || joined.length >= length) break
            joined += one.signs
          }
          // A number is often told without the noughts it begins with.
          if (joined.length > 0 && joined.length <= length) found.add(joined.padStart(length, '0'))
        }
      return begun.flatMap((one) => [...found].slice(0, 4).map((next) => one + next))
    },
    [''],
  )
}
