import { FolderInput, Split } from 'lucide-react'
import { useState } from 'react'
import type { SiblingTicket } from '#contract/support'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import type { ShownTicket } from '../ticket/use-adopt.ts'
import { SiblingChoice } from './sibling-choice.tsx'
import type { Moves } from './use-moves.ts'

type DialogProps = {
  ticket: ShownTicket
  moves: Moves
  chosen: readonly string[]
  onDone: () => void
  onClose: () => void
}

/** Some of what was said goes into a ticket of its own. */
export function SplitDialog({ ticket, moves, chosen, onDone, onClose }: DialogProps) {
  const t = useMessages()
  const [subject, setSubject] = useState('')
  return (
    <ActDialog
      title={t('support.split.title', { count: chosen.length })}
      effects={[
        t('support.split.effect.requester', { name: ticket.requester.name }),
        t('support.split.effect.promises'),
        t('support.merge.effect.undo'),
      ]}
      action={t('support.split')}
      icon={Split}
      disabled={subject.trim() === ''}
      running={moves.split.isPending}
      error={moves.split.error}
      onSubmit={() => moves.splitNow(subject.trim(), [...chosen], onDone)}
      onClose={onClose}
    >
      <Field label={t('support.split.subject')} name="subject">
        {/* The first field of what was just opened. */}
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
        <Input value={subject} onChange={setSubject} maxLength={200} autoFocus />
      </Field>
    </ActDialog>
  )
}

/** Some of what was said goes into a ticket that stands. */
export function MoveDialog({ ticket, moves, chosen, onDone, onClose }: DialogProps) {
  const t = useMessages()
  const [into, setInto] = useState<SiblingTicket | null>(null)
  return (
    <ActDialog
      title={t('support.move.title', { count: chosen.length })}
      effects={[t('support.split.effect.promises'), t('support.merge.effect.undo')]}
      action={into ? t('support.move.into', { number: String(into.number) }) : t('support.move')}
      icon={FolderInput}
      disabled={!into}
      running={moves.move.isPending}
      error={moves.move.error}
      onSubmit={() => into && moves.moveNow(into, [...chosen], onDone)}
      onClose={onClose}
    >
      <Field label={t('support.move.target')} name="intoId" help={t('support.sibling.help')}>
        <SiblingChoice ticketId={ticket.id} value={into} onChange={setInto} />
      </Field>
    </ActDialog>
  )
}
