/**
 * `{{client.first_name|Madame, Monsieur}}` and `{{?Numéro de facture}}` in a macro's text: what stands there is known, has a
 * fallback, or is asked for. Nothing is sent while one of them has nothing.
 */
import { macroVariables } from '#contract/support'

export type MacroVariable = (typeof macroVariables)[number]
export type Values = Readonly<Record<MacroVariable, string | null>>

type Slot =
  | { kind: 'variable'; name: MacroVariable; fallback: string | null }
  | { kind: 'question'; name: string }
  /** A word that is no variable: refused when a macro is saved. */
  | { kind: 'unknown'; name: string }

/** Whatever stands between two braces, and what was left open. */
const slots = /\{\{([^{}]*)\}\}/g

const known: ReadonlySet<string> = new Set(macroVariables)

function slotOf(inside: string): Slot {
  const said = inside.trim()
  if (said.startsWith('?')) {
    const name = said.slice(1).trim()
    return name === '' ? { kind: 'unknown', name: said } : { kind: 'question', name }
  }
  const bar = said.indexOf('|')
  const name = (bar < 0 ? said : said.slice(0, bar)).trim()
  if (!known.has(name)) return { kind: 'unknown', name }
  return {
    kind: 'variable',
    name: name as MacroVariable, // it is one of them
    fallback: bar < 0 ? null : said.slice(bar + 1).trim(),
  }
}

/** What somebody wrote between braces that means nothing. */
export const unknownIn = (texts: readonly string[]): string[] => [
  ...new Set(
    texts.flatMap((text) => [
      ...[...text.matchAll(slots)].flatMap(([, inside = '']) => {
        const slot = slotOf(inside)
        return slot.kind === 'unknown' ? [slot.name] : []
      }),
      // Braces that nothing closes would be sent as they are.
      ...(/\{\{|\}\}/.test(text.replaceAll(slots, '')) ? ['{{'] : []),
    ]),
  ),
]

export const questionsIn = (texts: readonly string[]): string[] => [
  ...new Set(
    texts.flatMap((text) =>
      [...text.matchAll(slots)].flatMap(([, inside = '']) => {
        const slot = slotOf(inside)
        return slot.kind === 'question' ? [slot.name] : []
      }),
    ),
  ),
]

export type Filled = { text: string; unresolved: string[] }

/** Once through: what a value says is never read for variables itself. */
export function fill(text: string, values: Values, answers: Readonly<Record<string, string>>): Filled {
  const unresolved = new Set<string>()
  const filled = text.replaceAll(slots, (whole, inside: string) => {
    const slot = slotOf(inside)
    const value = valueOf(slot, values, answers)
    if (value !== null) return value
    unresolved.add(slot.kind === 'question' ? `?${slot.name}` : slot.name)
    return whole
  })
  return { text: filled, unresolved: [...unresolved] }
}

/** Which of them still stand in a text that somebody went on with by hand. */
export const stillIn = (text: string, unresolved: readonly string[]): string[] => {
  const standing = new Set(
    [...text.matchAll(slots)].map(([, inside = '']) => {
      const slot = slotOf(inside)
      return slot.kind === 'question' ? `?${slot.name}` : slot.name
    }),
  )
  return unresolved.filter((name) => standing.has(name))
}

function valueOf(slot: Slot, values: Values, answers: Readonly<Record<string, string>>): string | null {
  if (slot.kind === 'unknown') return null
  if (slot.kind === 'question') {
    const answer = Object.hasOwn(answers, slot.name) ? answers[slot.name]!.trim() : '' // it has one
    return answer === '' ? null : answer
  }
  const value = values[slot.name]?.trim()
  return value ? harmless(value) : slot.fallback
}

/** What customers chose, a name or a subject, is one line, and makes no link of its own in what we say. */
const harmless = (value: string) => value.replaceAll(/\s+/g, ' ').replaceAll('](', '] (')
