/** Where in the editor what the law or the formats find wrong is mended. */
import type { Finding } from '#contract/billing'
import type { MessageKey, Translate } from '#platform/ui/messages.tsx'
import type { CellName } from './cell.tsx'
import type { CellProblems } from './line-row.tsx'

/** `client`: how they are invoiced; `settings`: those of the company; `field`: one beside the lines. */
export type Mending =
  | { at: 'line'; key: string; cell: CellName }
  | { at: 'lines' }
  | { at: 'client' }
  | { at: 'settings'; kind: string }
  | { at: 'field'; name: string }
  | null

const cells: Readonly<Record<string, CellName>> = {
  description: 'description',
  quantity: 'quantity',
  unit: 'unit',
  unitPriceCents: 'price',
  discountBasisPoints: 'discount',
  discountCents: 'discount',
  vatCategory: 'vat',
  vatBasisPoints: 'vat',
  vatExemption: 'vat',
}

/** @param keys of the lines as they were saved, in their order */
export function mendingOf(field: string, keys: readonly string[]): Mending {
  const [first = '', second = '', third = ''] = field.split('.')
  if (first === 'lines') {
    const key = keys[Number(second)]
    return second !== '' && key !== undefined
      ? { at: 'line', key, cell: cells[third] ?? 'description' }
      : { at: 'lines' }
  }
  if (first === 'client' || first === 'profile') return { at: 'client' }
  if (first === 'settings') return { at: 'settings', kind: second }
  return first === 'original' || first === '' ? null : { at: 'field', name: first }
}

/** One thing that is not saved as it stands: where, and why. */
export type Fault = { place: string; mending: Mending; sentence: string }

/** What cannot be read, then what the server would not take, by the paths it names. */
export function faultsOf(
  unreadable: ReadonlyMap<string, MessageKey>,
  refused: Readonly<Record<string, string>>,
  keys: readonly string[],
  t: Translate,
): Fault[] {
  const own = [...unreadable].map(([place, key]) => ({ place, mending: placed(place), sentence: t(key) }))
  const theirs = Object.entries(refused).map(([path, sentence]) => ({
    place: path,
    mending: mendingOf(path, keys),
    sentence,
  }))
  return [...own, ...theirs]
}

function placed(place: string): Mending {
  const [key = '', cell] = place.split('.')
  return cell === undefined ? { at: 'field', name: place } : { at: 'line', key, cell: cell as CellName } // placeOf wrote it
}

/** What is wrong, and what to do: a rule nobody put into words yet shows its own name. */
export const wordsOf = ({ rule, values }: Finding, t: Translate): { title: string; mend: string } => {
  // Every rule has its two sentences; a wall holds them to it.
  const key = `billing.rule.${rule}` as MessageKey
  return { title: t(key, values), mend: t(`${key}.mend` as MessageKey, values) }
}

/** Beside the fields of each line: what the check found, and what cannot be read. */
export function problemsByLine(
  findings: readonly Finding[],
  keys: readonly string[],
  faults: readonly Fault[],
  t: Translate,
): ReadonlyMap<string, CellProblems> {
  const byLine = new Map<string, CellProblems>()
  const say = (key: string, cell: CellName, sentence: string) =>
    byLine.set(key, { ...byLine.get(key), [cell]: sentence })
  for (const finding of findings) {
    const mending = mendingOf(finding.field, keys)
    if (finding.severity === 'error' && mending?.at === 'line')
      say(mending.key, mending.cell, wordsOf(finding, t).title)
  }
  for (const { mending, sentence } of faults)
    if (mending?.at === 'line') say(mending.key, mending.cell, sentence)
  return byLine
}
