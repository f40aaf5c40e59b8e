/** One text through many practices: how far it is, who does otherwise, and what all of them gave. It fills up as it goes. */
import { Ban, SearchX } from 'lucide-react'
import { useState } from 'react'
import { cancelSqlFleet, getSqlFleet, type SqlFleet } from '#contract/sql-console'
import { Button } from '#platform/ui/button.tsx'
import { CardSkeletons } from '#platform/ui/card-skeletons.tsx'
import { Card } from '#platform/ui/card.tsx'
import { CopyButton } from '#platform/ui/copy-button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { usePathParam } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Progress } from '#platform/ui/progress.tsx'
import { RecordUnreadable } from '#platform/ui/record-unreadable.tsx'
import { useSession } from '#platform/ui/session.tsx'
import { verdictInWords } from '../report/verdict-words.ts'
import { fleetsTo } from './addresses.ts'
import { FleetBadge } from './fleet-words.tsx'
import { Flagged, isFlagged } from './flagged.tsx'
import { Merged } from './merged.tsx'
import { OnePractice } from './one-practice.tsx'
import { Squares } from './squares.tsx'

export function FleetPage() {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(getSqlFleet, { params: { id: usePathParam('id') } })
  if (data) return <One key={data.id} fleet={data} />
  if (error)
    return (
      <RecordUnreadable
        error={error}
        retry={refetch}
        icon={SearchX}
        title="sql.fleet"
        missing="sql.fleet.missing"
        help="sql.fleet.missing.help"
        back="sql.fleet.missing.back"
        backTo={fleetsTo()}
      />
    )
  return (
    <>
      <PageHeader title={t('sql.fleet')} />
      <CardSkeletons />
    </>
  )
}

function One({ fleet }: { fleet: SqlFleet }) {
  const t = useMessages()
  const formats = useFormats()
  const [chosen, setChosen] = useState<string | null>(null)
  const { practices, total, figures, state } = fleet
  const over = total - figures.waiting
  const flagged = practices.filter(isFlagged).length
  return (
    <>
      <PageHeader
        title={t(fleet.mode === 'read' ? 'sql.fleet.of-reading' : 'sql.fleet.of-simulating', {
          count: total,
          shown: formats.integer(total),
        })}
        count={<FleetBadge state={state} />}
        primary={<Cancel fleet={fleet} />}
      />
      <div className="flex min-w-0 flex-col gap-4">
        <Card title={t('sql.fleet.practices')}>
          {(state === 'waiting' || state === 'running') && (
            <div className="mb-3">
              <Progress
                label={t('sql.fleet.progress', {
                  over: formats.integer(over),
                  total: formats.integer(total),
                })}
                done={over}
                total={total}
              />
            </div>
          )}
          <Squares practices={practices} chosen={chosen} onChoose={setChosen} />
          <output className="mt-3 block text-13">{inWords(fleet, t, formats)}</output>
        </Card>
        {chosen && <OnePractice fleet={fleet} tenantId={chosen} onClose={() => setChosen(null)} />}
        {flagged > 0 && (
          <Card flush title={t('sql.fleet.flagged', { count: flagged, shown: formats.integer(flagged) })}>
            <Flagged practices={practices} onChoose={setChosen} />
          </Card>
        )}
        <Card title={t('sql.fleet.rows')}>
          <Merged id={fleet.id} text={fleet.text} />
        </Card>
        <Card title={t('sql.text')} actions={<CopyButton text={fleet.text} />}>
          {/* A long text is scrolled in its place, by keys too. */}
          <pre
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            tabIndex={0}
            className="max-h-80 overflow-auto rounded-control bg-sunken p-3 font-mono text-12 wrap-anywhere whitespace-pre-wrap"
          >
            {fleet.text}
          </pre>
        </Card>
      </div>
    </>
  )
}

function inWords(
  { mode, effects, rowCount }: SqlFleet,
  t: ReturnType<typeof useMessages>,
  formats: ReturnType<typeof useFormats>,
): string {
  const rows = t('sql.fleet.row-count', { count: rowCount, shown: formats.integer(rowCount) })
  return mode === 'read' ? rows : verdictInWords(effects, t, formats) || t('sql.verdict.nothing')
}

function Cancel({ fleet: { id, state, by } }: { fleet: SqlFleet }) {
  const t = useMessages()
  const { id: me } = useSession()
  const cancel = useEndpoint(cancelSqlFleet)
  if ((state !== 'waiting' && state !== 'running') || by.id !== me) return null
  return (
    <Button icon={Ban} loading={cancel.isPending} onClick={() => cancel.mutate({ params: { id } })}>
      {t('sql.fleet.cancel')}
    </Button>
  )
}
