/** One text through many practices: how far it is, who does otherwise, and what all of them gave; and its execution. It fills up as it goes. */
import { SearchX } from 'lucide-react'
import { useState } from 'react'
import { getSqlFleet, type SqlFleet } from '#contract/sql-console'
import { CardSkeletons } from '#platform/ui/card-skeletons.tsx'
import { Card } from '#platform/ui/card.tsx'
import { CopyButton } from '#platform/ui/copy-button.tsx'
import { cx } from '#platform/ui/cx.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { usePathParam } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { RecordUnreadable } from '#platform/ui/record-unreadable.tsx'
import { ParametersShown } from '../requests/parameters-shown.tsx'
import { fleetsTo } from './addresses.ts'
import { ExecutionBadge, stillIn } from '../executing/execution-words.tsx'
import { ExecutionShown } from '../executing/execution-shown.tsx'
import { FleetActs } from '../executing/fleet-acts.tsx'
import { FleetFacts } from '../executing/fleet-facts.tsx'
import { FleetStands } from '../executing/fleet-stands.tsx'
import { FleetBand } from './fleet-band.tsx'
import { FleetBadge } from './fleet-words.tsx'
import { FleetChanges } from './fleet-changes.tsx'
import { Flagged, isFlagged } from './flagged.tsx'
import { Merged } from './merged.tsx'
import { OnePractice } from './one-practice.tsx'
import { PracticesShown } from './practices-shown.tsx'

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
  const { practices, total, state, executing } = fleet
  const flagged = practices.filter(isFlagged).length
  const begun = executing !== null && executing.begunAt !== null
  // Once it is asked for, what it is about are those that it is asked for.
  const count = executing ? stillIn(executing) : total
  const one = chosen && <OnePractice fleet={fleet} tenantId={chosen} onClose={() => setChosen(null)} />
  return (
    <>
      <PageHeader
        title={t(
          begun ? 'sql.fleet.of-executing' : executing ? 'sql.fleet.of-asked' : `sql.fleet.of.${fleet.mode}`,
          {
            count,
            shown: formats.integer(count),
          },
        )}
        count={executing ? <ExecutionBadge state={executing.state} /> : <FleetBadge state={state} />}
        primary={<FleetActs fleet={fleet} />}
      />
      <FleetBand count={count} />
      {executing && (
        <div className="mb-4">
          <FleetStands fleet={fleet} executing={executing} />
        </div>
      )}
      <div
        className={
          executing
            ? 'flex flex-col gap-4 lg:grid lg:grid-cols-[minmax(0,1fr)_20rem] lg:items-start'
            : undefined
        }
      >
        {executing && (
          // Who decides reads why first; once it has begun, how far it is comes before.
          <div className={cx('flex min-w-0 flex-col gap-4', begun ? 'order-last' : 'lg:order-last')}>
            <FleetFacts fleet={fleet} executing={executing} />
          </div>
        )}
        <div className="flex min-w-0 flex-col gap-4">
          {executing && (
            <>
              <ExecutionShown fleet={fleet} executing={executing} chosen={chosen} onChoose={setChosen} />
              {one}
            </>
          )}
          <PracticesShown fleet={fleet} chosen={chosen} onChoose={setChosen} />
          {!executing && one}
          {flagged > 0 && (
            <Card flush title={t('sql.fleet.flagged', { count: flagged, shown: formats.integer(flagged) })}>
              <Flagged fleet={fleet} onChoose={setChosen} />
            </Card>
          )}
          <Card title={t('sql.text')} actions={<CopyButton text={fleet.text} />}>
            {/* A long text is scrolled in its place, by keys too. */}
            <pre
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
              tabIndex={0}
              className="max-h-80 overflow-auto rounded-control bg-sunken p-3 font-mono text-12 wrap-anywhere whitespace-pre-wrap"
            >
              {fleet.text}
            </pre>
            <ParametersShown values={fleet.parameters} />
          </Card>
          {fleet.mode === 'simulate' && fleet.endedAt !== null && (
            <FleetChanges fleet={fleet} onChoose={setChosen} />
          )}
          <Merged fleet={fleet} />
        </div>
      </div>
    </>
  )
}
