import { ListFilter, Minus, Plus } from 'lucide-react'
import { useMessages } from '#platform/ui/messages.tsx'
import { permissionName } from '../words.ts'

type RightLinesProps = {
  gains: readonly string[]
  losses: readonly string[]
  limited?: readonly string[] | undefined
}

/** What is gained and lost, and what stays within limits, by sign, colour and word. */
export function RightLines({ gains, losses, limited = [] }: RightLinesProps) {
  const t = useMessages()
  return (
    <ul className="flex flex-col gap-0.5 text-13">
      {losses.map((permission) => (
        <li key={permission} className="flex items-start gap-1.5 text-danger-ink">
          <Minus aria-hidden size={14} strokeWidth={2.5} className="mt-0.5 shrink-0" />
          <span className="sr-only">{t('access.loses')}</span>
          {permissionName(permission, t)}
        </li>
      ))}
      {limited.map((permission) => (
        <li key={permission} className="flex items-start gap-1.5 text-warning-ink">
          <ListFilter aria-hidden size={14} strokeWidth={2.5} className="mt-0.5 shrink-0" />
          <span>{t('access.limited-now', { permission: permissionName(permission, t) })}</span>
        </li>
      ))}
      {gains.map((permission) => (
        <li key={permission} className="flex items-start gap-1.5 text-success-ink">
          <Plus aria-hidden size={14} strokeWidth={2.5} className="mt-0.5 shrink-0" />
          <span className="sr-only">{t('access.gains')}</span>
          {permissionName(permission, t)}
        </li>
      ))}
    </ul>
  )
}
