import { Button } from '#platform/ui/button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Step } from '#platform/ui/step.tsx'
import { DemonstrationMailsLink } from './demonstration-mails-link.tsx'

/** The factors were reset: only who reads the person's mail may enrol another one. */
export function LinkNeeded({ onBack }: { onBack: () => void }) {
  const t = useMessages()
  return (
    <Step title={t('identity.link-needed')} help={<p>{t('identity.link-needed.help')}</p>}>
      <div className="flex flex-col gap-2">
        <DemonstrationMailsLink />
        <Button variant="ghost" onClick={onBack} className="w-full">
          {t('identity.back')}
        </Button>
      </div>
    </Step>
  )
}
