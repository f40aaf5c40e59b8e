import { DatabaseZap } from 'lucide-react'
import { RecordUnreadable, type Unreadable } from '#platform/ui/record-unreadable.tsx'
import { listTo } from '../addresses.ts'

export function TenantUnreadable(why: Unreadable) {
  return (
    <RecordUnreadable
      {...why}
      icon={DatabaseZap}
      title="tenancy.one"
      missing="tenancy.missing"
      help="tenancy.missing.help"
      back="tenancy.missing.back"
      backTo={listTo()}
    />
  )
}
