import { FileX } from 'lucide-react'
import { RecordUnreadable, type Unreadable } from '#platform/ui/record-unreadable.tsx'
import { registerTo } from './addresses.ts'

export function RequestUnreadable(why: Unreadable) {
  return (
    <RecordUnreadable
      {...why}
      icon={FileX}
      title="privacy.one"
      missing="privacy.missing"
      help="privacy.missing.help"
      back="privacy.missing.back"
      backTo={registerTo()}
    />
  )
}
