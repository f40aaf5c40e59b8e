/** The practices to look at: who does otherwise than most, and who could not be reached; each with what is the matter. */
import type { FleetPractice, SqlFleet } from '#contract/sql-console'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { differenceInWords, lookOf, OutcomeBadge } from './fleet-words.tsx'

export const isFlagged = ({ outcome, differs }: FleetPractice) =>
  differs.length > 0 || (outcome !== 'done' && outcome !== 'failed' && outcome !== 'waiting')

type FlaggedProps = { fleet: SqlFleet; onChoose: (tenantId: string) => void }

export function Flagged({ fleet: { practices, mode }, onChoose }: FlaggedProps) {
  const t = useMessages()
  // Who does otherwise comes before who could not be asked.
  const flagged = practices
    .filter(isFlagged)
    .toSorted((a, b) => Math.sign(b.differs.length) - Math.sign(a.differs.length))
  return (
    <ul className="divide-y divide-line">
      {flagged.map((practice) => (
        <li
          key={practice.tenantId}
          className="flex flex-wrap items-start gap-x-3 gap-y-1 px-4 py-2.5 text-13"
        >
          <div className="min-w-0 flex-1 basis-56">
            <p className="flex flex-wrap items-center gap-2 font-medium">
              {practice.name}
              <OutcomeBadge look={lookOf(practice, mode)} />
              {practice.suspended && <Badge tone="neutral">{t('sql.fleet.suspended')}</Badge>}
            </p>
            {practice.differs.length > 0 ? (
              <ul className="mt-0.5 text-ink-muted">
                {practice.differs.map((one) => (
                  <li key={`${one.about} ${one.name}`} className="wrap-anywhere">
                    {differenceInWords(one, t)}
                  </li>
                ))}
              </ul>
            ) : (
              <p className="mt-0.5 text-ink-muted">{t(`sql.fleet.outcome.${practice.outcome}.help`)}</p>
            )}
          </div>
          {practice.outcome !== 'cancelled' && (
            <Button size="small" variant="ghost" onClick={() => onChoose(practice.tenantId)}>
              {t('sql.fleet.see')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
