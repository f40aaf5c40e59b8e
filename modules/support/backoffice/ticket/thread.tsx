import { listTicketMessages, type Ticket, type TicketMessage } from '#contract/support'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSession } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { Message } from './message.tsx'

type ThreadProps = {
  ticketId: string
  client: Ticket['client']
  /** Came while one was writing. */
  fresh: ReadonlySet<string>
  onTakeBack: (messageId: string) => void
}

/** All that was said, the oldest first. */
export function Thread({ ticketId, client, fresh, onTakeBack }: ThreadProps) {
  const t = useMessages()
  const me = useSession().id
  const { data, error, refetch } = useEndpoint(listTicketMessages, { params: { id: ticketId } })
  if (!data)
    return error ? (
      <ErrorState error={error} onRetry={refetch} />
    ) : (
      <div aria-hidden className="flex flex-col gap-4">
        <Skeleton height={96} width="70%" />
        <span className="self-end">
          <Skeleton height={72} width={320} />
        </span>
      </div>
    )
  return (
    <ol aria-label={t('support.thread')} className="flex flex-col gap-4">
      {data.rows.map((message) => (
        <Message
          key={message.id}
          ticketId={ticketId}
          message={message}
          client={client}
          fresh={fresh.has(message.id)}
          onTakeBack={mayTakeBack(message, me) ? () => onTakeBack(message.id) : undefined}
        />
      ))}
    </ol>
  )
}

/** Nobody takes back what somebody else wrote. */
const mayTakeBack = ({ kind, by }: TicketMessage, me: string) =>
  (kind === 'reply' || kind === 'contact') && by.staffId === me
