/** Asking to stand in for a member: for whom, what for, for how long, and what the practice is told or asked. */
import { ArrowRight, LogIn, Send, ShieldAlert } from 'lucide-react'
import { useState } from 'react'
import { askImpersonation, getImpersonationTarget, type Impersonation } from '#contract/impersonation'
import type { Profile } from '#contract/identity'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { impersonationTo, wayIn } from '../addresses.ts'
import { AskFields, blank, isComplete } from './ask-fields.tsx'
import { OwnOne } from './own-one.tsx'
import { TargetFacts } from './target-facts.tsx'

/** Their name is told where there are several to choose from. */
export type Candidate = { id: string; name?: string; profile?: Profile }

export type AboutTicket = { id: string; number: number; subject: string }

type AskDialogProps = {
  /** The first is proposed. */
  members: readonly [Candidate, ...Candidate[]]
  /** It is asked because of this one. */
  ticket?: AboutTicket
  onClose: () => void
}

export function AskDialog({ members, ticket, onClose }: AskDialogProps) {
  const t = useMessages()
  const go = useGo()
  const [memberId, setMemberId] = useState(members[0].id)
  const [draft, setDraft] = useState(() => blank(ticket?.id))
  const target = useEndpoint(getImpersonationTarget, { params: { memberId } })
  const goOn = ({ id, state }: Pick<Impersonation, 'id' | 'state'>) => {
    if (state === 'ready') return location.assign(wayIn(id))
    onClose()
    go(impersonationTo(id))
  }
  const ask = useEndpoint(askImpersonation, {
    onSuccess: (one) => {
      if (one.state === 'waiting') notify.done({ title: t('impersonation.ask.asked') })
      goOn(one)
    },
  })
  const known = target.data
  const own = known?.own ?? null
  const glass = draft.breakGlass && known?.policy === 'consent'
  const name = known?.name ?? members.find(({ id }) => id === memberId)?.name

  const send = () => {
    if (own) return goOn(own)
    if (!known) return
    const { mayWrite, wantsNotes, minutes, ...rest } = draft
    ask.mutate({
      body: {
        ...rest,
        memberId,
        minutes: Number(minutes),
        mayWrite: mayWrite && known.mayWrite,
        wantsNotes: wantsNotes && !glass,
        breakGlass: glass,
      },
    })
  }
  const { action, icon } = own
    ? own.state === 'ready'
      ? { action: t('impersonation.act.enter'), icon: LogIn }
      : { action: t('impersonation.own.see'), icon: ArrowRight }
    : glass
      ? { action: t('impersonation.ask.emergency'), icon: ShieldAlert }
      : known?.policy === 'consent'
        ? { action: t('impersonation.ask.consent'), icon: Send }
        : { action: t('impersonation.ask.enter'), icon: LogIn }

  return (
    <ActDialog
      title={
        members.length === 1 && name
          ? t('impersonation.ask.title', { name })
          : t('impersonation.ask.title.choose')
      }
      action={action}
      icon={icon}
      danger={glass && !own}
      disabled={!known || (!own && !isComplete(draft))}
      running={ask.isPending}
      error={ask.error}
      onSubmit={send}
      onClose={onClose}
    >
      {members.length > 1 && (
        <Field name="memberId" label={t('impersonation.ask.whom')}>
          <Select
            options={members.map((one) => ({
              value: one.id,
              label: [one.name, one.profile && t(`impersonation.ask.profile.${one.profile}`)].join(' · '),
            }))}
            value={memberId}
            onChange={(id) => {
              setMemberId(id)
              // A ticket of another practice is no reason to come into this one.
              if (!ticket) setDraft({ ...draft, ticketId: null })
              ask.reset()
            }}
          />
        </Field>
      )}
      {target.error && !known ? (
        <ErrorState error={target.error} onRetry={target.refetch} />
      ) : !known ? (
        <Skeleton width="100%" height={240} />
      ) : own ? (
        <OwnOne own={own} />
      ) : (
        <>
          <TargetFacts target={known} glass={glass} />
          <AskFields
            target={known}
            ticket={ticket}
            draft={draft}
            change={(part) => setDraft({ ...draft, ...part })}
          />
        </>
      )}
    </ActDialog>
  )
}
