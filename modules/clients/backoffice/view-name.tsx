import { useState } from 'react'
import { replaceView, type SavedView, saveView } from '#contract/clients'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { problemsByField } from '#platform/ui/api-error.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'

type ViewNameProps = {
  page: string
  /** The one to rename, or null for a new one. */
  view: SavedView | null
  query: Readonly<Record<string, string>>
  onClose: () => void
}

/** Asks for the one thing a view needs. */
export function ViewName({ page, view, query, onClose }: ViewNameProps) {
  const t = useMessages()
  const [name, setName] = useState(view?.name ?? '')
  const onSuccess = (saved: SavedView) => {
    notify.done({ title: t('clients.views.saved', { name: saved.name }) })
    onClose()
  }
  const create = useEndpoint(saveView, { onSuccess })
  const rename = useEndpoint(replaceView, { onSuccess })
  const { error, isPending } = view ? rename : create
  const submit = () => {
    if (isPending || !name.trim()) return
    if (view) rename.mutate({ params: { id: view.id }, body: { name, query: view.query } })
    else create.mutate({ body: { page, name, query: { ...query } } })
  }
  const problem = error ? (problemsByField(error)['name'] ?? sentenceOf(error, t)) : undefined
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(view ? 'clients.views.rename' : 'clients.views.save')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button variant="primary" disabled={!name.trim()} loading={isPending} onClick={submit}>
            {t('clients.save')}
          </Button>
        </>
      }
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <Field label={t('clients.views.name')} help={t('clients.views.name.help')} error={problem}>
          <Input value={name} onChange={setName} maxLength={60} autoComplete="off" />
        </Field>
      </form>
    </Dialog>
  )
}
