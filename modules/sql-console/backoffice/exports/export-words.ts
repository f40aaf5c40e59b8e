/** How exports are spoken of. */
import type { SqlExport } from '#contract/sql-console'
import type { Tone } from '#platform/ui/badge.tsx'
import { type Formats, MISSING } from '#platform/ui/formats.ts'
import type { Translate } from '#platform/ui/messages.tsx'
import { worded } from '../sql-words.tsx'

export const isUnderWay = ({ state }: Pick<SqlExport, 'state'>): boolean =>
  state === 'waiting' || state === 'running'

export const exportTones: Record<SqlExport['state'], Tone> = {
  waiting: 'info',
  running: 'info',
  made: 'success',
  failed: 'danger',
  cancelled: 'neutral',
  lapsed: 'neutral',
}

/** « 35 Mo », « 12 ko ». */
export function sizeInWords(bytes: number, { language }: Formats): string {
  const [unit, size] = bytes >= 1e6 ? (['megabyte', 1e6] as const) : (['kilobyte', 1e3] as const)
  return new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    style: 'unit',
    unit,
    maximumFractionDigits: bytes < 10 * size ? 1 : 0,
  }).format(bytes / size)
}

export const rowsInWords = (rows: number, t: Translate, formats: Formats): string =>
  t('sql.export.rows', { count: rows, shown: formats.integer(rows) })

/** How much is in it, or so far. */
export function contentInWords({ state, rows, bytes }: SqlExport, t: Translate, formats: Formats): string {
  if (state === 'failed' || state === 'cancelled' || state === 'waiting') return MISSING
  const told = rowsInWords(rows, t, formats)
  return bytes === null ? told : `${told} · ${sizeInWords(bytes, formats)}`
}

/** What a file does not hold, a sentence each. */
export const lacksInWords = (
  { cut, rows, shortened }: SqlExport,
  t: Translate,
  formats: Formats,
): string[] => [
  ...(cut ? [t(`sql.export.cut.${cut}`, { rows: formats.integer(rows) })] : []),
  ...(shortened > 0 ? [t('sql.export.shortened', { count: shortened })] : []),
]

export const whyInWords = (code: string, t: Translate): string =>
  worded(`sql.export.why.${code}`, t) ??
  worded(`sql.failure.${code}`, t) ??
  t('sql.export.why.other', { code })
