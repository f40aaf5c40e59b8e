import { useState } from 'react'
import { type AuditSearch, replaceAuditSearch, saveAuditSearch } from '#contract/audit'
import { problemsByField } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'

type SearchNameProps = {
  /** The one to rename, or null for a new one. */
  search: AuditSearch | null
  query: Readonly<Record<string, string>>
  onClose: () => void
}

/** Asks for the one thing a saved search needs. */
export function SearchName({ search, query, onClose }: SearchNameProps) {
  const t = useMessages()
  const [name, setName] = useState(search?.name ?? '')
  const onSuccess = (saved: AuditSearch) => {
    notify.done({ title: t('audit.searches.saved', { name: saved.name }) })
    onClose()
  }
  const create = useEndpoint(saveAuditSearch, { onSuccess })
  const rename = useEndpoint(replaceAuditSearch, { onSuccess })
  const { error, isPending } = search ? rename : create
  const submit = () => {
    if (isPending || !name.trim()) return
    if (search) rename.mutate({ params: { id: search.id }, body: { name, query: search.query } })
    else create.mutate({ body: { name, query: { ...query } } })
  }
  const problem = error ? (problemsByField(error)['name'] ?? sentenceOf(error, t)) : undefined
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(search ? 'audit.searches.rename' : 'audit.searches.save')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button variant="primary" disabled={!name.trim()} loading={isPending} onClick={submit}>
            {t('audit.searches.keep')}
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
        <Field label={t('audit.searches.name')} help={t('audit.searches.name.help')} error={problem}>
          <Input value={name} onChange={setName} maxLength={60} autoComplete="off" />
        </Field>
      </form>
    </Dialog>
  )
}
