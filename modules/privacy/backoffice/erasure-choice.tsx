import { type Erasure, listErasures } from '#contract/audit'
import type { PrivacyRequest } from '#contract/privacy'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { useMay } from '#platform/ui/session.tsx'

type ErasureChoiceProps = {
  client: PrivacyRequest['person']['client']
  value: string
  onChange: (id: string) => void
}

/** The erasures of the log that were carried out about the person, then those by age, which took their part too. */
export function ErasureChoice({ client, value, onChange }: ErasureChoiceProps) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const { data } = useEndpoint(listErasures, { query: { state: 'done', limit: 200 } })
  const option = ({ id, doneAt, erased, reason }: Erasure, group: string) => ({
    value: id,
    label: t('privacy.proof.erasure', {
      day: doneAt ? formats.dayTime(doneAt) : '',
      count: erased ?? 0,
      shown: formats.integer(erased ?? 0),
      reason,
    }),
    group,
  })
  const done = data?.rows ?? []
  const own = done.filter(
    ({ kind, objectType, objectId }) =>
      kind === 'object' && objectType === 'client' && objectId === client?.id,
  )
  const byAge = done.filter(({ kind }) => kind === 'age')
  const options = [
    ...own.map((erasure) => option(erasure, t('privacy.proof.erasures.own', { name: client?.name ?? '' }))),
    ...byAge.map((erasure) => option(erasure, t('privacy.proof.erasures.age'))),
  ]
  const none = data && own.length === 0
  const help = [
    none && t('privacy.proof.erasures.none'),
    none && !may('audit.erase') && t('privacy.proof.erasures.ask'),
  ].filter(Boolean)
  return (
    <Field name="reference" label={t('privacy.proof.erasures')} help={help.join(' ')}>
      <Select
        placeholder={t(
          options.length === 0 ? 'privacy.proof.erasures.empty' : 'privacy.proof.erasures.choose',
        )}
        disabled={options.length === 0}
        options={options}
        value={value || null}
        onChange={onChange}
      />
    </Field>
  )
}
