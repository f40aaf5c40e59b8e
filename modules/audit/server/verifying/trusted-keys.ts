/** Whose signature counts: the keys given from outside, or else those the log itself names, held against each other. */
import { KeyError, parseVkey, type Vkey } from '../tree/keys.ts'
import type { Findings } from './findings.ts'

/** @param named what the database and the published folder say; null: nothing */
export function trustedKeys(
  given: readonly Vkey[],
  named: { database: readonly string[]; folder: string | null },
  found: Findings,
): Vkey[] {
  const fromDatabase = named.database.flatMap((text) => read(text, 'keys_table', found))
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

function read(text: string, place: string, found: Findings): Vkey[] {
  try {
    return [parseVkey(text)]
  } catch (error) {
    if (!(error instanceof KeyError)) throw error
    found.add('key_differs', { values: { place, found: text.trim().slice(0, 200) } })
    return []
  }
}
