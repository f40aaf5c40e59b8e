import { useState } from 'react'
import { addProofLink, linkKinds } from '#contract/privacy'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { ActDialog } from './act-dialog.tsx'
import { type ActProps, useDone } from './act-dialogs.tsx'

/** A place in the audit log that shows what was done. */
export function ProofLinkDialog({ request, onClose }: ActProps) {
  const t = useMessages()
  const [kind, setKind] = useState<(typeof linkKinds)[number]>('erasure_certificate')
  const [reference, setReference] = useState('')
  const add = useEndpoint(addProofLink, { onSuccess: useDone('privacy.proof.added', onClose) })
  return (
    <ActDialog
      title={t('privacy.proof.link.title')}
      action={t('privacy.proof.link.save')}
      running={add.isPending}
      error={add.error}
      onSubmit={() => add.mutate({ params: { id: request.id }, body: { kind, reference: reference.trim() } })}
      onClose={onClose}
    >
      <Field name="kind" label={t('privacy.proof.link.kind')}>
        <Select
          options={linkKinds.map((one) => ({ value: one, label: t(`privacy.proof.kind.${one}`) }))}
          value={kind}
          onChange={setKind}
        />
      </Field>
      <Field name="reference" label={t('privacy.proof.link.reference')} help={t('privacy.proof.link.help')}>
        <Input
          value={reference}
          onChange={setReference}
          maxLength={60}
          autoComplete="off"
          spellCheck={false}
        />
      </Field>
    </ActDialog>
  )
}
