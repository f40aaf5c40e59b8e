import { CircleStop } from 'lucide-react'
import { type FleetMigration, stopMigration } from '#contract/tenancy'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { stoppedInWords } from '../work-words.ts'
import { Failures } from './failures.tsx'
import { fleetCan } from './fleet-can.ts'
import { WaveBar } from './wave-bar.tsx'

const tones: Record<FleetMigration['state'], Tone> = {
  waiting: 'neutral',
  running: 'info',
  stopped: 'warning',
  done: 'success',
}

/** The migration under way, or the last one: wave after wave, and which tenants it failed on. */
export function MigrationCard({ migration }: { migration: FleetMigration }) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const stop = useEndpoint(stopMigration, {
    onSuccess: () =>
      notify.done({
        title: t('tenancy.migration.stopped'),
        description: t('tenancy.migration.stopped.help'),
      }),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  const { id, toVersion, state, askedBy, askedAt, endedAt, stoppedBecause, failuresAllowed } = migration
  return (
    <Card
      title={t('tenancy.migration.to', { version: formats.integer(toVersion) })}
      actions={
        <>
          <Badge tone={tones[state]}>{t(`tenancy.migration.state.${state}`)}</Badge>
          {fleetCan.stop(migration, may) && (
            <Button
              size="small"
              icon={CircleStop}
              className="ml-2"
              loading={stop.isPending}
              onClick={() => stop.mutate({ params: { id } })}
            >
              {t('tenancy.migration.stop')}
            </Button>
          )}
        </>
      }
    >
      <p className="text-12 text-ink-muted">
        {askedBy
          ? t.rich('tenancy.migration.asked', {
              name: askedBy,
              at: <DateText key="at" value={askedAt} show="both" />,
            })
          : t.rich('tenancy.migration.asked.alone', {
              at: <DateText key="at" value={askedAt} show="both" />,
            })}
        {endedAt && (
          <>
            {' · '}
            {t.rich('tenancy.migration.ended', {
              at: <DateText key="at" value={endedAt} show="dayTime" />,
            })}
          </>
        )}
        {' · '}
        {t('tenancy.migration.allows', {
          count: failuresAllowed,
          shown: formats.integer(failuresAllowed),
        })}
      </p>
      {stoppedBecause && (
        <p className="mt-2 rounded-control bg-warning-soft px-3 py-2 text-13 text-warning-ink">
          {stoppedInWords(stoppedBecause, t)}
        </p>
      )}
      <ul className="mt-3 grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
        {migration.waves.map((wave) => (
          <li key={wave.wave} className="min-w-0">
            <WaveBar wave={wave} />
          </li>
        ))}
      </ul>
      {migration.failures.length > 0 && <Failures failures={migration.failures} />}
    </Card>
  )
}
