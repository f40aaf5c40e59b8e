/** Whose signature counts: the keys given from outside, or else those the log itself names, held against each other. */
import { introduces } from '../sequencing/introduction.ts'
import { KeyError, parseVkey, type Vkey } from '../tree/keys.ts'
import type { Findings } from './findings.ts'
import type { KeyRow } from './queries.ts'

/** @param named what the database and the published folder say; null: nothing */
export function trustedKeys(
  given: readonly Vkey[],
  named: { database: readonly KeyRow[]; folder: string | null },
  found: Findings,
): Vkey[] {
  const rows = named.database.flatMap(({ vkey, introduction }) =>
    read(vkey, 'keys_table', found).map((key) => ({ vkey: key, introduction })),
  )
  const fromDatabase = rows.map(({ vkey }) => vkey)
  // Who was given keys from outside needs nobody's introduction.
  if (given.length === 0)
    for (const vkey of strangers(rows)) found.add('key_not_introduced', { values: { found: vkey.text } })
  const trusted = given.length > 0 ? [...given] : fromDatabase
  const trust = (vkey: Vkey) => trusted.some(({ text }) => text === vkey.text)
  for (const vkey of fromDatabase)
    if (!trust(vkey)) found.add('key_differs', { values: { place: 'keys_table', found: vkey.text } })
  if (named.folder === null) {
    if (trusted.length > 0) found.add('key_missing', { values: { place: 'vkey_file' } })
    return trusted
  }
  for (const vkey of read(named.folder, 'vkey_file', found))
    if (!trust(vkey)) found.add('key_differs', { values: { place: 'vkey_file', found: vkey.text } })
  return trusted
}

/** Keys that no other one leads to from the first. */
function strangers(rows: readonly { vkey: Vkey; introduction: string | null }[]): Vkey[] {
  const known = rows.slice(0, 1).map(({ vkey }) => vkey)
  let rest = rows.slice(1)
  for (let before = Infinity; rest.length < before;) {
    before = rest.length
    rest = rest.filter(({ vkey, introduction }) => {
      const isKnown = introduction !== null && introduces(introduction, vkey, known)
      if (isKnown) known.push(vkey)
      return !isKnown
    })
  }
  return rest.map(({ vkey }) => vkey)
}

function read(text: string, place: string, found: Findings): Vkey[] {
  try {
    return [parseVkey(text)]
  } catch (error) {
    if (!(error instanceof KeyError)) throw error
    found.add('key_differs', { values: { place, found: text.trim().slice(0, 200) } })
    return []
  }
}
