import { Check, DoorOpen, NotebookPen, X } from 'lucide-react'
import {
  agreeToAccess,
  endAccess,
  openNotesToAccess,
  refuseAccess,
  type Access,
} from '#contract/impersonation'
import { Button } from '#platform/ui/button.tsx'
import { cx } from '#platform/ui/cx.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay, useSession } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'

/** The practice’s word: yes, no, with one’s notes, and no more. */
export function AccessActs({ access, className }: { access: Access; className?: string }) {
  const t = useMessages()
  const may = useMay()
  const { id: memberId } = useSession()
  const onError = (error: unknown) => notify.failed({ title: sentenceOf(error, t) })
  const said = (title: string) => ({ onSuccess: () => notify.done({ title }), onError })
  const { name } = access.actor
  const agree = useEndpoint(agreeToAccess, said(t('impersonation.practice.agreed', { name })))
  const refuse = useEndpoint(refuseAccess, said(t('impersonation.practice.refused', { name })))
  const open = useEndpoint(openNotesToAccess, said(t('impersonation.practice.notes.opened', { name })))
  const end = useEndpoint(endAccess, said(t('impersonation.practice.ended', { name })))
  const { can, id, state, wantsNotes, subject } = access
  if (!can.answer && !can.openNotes && !can.end) return null
  const params = { id }
  // Notes are their author’s, and only whoever stands in for the author could read them.
  const areOwnNotes = subject.id === memberId && may('notes.read')
  return (
    <div className={cx('flex flex-col gap-2', className)}>
      {can.answer && wantsNotes && (
        <p className="text-13 text-ink-muted">
          {areOwnNotes
            ? t('impersonation.practice.notes.wanted')
            : t('impersonation.practice.notes.wanted.other', { name: subject.name })}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {can.answer && (
          <>
            <Button
              variant="primary"
              icon={Check}
              loading={agree.isPending}
              onClick={() => agree.mutate({ params, body: { openNotes: false } })}
            >
              {t(areOwnNotes ? 'impersonation.practice.agree.without' : 'impersonation.practice.agree')}
            </Button>
            {areOwnNotes && (
              <Button
                icon={NotebookPen}
                loading={agree.isPending}
                onClick={() => agree.mutate({ params, body: { openNotes: true } })}
              >
                {t('impersonation.practice.agree.with')}
              </Button>
            )}
            <Button icon={X} loading={refuse.isPending} onClick={() => refuse.mutate({ params })}>
              {t('impersonation.practice.refuse')}
            </Button>
          </>
        )}
        {can.end && (
          <Button
            variant={state === 'running' ? 'danger' : 'secondary'}
            icon={DoorOpen}
            loading={end.isPending}
            onClick={() => end.mutate({ params })}
          >
            {t(state === 'running' ? 'impersonation.practice.end' : 'impersonation.practice.take-back')}
          </Button>
        )}
        {can.openNotes && (
          <Button icon={NotebookPen} loading={open.isPending} onClick={() => open.mutate({ params })}>
            {t('impersonation.practice.notes.open-now')}
          </Button>
        )}
      </div>
    </div>
  )
}
