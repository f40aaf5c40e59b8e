import { useState } from 'react'
import { type StaffMember, suspendStaff } from '#contract/identity'
import { problemsByField } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { ReasonForm } from '../reason-form.tsx'
import { Refused } from '../refused.tsx'
import { spokenName } from './staff-words.tsx'

export type Suspending = Pick<StaffMember, 'id' | 'firstName' | 'lastName' | 'openSessions'>

/** Says what it will do before it does it, and asks why: the reason stays on the person's page and in the log. */
export function SuspensionDialog({ member, onClose }: { member: Suspending; onClose: () => void }) {
  const t = useMessages()
  const name = spokenName(member)
  const [reason, setReason] = useState('')
  const suspend = useEndpoint(suspendStaff, {
    onSuccess: () => {
      notify.done({ title: t('identity.staff.suspended', { name }) })
      onClose()
    },
  })
  const submit = () => {
    if (!suspend.isPending && reason.trim()) suspend.mutate({ params: { id: member.id }, body: { reason } })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('identity.staff.suspension.title', { name })}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button variant="danger" disabled={!reason.trim()} loading={suspend.isPending} onClick={submit}>
            {t('identity.staff.suspend')}
          </Button>
        </>
      }
    >
      <Refused error={suspend.error} />
      <ul className="mb-4 list-disc pl-4 text-13 text-ink-muted">
        <li>{t('identity.staff.suspension.sessions', { count: member.openSessions })}</li>
        <li>{t('identity.staff.suspension.sign-in')}</li>
        <li>{t('identity.staff.suspension.kept')}</li>
        <li>{t('identity.staff.suspension.back')}</li>
      </ul>
      <ReasonForm
        label={t('identity.staff.suspension.reason')}
        help={t('identity.staff.suspension.reason.help')}
        error={problemsByField(suspend.error)['reason']}
        value={reason}
        onChange={setReason}
        onSubmit={submit}
      />
    </Dialog>
  )
}
