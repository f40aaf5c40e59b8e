import type { Language, Sentences } from '#platform/server/sentences.ts'
import type { SectionName } from './queries.ts'

export type CopyWords = {
  language: Language
  fileName: string
  title: string
  preparedOn: string
  /** What of the notes is in it. */
  notes(which: 'own' | 'none'): string
  none: string
  section(name: SectionName): string
  column(name: string): string
  value(column: string, value: string | number | boolean | null): string
}

/** What the copy says: amounts in euros, what the database says in one word in the reader's. */
export function wordsFor({ has, say }: Sentences, language: Language): CopyWords {
  const word = (key: string) => say(language, `patients.copy.${key}`)
  const money = new Intl.NumberFormat(language, { style: 'currency', currency: 'EUR' })
  return {
    language,
    fileName: word('file'),
    title: word('title'),
    preparedOn: word('prepared-on'),
    notes: (which) => word(`notes.${which}`),
    none: word('none'),
    section: (name) => word(`section.${name}`),
    column: (name) => word(`column.${name}`),
    value(column, value) {
      if (value === null) return ''
      if (typeof value === 'boolean') return word(value ? 'yes' : 'no')
      if (/cents$/i.test(column)) return money.format(Number(value) / 100)
      if (/(On|At)$/.test(column)) return shownDate(String(value))
      const key = `patients.copy.value.${value}`
      return spoken.has(column) && has(key) ? say(language, key) : String(value)
    },
  }
}

/** `2026-11-23 09:00` as one reads it, in either language: 23/11/2026 09:00. Programs find it as it was in data.json. */
export const shownDate = (iso: string): string => iso.replace(/^(\d{4})-(\d{2})-(\d{2})/, '$3/$2/$1')

/** Columns whose values are the database's own words, and nothing that somebody typed. */
const spoken = new Set(['role', 'about', 'how', 'status', 'place', 'method', 'channel', 'kind', 'state'])
