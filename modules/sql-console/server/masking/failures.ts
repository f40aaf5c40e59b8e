/**
 * What PostgreSQL says of a failure, without what it read: `Key (email)=(claire@cabinet.fr) already exists.` Whoever typed a value
 * sees it again; what tables, columns and constraints are called says nothing of anybody.
 */
import { parse } from '../statements/parsing.ts'
import { nodesOf } from '../statements/walking.ts'
import type { Failure } from '../simulating/simulation.ts'

export const mask = '•••'

type Known = { names: ReadonlySet<string>; parameters?: readonly unknown[] }

export function maskFailure(failure: Failure, text: string, known: Known): Failure {
  const typed = typedIn(text, known.parameters ?? [])
  const isKnown = (words: string) => typed.has(words) || known.names.has(words)
  // It stands in the text at the place that is told: that is what could not be read. What is read from a value while it runs has no place.
  const isShown =
    failure.code === '42601' && failure.at !== undefined
      ? (words: string) => text.slice(failure.at).startsWith(words) || isKnown(words)
      : isKnown
  return {
    ...failure,
    message: masked(failure.message, isShown),
    ...(failure.detail !== undefined && {
      detail: failure.code === dependedOn ? failure.detail : maskDetail(failure.detail, isShown),
    }),
    ...(failure.hint !== undefined && { hint: masked(failure.hint, isShown) }),
  }
}

/** What hangs on what is to be dropped: things of the schema, each on a line, and no row. */
const dependedOn = '2BP01'

type IsShown = (words: string) => boolean

/** Literals, names and numbers as the parser reads them: a value that merely stands somewhere in a long text was not typed. */
function typedIn(text: string, parameters: readonly unknown[]): ReadonlySet<string> {
  const found = new Set(parameters.map(String))
  const parsed = parse(text)
  if ('error' in parsed) return found
  for (const { tag, tree } of parsed.statements)
    for (const { node } of nodesOf(tag, tree, 0))
      for (const [field, value] of Object.entries(node))
        // Other numbers are places in the text.
        if (typeof value === 'string' || field === 'ival') found.add(String(value))
  return found
}

/** Values may hold what quotes them: unless all that is quoted is known, all from the first quote to the last is masked. */
function masked(sentence: string, isShown: IsShown): string {
  return numbers(parentheses(tail(quotes(sentence, '"', isShown), isShown), isShown), isShown)
}

/** What PostgreSQL says between two names. */
const between = new Set(
  [
    'of relation',
    'of table',
    'on table',
    'violates check constraint',
    'violates not-null constraint',
    'of type',
    'for',
  ].concat([
    'violates foreign key constraint',
    'and',
    'is of type',
    'in',
    'for type',
    'for relation',
    'must be owner of',
    'references',
  ]),
)

function quotes(sentence: string, quote: string, isShown: IsShown): string {
  const parts = sentence.split(quote)
  if (parts.length < 3) return sentence
  const isWhole = parts.length % 2 === 1
  const unknown = parts.findIndex((part, place) =>
    place % 2 === 1 ? !isShown(part) : place > 0 && place < parts.length - 1 && !between.has(part.trim()),
  )
  if (isWhole && unknown < 0) return sentence
  return `${parts[0] ?? ''}${quote}${mask}${quote}${parts.at(-1) ?? ''}`
}

/** What follows a colon is what could not be read, unless PostgreSQL says what a regular expression lacks. */
function tail(sentence: string, isShown: IsShown): string {
  const [, head = '', rest = ''] = /^(.*?): (.*)$/s.exec(sentence) ?? []
  if (head === '' || /^"[^"]*"$/.test(rest) || isShown(rest) || head === 'invalid regular expression')
    return sentence
  return `${head}: ${mask}`
}

const types = new Set(
  `integer bigint smallint numeric text uuid boolean date bytea json jsonb character varying record unknown timestamp time with without zone
  interval double precision real inet cidr xml money array anyelement`.split(/\s+/),
)

function parentheses(sentence: string, isShown: IsShown): string {
  const [, before = '', inside, after = ''] = /^([^(]*)\((.*)\)([^)]*)$/s.exec(sentence) ?? []
  if (inside === undefined) return sentence
  const words = inside.split(/[\s,()[\]]+/).filter(Boolean)
  return words.every((word) => types.has(word) || isShown(word)) ? sentence : `${before}(${mask})${after}`
}

const numbers = (sentence: string, isShown: IsShown) =>
  sentence.replaceAll(/(?<![\p{L}_\d])[-+]?\d(?:[\d.:,+-]*\d)?(?:[xe][\da-f]+)?/giu, (number) =>
    isShown(number.replace(/^[-+]/, '')) ? number : mask,
  )

/** Of what it says of rows, their columns; of the rest nothing that it may have read. */
function maskDetail(detail: string, isShown: IsShown): string {
  const key = /^Key \((.*?)\)=\(.*\)( .*)$/s.exec(detail)
  if (key) {
    const end =
      / (?:already exists|is duplicated|is not present in table "\w+"|is still referenced from table "\w+")\.$/.exec(
        key[2] ?? '',
      )?.[0] ?? ''
    const conflict = detail.includes(' conflicts with existing key ')
    return `Key (${key[1] ?? ''})=(${mask})${conflict ? ' conflicts with an existing one.' : end}`
  }
  if (detail.startsWith('Failing row contains ')) return `Failing row contains (${mask}).`
  return /[\n:]/.test(detail) ? mask : masked(detail, isShown)
}
