import { UserX } from 'lucide-react'
import { RecordUnreadable, type Unreadable } from '#platform/ui/record-unreadable.tsx'
import { listTo } from './addresses.ts'

export function PatientUnreadable(why: Unreadable) {
  return (
    <RecordUnreadable
      {...why}
      icon={UserX}
      title="patients.one"
      missing="patients.missing"
      help="patients.missing.help"
      back="patients.missing.back"
      backTo={listTo()}
    />
  )
}
