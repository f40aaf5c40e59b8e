import { useState } from 'react'
import { changeColleague, type Colleague, type Right } from '#contract/identity'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { Form } from '#platform/ui/form.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { type Grant, RightsFields } from './rights-fields.tsx'

type ChangeDialogProps = { colleague: Colleague; grantable: readonly Right[]; onClose: () => void }

/** What somebody may here, and until when: it holds from their next click on. */
export function ChangeDialog({ colleague, grantable, onClose }: ChangeDialogProps) {
  const t = useMessages()
  const [seen, setSeen] = useState(colleague)
  const [grant, setGrant] = useState<Grant>({ rights: colleague.rights, lastDay: colleague.lastDay ?? '' })
  const change = useEndpoint(changeColleague, {
    onSuccess: () => {
      notify.done({ title: t('identity.team.changed') })
      onClose()
    },
    onError: (error) => {
      // Somebody else was faster: the next try is about what stands now.
      const { current } = (error.details ?? {}) as { current?: Colleague }
      if (error.code === 'member_changed' && current) setSeen(current)
    },
  })
  // A right that was granted by the vendor's team, and is none of this practice's, can still be taken back.
  const shown = [...grantable, ...seen.rights.filter((right) => !grantable.includes(right))]
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('identity.team.change.title', { name: colleague.name ?? colleague.email })}
      description={t('identity.team.change.help')}
    >
      <Form
        submit={t('identity.team.change.submit')}
        saving={change.isPending}
        error={change.error?.code === 'step_up_required' ? null : change.error}
        onSubmit={() =>
          change.mutate({
            params: { id: colleague.memberId },
            body: {
              seen: { rights: [...seen.rights], lastDay: seen.lastDay },
              rights: [...grant.rights],
              lastDay: grant.lastDay || null,
            },
          })
        }
        onCancel={onClose}
      >
        <RightsFields
          value={grant}
          onChange={setGrant}
          grantable={shown}
          asksRights={colleague.profile === 'secretary'}
        />
      </Form>
    </Dialog>
  )
}
