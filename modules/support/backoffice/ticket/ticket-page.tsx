/** One ticket: what was said, what is answered, what it is, and what was promised. */
import { TicketX } from 'lucide-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { type getTicketDrafts, getTicket } from '#contract/support'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { Cards } from '#platform/ui/cards.tsx'
import { CardSkeletons } from '#platform/ui/card-skeletons.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useGo, usePathParam } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { RecordUnreadable } from '#platform/ui/record-unreadable.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useShortcuts } from '#platform/ui/shortcuts.ts'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { queueTo } from '../addresses.ts'
import { useAlertsSeen } from '../alerts/use-alerts-seen.ts'
import { LinksCard } from '../links/links-card.tsx'
import { MacroLibrary } from '../macros/macro-library.tsx'
import { ChoosingBar } from '../moves/choosing-bar.tsx'
import { type Choosing, ChoosingMessages } from '../moves/choosing.tsx'
import { DraftsElsewhere } from '../moves/drafts-elsewhere.tsx'
import { DuplicateNote } from '../moves/duplicate-note.tsx'
import { MergeDialog } from '../moves/merge-dialog.tsx'
import { PutAway } from '../moves/put-away.tsx'
import { useMoves } from '../moves/use-moves.ts'
import { ticketCan } from '../ticket-can.ts'
import { Composer, type ComposerHandle, type Side } from './composer.tsx'
import { EventsCard } from './events-card.tsx'
import { FieldsCard } from './fields-card.tsx'
import { ForgottenNote } from './forgotten-note.tsx'
import { PeopleCard } from './people-card.tsx'
import { Presence } from './presence.tsx'
import { PromisesCard } from './promises-card.tsx'
import { Thread } from './thread.tsx'
import { TicketHeader } from './ticket-header.tsx'
import { type ShownTicket, useAdopt } from './use-adopt.ts'
import { useAtTheEnd } from './use-at-the-end.ts'
import { useConversation } from './use-conversation.ts'
import { useDraft } from './use-draft.ts'
import { useDrafts } from './use-drafts.ts'
import { useFiles } from './use-files.ts'
import { useGuard } from './use-guard.ts'
import { useNeighbours } from './use-neighbours.ts'
import { usePresence } from './use-presence.ts'
import { useReading } from './use-reading.ts'
import { useSending } from './use-sending.ts'
import { useTicketActs } from './use-ticket-acts.ts'
import { useTicketSaving } from './use-ticket-saving.ts'

export function TicketPage() {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(getTicket, { params: { id: usePathParam('id') } })
  if (data)
    return (
      <ChoosingMessages key={data.id}>
        {(choosing) => <Shown ticket={data} choosing={choosing} />}
      </ChoosingMessages>
    )
  if (error)
    return (
      <RecordUnreadable
        error={error}
        retry={refetch}
        icon={TicketX}
        title="support.ticket.one"
        missing="support.missing"
        help="support.missing.help"
        back="support.missing.back"
        backTo={queueTo()}
      />
    )
  return (
    <>
      <PageHeader title={t('support.ticket.one')} />
      <CardSkeletons wide={[4, 3, 6]} narrow={[8, 4]} />
    </>
  )
}

function Shown({ ticket, choosing }: { ticket: ShownTicket; choosing: Choosing }) {
  const may = useMay()
  const go = useGo()
  useAlertsSeen(ticket.id)
  const acts = useTicketActs(ticket)
  const moves = useMoves(ticket)
  const [merging, setMerging] = useState(false)
  const standing = ticketCan.change(may) && ticketCan.stand(ticket)
  const saving = useTicketSaving(ticket)
  const around = useNeighbours(ticket.id)
  const composer = useRef<ComposerHandle>(null)
  useReading(ticket.id, ticket.lastMessageAt, ticket.unread)
  useShortcuts([
    { keys: 'r', run: () => composer.current?.open('reply') },
    { keys: 'n', run: () => composer.current?.open('note') },
    { keys: 'e', run: () => standing && ticketCan.resolve(ticket, may) && acts.resolve() },
    { keys: 'm', run: () => standing && setMerging(true) },
    { keys: 'x', run: () => standing && (choosing.isOn ? choosing.end() : choosing.begin()) },
    { keys: 'j', run: () => around.next?.() },
    { keys: 'k', run: () => around.previous?.() },
    { keys: 'escape', run: () => (choosing.isOn ? choosing.end() : go(queueTo(around.from))) },
  ])
  return (
    <>
      <TicketHeader
        ticket={ticket}
        acts={acts}
        around={around}
        moves={moves}
        onMerge={() => setMerging(true)}
        onChoose={choosing.begin}
      />
      {standing && <DuplicateNote ticket={ticket} moves={moves} />}
      {merging && standing && <MergeDialog ticket={ticket} moves={moves} onClose={() => setMerging(false)} />}
      {/* Side by side, or one under the other with what was said on top. */}
      <div className="flex flex-col gap-4 lg:grid lg:grid-cols-[minmax(0,1fr)_21rem] lg:items-start">
        <div className="flex min-w-0 flex-col gap-4">
          <PutAway ticket={ticket} moves={moves} />
          {ticket.forgottenAt && <ForgottenNote at={ticket.forgottenAt} />}
          {ticket.mergedInto ? null : standing && !ticket.forgottenAt ? (
            <Talk ticket={ticket} composer={composer} write={around.write} />
          ) : (
            <Thread
              ticketId={ticket.id}
              client={ticket.client}
              fresh={nothing}
              onTakeBack={() => undefined}
            />
          )}
          {standing && <ChoosingBar ticket={ticket} choosing={choosing} moves={moves} />}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          {ticketCan.stand(ticket) && <FieldsCard ticket={ticket} saving={saving} acts={acts} />}
          <PromisesCard ticketId={ticket.id} targets={ticket.targets} />
          <PeopleCard ticket={ticket} />
          <LinksCard ticket={ticket} />
          <Cards quiet of="ticket" id={ticket.id} />
          <EventsCard events={ticket.events} />
        </div>
      </div>
    </>
  )
}

