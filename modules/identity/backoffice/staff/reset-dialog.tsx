import { useState } from 'react'
import { type StaffMember, startFactorReset } from '#contract/identity'
import { problemsByField } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { ReasonForm } from '../reason-form.tsx'
import { Refused } from '../refused.tsx'
import { spokenName } from './staff-words.tsx'

/** Asks for the reset of a lost factor, and says all that has to happen before it does. */
export function ResetDialog({ member, onClose }: { member: StaffMember; onClose: () => void }) {
  const t = useMessages()
  const name = spokenName(member)
  const [reason, setReason] = useState('')
  const start = useEndpoint(startFactorReset, {
    onSuccess: () => {
      notify.done({ title: t('identity.staff.reset.asked', { name }) })
      onClose()
    },
  })
  const submit = () => {
    if (!start.isPending && reason.trim()) start.mutate({ params: { id: member.id }, body: { reason } })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('identity.staff.reset.title', { name })}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button variant="primary" disabled={!reason.trim()} loading={start.isPending} onClick={submit}>
            {t('identity.staff.reset.submit')}
          </Button>
        </>
      }
    >
      <Refused error={start.error} />
      <ol className="mb-4 list-decimal pl-4 text-13 text-ink-muted">
        <li>{t('identity.staff.reset.step.verify')}</li>
        <li>{t('identity.staff.reset.step.second')}</li>
        <li>{t('identity.staff.reset.step.told')}</li>
        <li>{t('identity.staff.reset.step.enrol')}</li>
      </ol>
      <ReasonForm
        label={t('identity.staff.reset.reason')}
        help={t('identity.staff.reset.reason.help')}
        error={problemsByField(start.error)['reason']}
        value={reason}
        onChange={setReason}
        onSubmit={submit}
      />
    </Dialog>
  )
}
