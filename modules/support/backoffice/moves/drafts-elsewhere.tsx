/** What one had begun to write in tickets that were put into this one: nothing of it is lost, and nothing is in the way. */
import { PencilLine } from 'lucide-react'
import { useState } from 'react'
import { type getTicketDrafts, saveTicketDraft } from '#contract/support'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { Button } from '#platform/ui/button.tsx'
import { call } from '#platform/ui/call.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import type { Draft } from '../ticket/use-draft.ts'

type Begun = OutputOf<typeof getTicketDrafts>['elsewhere'][number]
type ElsewhereProps = {
  ticketId: string
  drafts: readonly Begun[]
  into: Record<Begun['kind'], Draft>
  /** Shows the side it went to. */
  onTaken: (kind: Begun['kind']) => void
}

export function DraftsElsewhere({ ticketId, drafts, into, onTaken }: ElsewhereProps) {
  const t = useMessages()
  const [left, setLeft] = useState(drafts)
  const keep = (id: string, kind: Begun['kind'], body: string) =>
    call(saveTicketDraft, { params: { id, kind }, body: { body } })
  const drop = async (begun: Begun) => {
    await keep(begun.ticketId, begun.kind, '')
    setLeft((all) => all.filter((one) => one !== begun))
  }
  const told = (act: Promise<unknown>) =>
    void act.catch((error: unknown) => notify.failed({ title: sentenceOf(error, t) }))

  const take = async (begun: Begun) => {
    const draft = into[begun.kind]
    const words = [begun.body, draft.text].filter((part) => part.trim() !== '').join('\n\n')
    // It stands here before it is taken away there.
    await keep(ticketId, begun.kind, words)
    draft.putBefore(begun.body)
    onTaken(begun.kind)
    await drop(begun)
  }
  const discard = async (begun: Begun) => {
    await drop(begun)
    notify.done({
      title: t('support.draft.discarded'),
      undo: () =>
        told(keep(begun.ticketId, begun.kind, begun.body).then(() => setLeft((all) => [...all, begun]))),
    })
  }
  return left.map((begun) => (
    <aside
      key={`${begun.ticketId} ${begun.kind}`}
      aria-label={t('support.draft.elsewhere', { number: String(begun.number) })}
      className="rounded-card border border-dashed border-line bg-surface px-3 py-2 text-13"
    >
      <p className="flex gap-2 font-medium">
        <PencilLine aria-hidden size={16} className="mt-0.5 shrink-0" />
        {t('support.draft.elsewhere', { number: String(begun.number) })}
      </p>
      <p className="mt-1 line-clamp-3 pl-6 whitespace-pre-line text-ink-muted">{begun.body}</p>
      <p className="mt-2 flex flex-wrap gap-2 pl-6">
        <Button size="small" onClick={() => told(take(begun))}>
          {t('support.draft.take')}
        </Button>
        <Button size="small" variant="ghost" onClick={() => told(discard(begun))}>
          {t('support.draft.discard')}
        </Button>
      </p>
    </aside>
  ))
}
