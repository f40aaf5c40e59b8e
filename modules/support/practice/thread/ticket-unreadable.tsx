import { CircleQuestionMark } from 'lucide-react'
import { RecordUnreadable, type Unreadable } from '#platform/ui/record-unreadable.tsx'
import { helpTo } from '../addresses.ts'

/** Another practice's is not there either. */
export function TicketUnreadable(why: Unreadable) {
  return (
    <RecordUnreadable
      {...why}
      icon={CircleQuestionMark}
      title="support.own.one"
      missing="support.own.missing"
      help="support.own.missing.help"
      back="support.own.missing.back"
      backTo={helpTo}
    />
  )
}
