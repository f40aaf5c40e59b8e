import type { Effect, Effects, Report } from '#contract/sql-console'
import { Badge } from '#platform/ui/badge.tsx'
import { cx } from '#platform/ui/cx.ts'
import { MISSING } from '#platform/ui/formats.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { sizeInWords } from '../exports/export-words.ts'
import { worded } from '../sql-words.tsx'
import { toldOf, whereFrom } from './verdict.ts'

type EffectsTableProps = { effects: Effects; text: string; report: Report }

const counted = ['inserted', 'updated', 'deleted'] as const
const tones = { inserted: 'text-success-ink', updated: 'text-ink', deleted: 'text-danger-ink' }
const head = 'px-4 py-2 text-12 font-medium text-ink-muted'

/** A line a table, those that change by a cascade or a trigger too. */
export function EffectsTable({ effects, text, report }: EffectsTableProps) {
  const t = useMessages()
  const tables = [...new Set(toldOf(effects).map(({ table }) => table))]
  return (
    <table className="w-full text-13 max-sm:block">
      <thead className="max-sm:hidden">
        <tr className="border-b border-line">
          <th scope="col" className={cx(head, 'text-left')}>
            {t('sql.effects.table')}
          </th>
          {counted.map((what) => (
            <th key={what} scope="col" className={cx(head, 'w-28 text-right')}>
              {t(`sql.effects.${what}`)}
            </th>
          ))}
          <th scope="col" className={cx(head, 'w-[40%] text-left')}>
            {t('sql.effects.remark')}
          </th>
        </tr>
      </thead>
      <tbody className="max-sm:block">
        {tables.map((table) => {
          const effect = effects[table]
          return (
            effect && <Line key={table} table={table} effect={effect} from={whereFrom(table, text, report)} />
          )
        })}
      </tbody>
    </table>
  )
}

type LineProps = { table: string; effect: Effect; from: ReturnType<typeof whereFrom> }

function Line({ table, effect, from }: LineProps) {
  const t = useMessages()
  const formats = useFormats()
  const { dropped, truncated, rowsGone, lost = [], rewritten, inexact } = effect
  const gone =
    rowsGone === null
      ? undefined
      : t('sql.effects.gone', { count: rowsGone, shown: formats.integer(rowsGone) })
  return (
    <tr className="border-t border-line first:border-t-0 max-sm:flex max-sm:flex-wrap max-sm:gap-x-4 max-sm:px-4 max-sm:py-2">
      <th
        scope="row"
        className="px-4 py-2 text-left font-mono font-medium wrap-anywhere max-sm:w-full max-sm:p-0"
      >
        {table}
      </th>
      {counted.map((what) => (
        <td
          key={what}
          className={cx(
            'px-4 py-2 text-right tabular-nums max-sm:p-0 max-sm:text-left',
            effect[what] > 0 ? cx('font-medium', tones[what]) : 'text-ink-muted max-sm:hidden',
          )}
        >
          {effect[what] > 0 ? formats.integer(effect[what]) : MISSING}
          <span className="ml-1 font-regular lowercase sm:hidden">
            {t(`sql.effects.${what}.count`, { count: effect[what] })}
          </span>
        </td>
      ))}
      <td className="px-4 py-2 max-sm:w-full max-sm:p-0 max-sm:empty:hidden">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          {dropped && <Badge tone="danger">{t('sql.effects.dropped')}</Badge>}
          {truncated && <Badge tone="danger">{t('sql.effects.truncated')}</Badge>}
          {(dropped || truncated) && gone && <span className="text-12 text-ink-muted">{gone}</span>}
          {lost.map(({ column, values }) => (
            <span key={column} className="text-12 text-danger-ink">
              {t(values === null ? 'sql.effects.lost' : 'sql.effects.lost.values', {
                column,
                count: values ?? 0,
                shown: formats.integer(values),
              })}
            </span>
          ))}
          {rewritten && (
            <span className="text-12 text-warning-ink">
              {t(rewritten.rows === null ? 'sql.effects.rewritten' : 'sql.effects.rewritten.rows', {
                count: rewritten.rows ?? 0,
                shown: formats.integer(rewritten.rows),
                size: sizeInWords(rewritten.bytes, formats),
              })}
            </span>
          )}
          {from !== 'named' && (
            <span className="text-12 text-ink-muted">
              {t(from === 'besides' ? 'sql.effects.besides' : 'sql.effects.at-commit')}
            </span>
          )}
          {inexact !== null && (
            <span className="text-12 text-warning-ink">
              {worded(`sql.inexact.${inexact}`, t) ?? t('sql.inexact')}
            </span>
          )}
        </span>
      </td>
    </tr>
  )
}
