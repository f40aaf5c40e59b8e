import { useEffect, useEffectEvent } from 'react'
import { getSqlQuery } from '#contract/sql-console'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { SaveDialog } from './save-dialog.tsx'

export type Editing = { id: string; what: 'copy' | 'details' }

/** From the list, where only its name is known: its text comes first. */
export function EditQuery({ id, what, onClose }: Editing & { onClose: () => void }) {
  const t = useMessages()
  const { data, error } = useEndpoint(getSqlQuery, { params: { id } })
  const failed = useEffectEvent(() => {
    if (!error) return
    notify.failed({ title: sentenceOf(error, t) })
    onClose()
  })
  useEffect(() => failed(), [error])
  return data ? (
    <SaveDialog
      what={what}
      query={data}
      text={data.text}
      parameters={data.parameters}
      target={data.target}
      isDraft={data.state === 'draft'}
      onSaved={() => undefined}
      onClose={onClose}
    />
  ) : null
}
