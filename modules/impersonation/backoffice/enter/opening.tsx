import { LoaderCircle } from 'lucide-react'
import { useMessages } from '#platform/ui/messages.tsx'
import { Step } from '#platform/ui/step.tsx'

/** What is read for the moment it takes. */
export function Opening() {
  const t = useMessages()
  return (
    <Step title={t('impersonation.entering')} help={<p>{t('impersonation.entering.help')}</p>}>
      <LoaderCircle aria-hidden size={20} className="animate-spin text-ink-faint" />
    </Step>
  )
}
