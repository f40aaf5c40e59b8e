/** A picture of all practices: a small square each, in the order they were sent in, coloured by what came of it. */
import { useMemo } from 'react'
import type { FleetPractice, SqlFleet } from '#contract/sql-console'
import { cx } from '#platform/ui/cx.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { lookOf, type Look } from './fleet-words.tsx'
import { SquareList } from './square-list.tsx'

const colours: Record<Look, string> = {
  waiting: 'bg-pressed ring-1 ring-control',
  done: 'bg-success',
  diverging: 'bg-warning ring-2 ring-warning-ink',
  no_rows: 'bg-success-soft ring-1 ring-success',
  unchanged: 'bg-success-soft ring-1 ring-success',
  failed: 'bg-danger',
  unreachable: 'bg-danger-soft ring-1 ring-danger',
  moving: 'bg-info',
  outdated: 'bg-info-soft ring-1 ring-info',
  gone: 'bg-neutral-soft ring-1 ring-neutral',
  cancelled: 'bg-sunken ring-1 ring-line-strong',
}

const mostNamed = 5
const isNothing = (look: Look) => look === 'no_rows' || look === 'unchanged'

type SquaresProps = {
  mode: SqlFleet['mode']
  practices: readonly FleetPractice[]
  chosen: string | null
  onChoose: (tenantId: string) => void
}

export function Squares({ mode, practices, chosen, onChoose }: SquaresProps) {
  const t = useMessages()
  const formats = useFormats()
  const counts = useMemo(
    () =>
      [...Map.groupBy(practices, (one) => lookOf(one, mode))].map(([look, those]) => [look, those] as const),
    [practices, mode],
  )
  return (
    <>
      <SquareList
        label={t('sql.fleet.practices')}
        chosen={chosen}
        onChoose={onChoose}
        squares={practices.map((practice) => {
          const look = lookOf(practice, mode)
          return {
            id: practice.tenantId,
            said: `${practice.name} · ${t(`sql.fleet.outcome.${look}`)}`,
            colour: colours[look],
          }
        })}
      />
      <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-12 text-ink-muted">
        {counts.map(([look, those]) => (
          <li key={look} className="inline-flex items-center gap-1.5">
            <span aria-hidden className={cx('inline-block size-2.5 rounded-[2px]', colours[look])} />
            {t(`sql.fleet.outcome.${look}`)}{' '}
            <span className="tabular-nums">{formats.integer(those.length)}</span>
            {/* Beside the others, the few that had nothing are named. */}
            {isNothing(look) && counts.length > 1 && those.length <= mostNamed && (
              <span className="text-ink">({formats.list(those.map(({ name }) => name))})</span>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
