import { Flame, TriangleAlert } from 'lucide-react'
import { cx } from '#platform/ui/cx.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { tookInWords } from '../sql-words.tsx'
import type { PlanNode, PlanTree } from './plan.ts'

/** The steps as a tree, the first to be done innermost; a bar says what each takes by itself. */
export function PlanShown({ plan }: { plan: PlanTree }) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <div className="min-w-0">
      <p className="mb-2 text-12 text-ink-muted">
        {plan.isMeasured && plan.executionMs !== null
          ? t('sql.plan.measured', { took: tookInWords(plan.executionMs, t, formats) })
          : t('sql.plan.expected')}
      </p>
      <ul className="rounded-control border border-line">
        <Step node={plan.root} depth={0} />
      </ul>
    </div>
  )
}

function Step({ node, depth }: { node: PlanNode; depth: number }) {
  const t = useMessages()
  const formats = useFormats()
  const { what, on, details, share, isHottest, isMisjudged, rows, rowsExpected, ms, cost, children } = node
  return (
    <li>
      <div
        className={cx(
          'flex flex-wrap items-start gap-x-4 gap-y-1 border-t border-line px-3 py-1.5 text-13',
          isHottest && 'bg-warning-soft',
        )}
        style={{ paddingLeft: 12 + Math.min(depth, 12) * 14 }}
      >
        <div className="min-w-0 flex-1 basis-56">
          <p className="flex flex-wrap items-center gap-x-2">
            <span lang="en" className="font-medium">
              {what}
            </span>
            {on && <code className="min-w-0 font-mono text-12 wrap-anywhere text-ink-muted">{on}</code>}
            {isHottest && (
              <span className="inline-flex items-center gap-1 text-12 font-medium text-warning-ink">
                <Flame aria-hidden size={12} />
                {t('sql.plan.hottest')}
              </span>
            )}
          </p>
          {details.map(({ name, value }) => (
            <p key={name} className="text-12 wrap-anywhere text-ink-muted">
              <span lang="en">{name}</span> <code className="font-mono">{value}</code>
            </p>
          ))}
        </div>
        <dl className="flex shrink-0 flex-wrap items-center gap-x-4 text-12 text-ink-muted tabular-nums">
          <div className="flex items-center gap-1">
            <dt>{t('sql.plan.rows')}</dt>
            <dd
              className={cx('inline-flex items-center gap-1', isMisjudged ? 'text-warning-ink' : 'text-ink')}
            >
              {isMisjudged && <TriangleAlert aria-hidden size={12} />}
              {rows === null
                ? t('sql.plan.about', { rows: formats.integer(rowsExpected) })
                : t('sql.plan.rows.of', {
                    rows: formats.integer(rows),
                    expected: formats.integer(rowsExpected),
                  })}
            </dd>
          </div>
          <div className="flex gap-1">
            <dt>{ms === null ? t('sql.plan.cost') : t('sql.plan.time')}</dt>
            <dd className="text-ink">{ms === null ? formats.decimal(cost) : tookInWords(ms, t, formats)}</dd>
          </div>
          <div className="flex items-center gap-1.5">
            <dt className="sr-only">{t('sql.plan.share')}</dt>
            <dd className="flex items-center gap-1.5">
              <span aria-hidden className="h-1.5 w-16 overflow-hidden rounded-full bg-pressed">
                <span
                  className={cx('block h-full rounded-full', isHottest ? 'bg-warning' : 'bg-accent')}
                  style={{ width: `${Math.max(2, share * 100)}%` }}
                />
              </span>
              <span className="w-11 text-right">{formats.percent(share)}</span>
            </dd>
          </div>
        </dl>
      </div>
      {children.length > 0 && (
        <ul>
          {children.map((child, index) => (
            <Step key={index} node={child} depth={depth + 1} />
          ))}
        </ul>
      )}
    </li>
  )
}
