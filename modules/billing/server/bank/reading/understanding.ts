import type { BankLayout } from '#contract/billing'
import { looksLikeXml, readCamt } from './camt.ts'
import { readCsv } from './csv.ts'
import { decoded } from './decoding.ts'
import { NoStatement, type Understood } from './statement.ts'

/** @throws NoStatement */
export function understand(bytes: Uint8Array, chosen?: BankLayout): Understood {
  const { text, encoding } = decoded(bytes)
  if (text.trim() === '') throw new NoStatement('unreadable')
  if (!looksLikeXml(text)) return readCsv(text, encoding, chosen)
  return {
    format: 'camt.053',
    encoding,
    separator: '',
    headings: [],
    layout: {},
    missing: [],
    ...readCamt(text),
    unreadable: [],
    unreadableCount: 0,
  }
}
