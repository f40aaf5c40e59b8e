import { useState } from 'react'
import { type Call, logCall, updateCall } from '#contract/calls'
import { getPatient } from '#contract/patients'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { useNarrow } from '#platform/ui/media.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { type CallDraft, draftOf, emptyCall } from './call-draft.ts'
import { CallForm } from './call-form.tsx'
import { useCallName } from './use-call-name.ts'

type NewCallDialogProps = {
  /** The patient whose page led here. */
  patientId: string | undefined
  /** What was typed so far lives in the page: closing the dialog by mistake loses nothing. */
  draft: CallDraft
  onDraft: (draft: CallDraft) => void
  onClose: () => void
}

export function NewCallDialog({ patientId = '', draft, onDraft, onClose }: NewCallDialogProps) {
  const t = useMessages()
  const nameOf = useCallName()
  const { data, error } = useEndpoint(
    getPatient,
    { params: { id: patientId } },
    { enabled: patientId !== '' },
  )
  const known = data && { id: data.id, name: `${data.firstName} ${data.lastName}` }
  const narrow = useNarrow()
  const [untouched, setUntouched] = useState(true)
  const shown = untouched && known && !draft.patient ? { ...draft, patient: known } : draft
  const log = useEndpoint(logCall, {
    onSuccess: (call) => {
      onDraft(emptyCall)
      notify.done({ title: t('calls.logged', { name: nameOf(call) }) })
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('calls.new')}
      description={narrow ? undefined : t('calls.new.keys')}
      wide
    >
      {patientId && !data && !error ? (
        <Skeleton width="100%" height={420} />
      ) : (
        <CallForm
          draft={shown}
          onChange={(next) => {
            setUntouched(false)
            onDraft(next)
          }}
          submit={t('calls.new.submit')}
          saving={log.isPending}
          error={log.error}
          onSubmit={(body) => log.mutate({ body })}
          onCancel={onClose}
        />
      )}
    </Dialog>
  )
}

export function EditCallDialog({ call, onClose }: { call: Call; onClose: () => void }) {
  const t = useMessages()
  // What one began from, so that what somebody else saved meanwhile is not overwritten unseen.
  const [{ id, revision }] = useState(call)
  const [draft, setDraft] = useState(() => draftOf(call, t('calls.patient.hidden')))
  const save = useEndpoint(updateCall, {
    onSuccess: () => {
      notify.done({ title: t('calls.saved') })
      onClose()
    },
  })
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('calls.edit')} wide>
      <CallForm
        draft={draft}
        onChange={setDraft}
        submit={t('calls.edit.submit')}
        saving={save.isPending}
        error={save.error}
        onSubmit={(body) => save.mutate({ params: { id }, body: { revision, ...body } })}
        onCancel={onClose}
      />
    </Dialog>
  )
}
