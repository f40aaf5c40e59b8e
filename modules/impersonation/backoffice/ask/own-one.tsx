import { CircleCheck, Hourglass } from 'lucide-react'
import type { Impersonation } from '#contract/impersonation'
import { DateText } from '#platform/ui/date-text.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

/** Going on with what one asked for before is better than asking twice. */
export function OwnOne({ own }: { own: Impersonation }) {
  const t = useMessages()
  const ready = own.state === 'ready'
  const Icon = ready ? CircleCheck : Hourglass
  return (
    <div className="flex gap-2 rounded-control bg-info-soft px-3 py-2 text-13 text-info-ink">
      <Icon aria-hidden size={16} className="mt-0.5 shrink-0" />
      <div className="min-w-0">
        <p className="font-medium">
          {t(ready ? 'impersonation.own.ready' : 'impersonation.own.waiting', { name: own.subject.name })}
        </p>
        <p className="wrap-anywhere">{own.reason}</p>
        <p>
          {t.rich('impersonation.own.asked', { at: <DateText key="at" value={own.askedAt} show="both" /> })}
        </p>
      </div>
    </div>
  )
}
