import { useState } from 'react'
import { addProofLink, linkKinds } from '#contract/privacy'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { type ActProps, useDone } from './act-dialogs.tsx'
import { ErasureChoice } from './erasure-choice.tsx'

/** A place in the audit log that shows what was done: an erasure is chosen, an entry known by its id. */
export function ProofLinkDialog({ request, onClose }: ActProps) {
  const t = useMessages()
  const may = useMay()
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
          onChange={(next) => {
            setKind(next)
            setReference('')
          }}
        />
      </Field>
      {kind === 'erasure_certificate' && may('audit.read') ? (
        <ErasureChoice client={request.person.client} value={reference} onChange={setReference} />
      ) : (
        <Field
          name="reference"
          label={t('privacy.proof.link.reference')}
          help={t(`privacy.proof.link.help.${kind}`)}
        >
          <Input
            value={reference}
            onChange={setReference}
            maxLength={60}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
      )}
    </ActDialog>
  )
}
