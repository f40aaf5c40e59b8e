import { UserX } from 'lucide-react'
import { RecordUnreadable, type Unreadable } from '#platform/ui/record-unreadable.tsx'
import { listTo } from './addresses.ts'

export function ClientUnreadable(why: Unreadable) {
  return (
    <RecordUnreadable
      {...why}
      icon={UserX}
      title="clients.one"
      missing="clients.missing"
      help="clients.missing.help"
      back="clients.missing.back"
      backTo={listTo()}
    />
  )
}
