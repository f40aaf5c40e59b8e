import type { Escalation } from '#contract/support'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useTicketChoices } from '../choices.ts'
import { actionInWords, momentInWords } from './escalation-words.ts'

/** What happens by itself when this promise comes near or is late. */
export function EscalationList({ escalations }: { escalations: readonly Escalation[] }) {
  const t = useMessages()
  const formats = useFormats()
  const { nameOf } = useTicketChoices()
  if (escalations.length === 0) return null
  return (
    <div>
      <h3 className="text-12 font-medium text-ink-muted">{t('support.escalations')}</h3>
      <ul className="mt-1 flex flex-col gap-1">
        {escalations.map((escalation, place) => (
          // They are read alone here, and have no other name than their place.
          <li key={place} className="wrap-anywhere">
            {t('support.escalation.line', {
              moment: momentInWords(escalation, t),
              actions: escalation.do
                .map((action) => actionInWords(action, t, formats, nameOf))
                .join(t('support.escalation.and')),
            })}
          </li>
        ))}
      </ul>
    </div>
  )
}
