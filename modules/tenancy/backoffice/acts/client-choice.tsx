import { useState } from 'react'
import { clientStatuses, getClient, listClients } from '#contract/clients'
import { Combobox } from '#platform/ui/combobox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'

type Named = { id: string; firstName: string; lastName: string; email: string }

const option = ({ id, firstName, lastName, email }: Named) => ({
  value: id,
  label: [`${lastName} ${firstName}`.trim(), email].filter(Boolean).join(' · '),
})

type ClientChoiceProps = { value: string | null; onChange: (id: string | null) => void }

/** Whoever is excluded gets no practice, and is not offered; nor is who is in the trash. */
const status = clientStatuses.filter((one) => one !== 'excluded')

/** Whose practice it is, found by name, e-mail or city. */
export function ClientChoice({ value, onChange }: ClientChoiceProps) {
  const t = useMessages()
  const [q, setQ] = useState('')
  const [, type] = useSettledText(q, setQ)
  const chosen = useEndpoint(getClient, { params: { id: value ?? '' } }, { enabled: value !== null })
  const found = useEndpoint(
    listClients,
    { query: { q, status, limit: 8 } },
    { enabled: q !== '', keepPrevious: true },
  )
  const rows: Named[] = q === '' ? [] : (found.data?.rows ?? [])
  const kept = value !== null && chosen.data && !rows.some(({ id }) => id === value) ? [chosen.data] : []
  return (
    <Combobox
      placeholder={t('tenancy.client.find')}
      options={[...kept, ...rows].map(option)}
      value={value}
      onQuery={type}
      onChange={onChange}
    />
  )
}
