/** A picture of all practices: a small square each, in the order they were sent in, coloured by what came of it. */
import { useMemo } from 'react'
import type { FleetPractice } from '#contract/sql-console'
import { cx } from '#platform/ui/cx.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Tooltip } from '#platform/ui/tooltip.tsx'
import { lookOf, type Look } from './fleet-words.tsx'

const colours: Record<Look, string> = {
  waiting: 'bg-pressed',
  done: 'bg-success',
  diverging: 'bg-warning ring-2 ring-warning-ink',
  failed: 'bg-danger',
  unreachable: 'bg-danger-soft ring-1 ring-danger',
  moving: 'bg-info',
  outdated: 'bg-info-soft ring-1 ring-info',
  gone: 'bg-neutral-soft ring-1 ring-neutral',
  cancelled: 'bg-sunken ring-1 ring-line-strong',
}

type SquaresProps = {
  practices: readonly FleetPractice[]
  chosen: string | null
  onChoose: (tenantId: string) => void
}

export function Squares({ practices, chosen, onChoose }: SquaresProps) {
  const t = useMessages()
  const formats = useFormats()
  const counts = useMemo(
    () => [...Map.groupBy(practices, lookOf)].map(([look, those]) => [look, those.length] as const),
    [practices],
  )
  return (
    <>
      <ul aria-label={t('sql.fleet.practices')} className="flex flex-wrap">
        {practices.map((practice) => {
          const { tenantId, name } = practice
          const look = lookOf(practice)
          const said = `${name} · ${t(`sql.fleet.outcome.${look}`)}`
          return (
            <li key={tenantId} className="leading-none">
              <Tooltip text={said}>
                <button
                  type="button"
                  aria-label={said}
                  aria-pressed={chosen === tenantId}
                  onClick={() => onChoose(tenantId)}
                  className="group flex size-6 cursor-pointer items-center justify-center focus-visible:outline-2 focus-visible:-outline-offset-1 focus-visible:outline-accent"
                >
                  {/* Small to be seen at once, and around it room for a finger. */}
                  <span
                    aria-hidden
                    className={cx(
                      'block size-4.5 rounded-[3px] transition-colors',
                      colours[look],
                      chosen === tenantId && 'outline-2 outline-offset-1 outline-ink',
                    )}
                  />
                </button>
              </Tooltip>
            </li>
          )
        })}
      </ul>
      <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-12 text-ink-muted">
        {counts.map(([look, count]) => (
          <li key={look} className="inline-flex items-center gap-1.5">
            <span aria-hidden className={cx('inline-block size-2.5 rounded-[2px]', colours[look])} />
            {t(`sql.fleet.outcome.${look}`)} <span className="tabular-nums">{formats.integer(count)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
