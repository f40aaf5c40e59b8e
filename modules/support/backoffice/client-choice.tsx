import { useState } from 'react'
import { listClients } from '#contract/clients'
import { Combobox } from '#platform/ui/combobox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'

export type ChosenClient = { id: string; name: string; email?: string }

type ChoiceProps = {
  value: ChosenClient | null
  onChange: (client: ChosenClient | null) => void
  /** Only where no `Field` names it. */
  label?: string | undefined
}

/** The client a ticket is of, found by typing. */
export function ClientChoice({ value, onChange, label }: ChoiceProps) {
  const t = useMessages()
  const [q, setQ] = useState('')
  const [, type] = useSettledText(q, setQ)
  const { data } = useEndpoint(
    listClients,
    { query: { q, limit: 8 } },
    { enabled: q !== '', keepPrevious: true },
  )
  const found = (q === '' ? [] : (data?.rows ?? [])).map(({ id, firstName, lastName, email, city }) => ({
    id,
    name: `${firstName} ${lastName}`.trim(),
    email,
    detail: [email, city].filter(Boolean).join(' · '),
  }))
  const options = [
    ...(value && !found.some(({ id }) => id === value.id) ? [{ ...value, detail: '' }] : []),
    ...found,
  ]
  return (
    <Combobox
      label={label}
      placeholder={t('support.client.find')}
      options={options.map(({ id, name, detail }) => ({ value: id, label: name, detail }))}
      value={value?.id ?? null}
      // What was chosen stands in the field too: it is no question.
      onQuery={(text) => type(text === value?.name ? '' : text)}
      onChange={(id) => onChange(options.find((one) => one.id === id) ?? null)}
    />
  )
}
