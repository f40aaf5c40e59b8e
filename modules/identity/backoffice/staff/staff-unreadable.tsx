import { UserX } from 'lucide-react'
import { RecordUnreadable, type Unreadable } from '#platform/ui/record-unreadable.tsx'
import { teamTo } from './addresses.ts'

export function StaffUnreadable(why: Unreadable) {
  return (
    <RecordUnreadable
      {...why}
      icon={UserX}
      title="identity.staff.one"
      missing="identity.staff.missing"
      help="identity.staff.missing.help"
      back="identity.staff.missing.back"
      backTo={teamTo()}
    />
  )
}
