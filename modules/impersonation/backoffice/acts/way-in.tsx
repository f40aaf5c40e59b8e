import { LogIn } from 'lucide-react'
import { buttonClass } from '#platform/ui/button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { wayIn } from '../addresses.ts'

/** Leaves this app for the practice’s: a plain link, which the server leads on. */
export function WayIn({ id }: { id: string }) {
  const t = useMessages()
  return (
    <a href={wayIn(id)} className={buttonClass({ variant: 'primary' })}>
      <LogIn aria-hidden size={16} className="-ml-0.5 shrink-0" />
      {t('impersonation.act.enter')}
    </a>
  )
}