const nothing: ReadonlySet<string> = new Set()

type TalkProps = { ticket: ShownTicket; composer: RefObject<ComposerHandle | null>; write: Side | undefined }

/** The conversation and its box, once it is known what one had begun to write. */
function Talk({ ticket, composer, write }: TalkProps) {
  const { data, error, refetch } = useDrafts(ticket.id, true)
  if (data) return <Writing ticket={ticket} drafts={data} composer={composer} write={write} />
  return (
    <>
      <Thread ticketId={ticket.id} client={ticket.client} fresh={nothing} onTakeBack={() => undefined} />
      {error ? <ErrorState error={error} onRetry={refetch} /> : <Skeleton height={240} width="100%" />}
    </>
  )
}

type WritingProps = TalkProps & { drafts: OutputOf<typeof getTicketDrafts> }

function Writing({ ticket, drafts, composer, write }: WritingProps) {
  const [side, setSide] = useState<Side>(write ?? (drafts.note && !drafts.reply ? 'note' : 'reply'))
  // Whoever came to write begins at once.
  useEffect(() => {
    if (write) composer.current?.open(write)
  }, [write, composer])
  const { savedAt } = drafts
  const reply = useDraft(ticket.id, 'reply', { text: drafts.reply, savedAt })
  const note = useDraft(ticket.id, 'note', { text: drafts.note, savedAt })
  const files = useFiles(ticket.id, drafts.attachments)
  const conversation = useConversation(ticket.id, !reply.isEmpty)
  const box = useAtTheEnd(conversation.seen)
  const people = usePresence(ticket.id, reply.text + note.text)
  const adopt = useAdopt(ticket.id)
  // Whoever has no account has the answer's words in the mail alone.
  const toEmail = ticket.requester.memberId === null ? ticket.requester.email : null
  const guard = useGuard(side === 'note' ? note.text : reply.text, side === 'reply' && toEmail !== null, [
    ticket.requester.name,
    ticket.client?.name,
  ])
  const sending = useSending({ ticketId: ticket.id, reply, note, files, seen: conversation.seen, guard })
  return (
    <>
      <Thread
        ticketId={ticket.id}
        client={ticket.client}
        fresh={new Set(conversation.meanwhile.map(({ id }) => id))}
        onTakeBack={(messageId) => void sending.takeBack(messageId)}
      />
      <Presence people={people} />
      <DraftsElsewhere
        ticketId={ticket.id}
        drafts={drafts.elsewhere}
        into={{ reply, note }}
        onTaken={setSide}
      />
      {/* What answers are made of stands beside the box where there is room. */}
      <div className="flex flex-col gap-4 xl:grid xl:grid-cols-[minmax(0,1fr)_17rem] xl:items-start">
        <div ref={box} className="min-w-0 scroll-mb-20 sm:scroll-mb-4">
          <Composer
            ref={composer}
            side={side}
            onSide={setSide}
            drafts={{ reply, note }}
            files={files}
            sending={sending}
            guard={guard}
            toEmail={toEmail}
            conversation={conversation}
            isResolved={ticket.status === 'resolved'}
          />
        </div>
        <div className="min-w-0 rounded-card border border-line bg-surface p-3">
          <MacroLibrary
            ticket={ticket}
            seenMessageId={conversation.seen}
            draft={reply.text}
            onApplied={(done, macro) => {
              adopt(done.ticket)
              sending.tellApplied(done, macro.title)
            }}
          />
        </div>
      </div>
    </>
  )
}
