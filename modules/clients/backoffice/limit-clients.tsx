import { useState } from 'react'
import { getClient, listClients } from '#contract/clients'
import { Chip } from '#platform/ui/chip.tsx'
import { Combobox } from '#platform/ui/combobox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import type { LimitChoiceProps } from '#platform/ui/limit-choice.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'
import { listedName } from './client-words.tsx'

/** Clients a role is limited to, found one by one. */
export function LimitClients({ values, onChange }: LimitChoiceProps) {
  const t = useMessages()
  const [q, setQ] = useState('')
  const [, type] = useSettledText(q, setQ)
  // Starts afresh after each choice, so that the next name can be typed.
  const [chosen, setChosen] = useState(0)
  const found = useEndpoint(
    listClients,
    { query: { q, limit: 8 } },
    { enabled: q !== '', keepPrevious: true },
  )
  const options = (q === '' ? [] : (found.data?.rows ?? []))
    .filter(({ id }) => !values.includes(id))
    .map((client) => ({
      value: client.id,
      label: [listedName(client), client.email, client.city].filter(Boolean).join(' · '),
    }))
  return (
    <div className="flex flex-col gap-1.5">
      {values.length > 0 && (
        <div className="flex flex-wrap gap-1.5">
          {values.map((id) => (
            <ClientChip key={id} id={id} onRemove={() => onChange(values.filter((one) => one !== id))} />
          ))}
        </div>
      )}
      <Combobox
        key={chosen}
        label={t('clients.limit.clients')}
        placeholder={t('clients.limit.clients.find')}
        options={options}
        value={null}
        onQuery={type}
        onChange={(id) => {
          if (id === null) return
          onChange([...values, id])
          setQ('')
          setChosen(chosen + 1)
        }}
      />
    </div>
  )
}

function ClientChip({ id, onRemove }: { id: string; onRemove: () => void }) {
  const t = useMessages()
  const { data, error } = useEndpoint(getClient, { params: { id } })
  const name = data ? listedName(data) : error ? t('clients.limit.gone') : '…'
  return <Chip label={t('clients.one')} value={name} onRemove={onRemove} />
}
