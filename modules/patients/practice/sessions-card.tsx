import { monSoutienPsyMost, type Patient } from '#contract/patients'
import { Card } from '#platform/ui/card.tsx'
import { cx } from '#platform/ui/cx.ts'
import { useMessages } from '#platform/ui/messages.tsx'

/** Sessions of « Mon soutien psy », kept and planned, of those the year gives. */
export function SessionsCard({ patient }: { patient: Patient }) {
  const t = useMessages()
  const { year, used } = patient.sessions
  if (!patient.monSoutienPsy && used === 0) return null
  const over = used > monSoutienPsyMost
  return (
    <Card title={t('patients.mon-soutien-psy')}>
      <p className="flex items-baseline gap-2">
        <span className="text-20 font-semibold tabular-nums">
          {used}/{monSoutienPsyMost}
        </span>
        <span className="text-13 text-ink-muted">{t('patients.sessions', { year: String(year) })}</span>
      </p>
      <div aria-hidden className="mt-2 flex gap-0.5">
        {Array.from({ length: monSoutienPsyMost }, (_, at) => (
          <span
            key={at}
            className={cx(
              'h-1.5 flex-1 rounded-full',
              at < used ? (used >= monSoutienPsyMost ? 'bg-warning' : 'bg-accent') : 'bg-neutral-soft',
            )}
          />
        ))}
      </div>
      {used >= monSoutienPsyMost && (
        <p className="mt-2 text-13 text-warning-ink">
          {t(over ? 'patients.sessions.over' : 'patients.sessions.all')}
        </p>
      )}
    </Card>
  )
}
