import { Avatar } from '#platform/ui/avatar.tsx'
import { Badge } from '#platform/ui/badge.tsx'
import { Card } from '#platform/ui/card.tsx'
import { CopyId } from '#platform/ui/copy-id.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { KpiCard, KpiSkeleton } from '#platform/ui/kpi-card.tsx'
import { Money } from '#platform/ui/money.tsx'
import { Progress } from '#platform/ui/progress.tsx'
import { people, samples } from './samples.ts'

export function Figures() {
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <KpiCard
          label="CA du mois"
          value="18 420,50 €"
          unit="HT"
          to="/_gallery"
          change={{ ratio: 0.062, against: 'par rapport à septembre', better: 'up' }}
        />
        <KpiCard
          label="Factures en retard"
          value="4 312,00 €"
          to="/_gallery"
          change={{ ratio: 0.11, against: 'par rapport à septembre', better: 'down' }}
        />
        <KpiCard
          label="Clients"
          value="642"
          to="/_gallery"
          details={[
            { label: 'prospects', value: '118', to: '/_gallery' },
            { label: 'freemium', value: '74', to: '/_gallery' },
            { label: 'exclus', value: '9' },
          ]}
        />
        <KpiSkeleton />
      </div>
      <div className="grid gap-3 lg:grid-cols-2">
        <Card title={samples.words.status}>
          <div className="flex flex-wrap gap-2">
            {people(5).map(({ id, status }) => (
              <Badge key={id} tone={status.tone}>
                {status.word}
              </Badge>
            ))}
          </div>
        </Card>
        <Card title={samples.words.identity}>
          <div className="flex flex-wrap items-center gap-x-6 gap-y-2 text-13">
            <Avatar name={samples.words.name} size="large" />
            <DateText value="2026-02-27T08:33:00Z" show="both" />
            <DateText value={null} />
            <Money cents={2900} />
            <CopyId id="0199c3a0-7d1e-7b4e-9a30-0b5a1c2d3e4f" />
          </div>
          <div className="mt-4 flex flex-col gap-3">
            <Progress label={samples.words.progress} done={640} total={1000} />
          </div>
        </Card>
      </div>
    </>
  )
}
