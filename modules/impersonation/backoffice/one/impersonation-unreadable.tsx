import { SearchX } from 'lucide-react'
import { RecordUnreadable, type Unreadable } from '#platform/ui/record-unreadable.tsx'
import { listTo } from '../addresses.ts'

export function ImpersonationUnreadable(why: Unreadable) {
  return (
    <RecordUnreadable
      {...why}
      icon={SearchX}
      title="impersonation.one"
      missing="impersonation.missing"
      help="impersonation.missing.help"
      back="impersonation.missing.back"
      backTo={listTo()}
    />
  )
}
