/** The waves of an execution: one practice alone, then more, each a square; whom it leaves out stands behind. */
import { useMemo } from 'react'
import type { FleetExecution, FleetPractice, SqlFleet } from '#contract/sql-console'
import { cx } from '#platform/ui/cx.ts'
import { Progress } from '#platform/ui/progress.tsx'
import { type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { SquareList } from '../fleet/square-list.tsx'
import { type Stand, standOf, stands, stillIn } from './execution-words.tsx'

type WavesProps = {
  fleet: SqlFleet
  executing: FleetExecution
  chosen: string | null
  onChoose: (tenantId: string) => void
}

export function Waves({ fleet, executing, chosen, onChoose }: WavesProps) {
  const t = useMessages()
  const formats = useFormats()
  const { practices } = fleet
  const byWave = useMemo(() => Map.groupBy(practices, ({ execution }) => execution?.wave ?? -1), [practices])
  const aside = byWave.get(-1) ?? []
  const executed = executing.waves.reduce((sum, wave) => sum + wave.executed, 0)
  const total = stillIn(executing)
  const present = [...new Set(practices.map(standOf))]
  const squares = (label: string, those: readonly FleetPractice[]) => (
    <SquareList
      label={label}
      chosen={chosen}
      onChoose={onChoose}
      squares={those.map((practice) => {
        const stand = standOf(practice)
        const { colour, sign } = stands[stand]
        return {
          id: practice.tenantId,
          said: `${practice.name} · ${t(`sql.fleet.stand.${stand}`)}`,
          colour,
          sign,
        }
      })}
    />
  )
  return (
    <>
      {executing.begunAt !== null && (
        <div className="mb-3">
          <Progress
            label={t('sql.fleet.executed-of', {
              count: executed,
              shown: formats.integer(executed),
              total: formats.integer(total),
            })}
            done={executed}
            total={total}
          />
        </div>
      )}
      <ol className="overflow-hidden rounded-control border border-line">
        {executing.waves.map((wave, index) => (
          // A wave without anybody in it is none.
          <li
            key={index}
            className={cx('border-t border-line first:border-t-0', wave.total === 0 && 'hidden')}
          >
            <Row
              title={t(index === 0 ? 'sql.fleet.wave.canary' : 'sql.fleet.wave', { n: index + 1 })}
              told={waveInWords(executing, index, t)}
              isAtIt={executing.state === 'running' && executing.wave === index}
              count={t(wave.leftOut > 0 ? 'sql.fleet.wave.executed.left-out' : 'sql.fleet.wave.executed', {
                done: formats.integer(wave.executed),
                total: formats.integer(wave.total - wave.leftOut),
                count: wave.leftOut,
                out: formats.integer(wave.leftOut),
              })}
            >
              {squares(t('sql.fleet.wave.practices', { n: index + 1 }), byWave.get(index) ?? [])}
            </Row>
          </li>
        ))}
        {aside.length > 0 && (
          <li className="border-t border-line">
            <Row
              title={t('sql.fleet.aside')}
              told={t('sql.fleet.aside.help')}
              count={formats.integer(aside.length)}
            >
              {squares(t('sql.fleet.aside'), aside)}
            </Row>
          </li>
        )}
      </ol>
      <Legend stands={present} practices={practices} />
    </>
  )
}

type RowProps = {
  title: string
  told: string
  count: string
  isAtIt?: boolean
  children: React.ReactNode
}

function Row({ title, told, count, isAtIt = false, children }: RowProps) {
  return (
    <div className={cx('flex flex-wrap gap-x-4 gap-y-2 px-3 py-2.5', isAtIt && 'bg-info-soft')}>
      <div className="w-44 shrink-0 text-13 max-sm:w-full">
        <p className="font-medium">{title}</p>
        <p className={cx('text-12', isAtIt ? 'text-info-ink' : 'text-ink-muted')}>
          {told} · <span className="tabular-nums">{count}</span>
        </p>
      </div>
      <div className="min-w-0 flex-1 basis-40">{children}</div>
    </div>
  )
}

function waveInWords({ state, wave, waves }: FleetExecution, index: number, t: Translate): string {
  const { executed, total, leftOut } = waves[index] ?? { executed: 0, total: 0, leftOut: 0 }
  if (executed >= total - leftOut) return t('sql.fleet.wave.over')
  if (index === wave && state === 'running') return t('sql.fleet.wave.running')
  if (index === wave && state === 'stopped') return t('sql.fleet.wave.stopped')
  return t('sql.fleet.wave.waiting')
}

function Legend({ stands: present, practices }: { stands: Stand[]; practices: readonly FleetPractice[] }) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-12 text-ink-muted">
      {present.map((stand) => {
        const { colour, sign: Sign } = stands[stand]
        return (
          <li key={stand} className="inline-flex items-center gap-1.5">
            <span
              aria-hidden
              className={cx('inline-flex size-3.5 items-center justify-center rounded-[2px]', colour)}
            >
              {Sign && <Sign size={10} strokeWidth={3} />}
            </span>
            {t(`sql.fleet.stand.${stand}`)}{' '}
            <span className="tabular-nums">
              {formats.integer(practices.filter((one) => standOf(one) === stand).length)}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
