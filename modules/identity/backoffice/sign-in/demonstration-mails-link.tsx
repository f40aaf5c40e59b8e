import { Mails } from 'lucide-react'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useIsDemonstration } from '../factors/prompted-code.ts'

/** The demonstration sends no mail: what it would have sent can be read there. */
export function DemonstrationMailsLink() {
  const t = useMessages()
  if (!useIsDemonstration()) return null
  return (
    <ButtonLink to="/demonstration/mails" icon={Mails} className="w-full">
      {t('identity.demonstration.mails')}
    </ButtonLink>
  )
}
