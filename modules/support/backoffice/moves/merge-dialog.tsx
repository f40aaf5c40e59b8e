import { Merge } from 'lucide-react'
import { useState } from 'react'
import type { SiblingTicket } from '#contract/support'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import type { ShownTicket } from '../ticket/use-adopt.ts'
import { SiblingChoice } from './sibling-choice.tsx'
import type { Moves } from './use-moves.ts'

type DialogProps = { ticket: ShownTicket; moves: Moves; onClose: () => void }

/** This ticket goes into another, which stays. */
export function MergeDialog({ ticket, moves, onClose }: DialogProps) {
  const t = useMessages()
  const [into, setInto] = useState<SiblingTicket | null>(null)
  const number = String(ticket.number)
  return (
    <ActDialog
      title={t('support.merge.title', { number })}
      effects={[
        t('support.merge.effect.messages', { number }),
        t('support.merge.effect.promises'),
        t('support.merge.effect.customer'),
        t('support.merge.effect.undo'),
      ]}
      action={into ? t('support.merge.into', { number: String(into.number) }) : t('support.merge')}
      icon={Merge}
      disabled={!into}
      running={moves.merge.isPending}
      error={moves.merge.error}
      onSubmit={() => into && moves.mergeNow(ticket, into, onClose)}
      onClose={onClose}
    >
      <Field label={t('support.merge.target')} name="intoId" help={t('support.sibling.help')}>
        <SiblingChoice ticketId={ticket.id} value={into} onChange={setInto} />
      </Field>
    </ActDialog>
  )
}
