import { CircleCheck, CirclePause, LoaderCircle, OctagonX } from 'lucide-react'
import type { FleetExecution, FleetStop, SqlFleet } from '#contract/sql-console'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Notice } from '../report/notice.tsx'
import { DecisionStands } from '../requests/decision-stands.tsx'
import { useWho } from '../requests/who.ts'
import { stillIn } from './execution-words.tsx'
import { fleetCan } from './fleet-can.ts'

/** What it can be gone on with after, for as long as the approval holds. */
const goesOn: ReadonlySet<FleetStop['why']> = new Set(['drifted', 'failed', 'unknown', 'by_hand'])

type FleetStandsProps = { fleet: SqlFleet; executing: FleetExecution }

/** Where its execution stands, who has to do something, and until when. */
export function FleetStands({ fleet, executing }: FleetStandsProps) {
  const t = useMessages()
  const formats = useFormats()
  const who = useWho()
  const { by } = fleet
  const { state, wave, waves, stop } = executing
  const until = formats.dayTime(executing.lapsesAt)
  const executed = waves.reduce((sum, one) => sum + one.executed, 0)
  const done = {
    count: executed,
    shown: formats.integer(executed),
    total: formats.integer(stillIn(executing)),
  }
  switch (state) {
    case 'running':
      return (
        <Notice
          look="info"
          icon={LoaderCircle}
          title={t('sql.fleet.stands.running', { n: wave + 1, of: waves.length })}
          live
        />
      )
    case 'paused':
      return (
        <Notice look="warning" icon={CirclePause} title={t('sql.fleet.stands.paused', { n: wave })} live>
          <p>{t('sql.fleet.stands.paused.help', { until, ...done })}</p>
        </Notice>
      )
    case 'stopped':
      return (
        <Notice look="danger" icon={OctagonX} title={t('sql.fleet.stands.stopped', done)} live>
          {stop && (
            <p>
              {t(`sql.fleet.stopped.${stop.why}`, {
                practice: stop.practice ?? '',
                by: stop.by?.name ?? '',
                at: formats.dayTime(stop.at),
              })}
            </p>
          )}
          {executed > 0 && <p>{t('sql.fleet.stands.stopped.help')}</p>}
          {stop && goesOn.has(stop.why) && <p>{t('sql.fleet.stands.stopped.until', { until })}</p>}
        </Notice>
      )
    case 'executed':
      return (
        <Notice look="success" icon={CircleCheck} title={t('sql.fleet.stands.executed', done)} live>
          <p>{t('sql.fleet.stands.executed.undo')}</p>
        </Notice>
      )
    default:
      return (
        <DecisionStands
          {...executing}
          by={by}
          state={state === 'asked' ? 'waiting' : state}
          yours={
            fleetCan.approve(fleet, who) ? t('sql.fleet.stands.asked.you', { by: by.name, until }) : null
          }
          next={t('sql.fleet.stands.approved', { until })}
        />
      )
  }
}
