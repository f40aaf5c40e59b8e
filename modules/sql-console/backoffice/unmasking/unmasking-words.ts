import type { SqlUnmasking, Unmasked } from '#contract/sql-console'
import type { Translate } from '#platform/ui/messages.tsx'

/** « identités », « identités, données bancaires ». */
export const classesInWords = (classes: readonly Unmasked[], t: Translate): string =>
  classes.map((one) => t(`sql.unmask.class.${one}`).toLocaleLowerCase()).join(', ')

/** « 9:04 » */
export const clockTime = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

/** Open; or by what it ended. */
export function standingInWords(
  { isOpen, endedBy, ender }: Pick<SqlUnmasking, 'isOpen' | 'endedBy' | 'ender'>,
  t: Translate,
): string {
  if (isOpen) return t('sql.unmasking.open')
  // What is over by the clock is written down within a minute.
  if (endedBy === 'other' && ender) return t('sql.unmasking.ended.by', { name: ender.name })
  return t(`sql.unmasking.ended.${endedBy ?? 'time'}`)
}
