import { Check, Circle } from 'lucide-react'
import type { ReactNode } from 'react'
import type { PatientRequest } from '#contract/patients'
import { DateText } from '#platform/ui/date-text.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

/** Received, identity checked, answered or refused: each with its day, and under the next one what to do. */
export function Steps({ request, children }: { request: PatientRequest; children: ReactNode }) {
  const t = useMessages()
  const { state, identityCheckedAt, answeredAt, answeredBy } = request
  const steps = [
    { name: t('patients.request.step.received'), at: request.receivedOn, by: null },
    { name: t('patients.request.step.identity'), at: identityCheckedAt, by: null },
    {
      name: t(state === 'refused' ? 'patients.request.step.refused' : 'patients.request.step.answered'),
      at: answeredAt,
      by: answeredBy,
    },
  ]
  const next = state === 'open' ? steps.findIndex(({ at }) => at === null) : -1
  return (
    <ol className="flex flex-col gap-3">
      {steps.map(({ name, at, by }, place) => (
        <li key={name} className="flex items-start gap-2.5 text-13">
          {at ? (
            <Check aria-hidden size={16} className="mt-0.5 shrink-0 text-success-ink" />
          ) : (
            <Circle aria-hidden size={16} className="mt-0.5 shrink-0 text-ink-faint" />
          )}
          <div className="flex min-w-0 flex-1 flex-col gap-2">
            <p className={at ? '' : 'text-ink-muted'}>
              <span className="font-medium">{name}</span>{' '}
              {at && (
                <span className="text-ink-muted">
                  <DateText value={at} />
                  {by && ` · ${by}`}
                </span>
              )}
            </p>
            {place === next && children}
          </div>
        </li>
      ))}
    </ol>
  )
}
