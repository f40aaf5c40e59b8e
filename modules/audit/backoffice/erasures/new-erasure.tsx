import { useState } from 'react'
import { previewErasure, requestErasure } from '#contract/audit'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DangerDialog, Dialog } from '#platform/ui/dialog.tsx'
import { FormErrors } from '#platform/ui/form.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Textarea } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { Preview } from './preview.tsx'
import { scopeInWords } from './scope-words.ts'
import { emptyScope, ScopeFields, scopeOf } from './scope-fields.tsx'

/** First what, why and how much of it; then, since nothing brings it back, a word typed out. */
export function NewErasure({ onClose }: { onClose: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  const [draft, setDraft] = useState(emptyScope)
  const [reason, setReason] = useState('')
  const [confirming, setConfirming] = useState(false)
  const scope = scopeOf(draft)
  const preview = useEndpoint(
    previewErasure,
    { query: scope ?? { kind: 'age' } },
    { enabled: scope !== null, keepPrevious: true },
  )
  const ask = useEndpoint(requestErasure, {
    onSuccess: () => {
      notify.done({ title: t('audit.erasures.asked'), description: t('audit.erasures.asked.help') })
      onClose()
    },
    onError: () => setConfirming(false),
  })
  const shown = scope && !preview.error ? preview.data : undefined
  const ready = shown !== undefined && shown.payloads > 0 && reason.trim() !== ''
  if (confirming && scope && shown)
    return (
      <DangerDialog
        open
        onOpenChange={(open) => !open && setConfirming(false)}
        title={t('audit.erasures.confirm', {
          count: shown.payloads,
          shown: formats.integer(shown.payloads),
        })}
        description={t('audit.erasures.forever')}
        action={t('audit.erasures.erase')}
        typedName={t('audit.erasures.word')}
        loading={ask.isPending}
        onConfirm={() => ask.mutate({ body: { ...scope, reason: reason.trim() } })}
      >
        <p className="text-13">
          {scopeInWords(
            {
              kind: scope.kind,
              before: scope.before ?? '',
              objectType: scope.objectType ?? null,
              objectId: scope.objectId ?? null,
              actorId: scope.actorId ?? null,
              name: draft.name ?? null,
            },
            t,
            formats,
          )}
        </p>
      </DangerDialog>
    )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('audit.erasures.new')}
      description={t('audit.erasures.new.help')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button variant="primary" disabled={!ready} onClick={() => setConfirming(true)}>
            {t('audit.erasures.continue')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {ask.error && <FormErrors error={ask.error} />}
        <ScopeFields draft={draft} onChange={setDraft} />
        {scope && preview.error && <FormErrors error={preview.error} />}
        {shown && <Preview preview={shown} />}
        <Field label={t('audit.reason')} help={t('audit.erasures.reason.help')}>
          <Textarea value={reason} onChange={setReason} rows={2} maxLength={500} />
        </Field>
      </div>
    </Dialog>
  )
}
