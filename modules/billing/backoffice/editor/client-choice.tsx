import { useState } from 'react'
import { findBillable } from '#contract/billing'
import { Combobox } from '#platform/ui/combobox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'

const nameOf = (client: { firstName: string; lastName: string } | undefined) =>
  client ? `${client.firstName} ${client.lastName}`.trim() : ''

type ClientChoiceProps = { disabled: boolean; onChoose: (clientId: string, name: string) => void }

/** Whom it is for: found by typing, and the latest of them before anything is typed. */
export function ClientChoice({ disabled, onChoose }: ClientChoiceProps) {
  const t = useMessages()
  const [q, setQ] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const [, type] = useSettledText(q, setQ)
  const { data } = useEndpoint(findBillable, { query: { q } }, { keepPrevious: true })
  return (
    <Combobox
      // The one field of its page.
      // oxlint-disable-next-line jsx-a11y/no-autofocus
      autoFocus
      disabled={disabled}
      placeholder={t('billing.new.find')}
      options={(data?.rows ?? []).map(({ id, firstName, lastName, email, city }) => ({
        value: id,
        label: nameOf({ firstName, lastName }),
        detail: [email, city].filter(Boolean).join(' · '),
      }))}
      value={chosen}
      onQuery={type}
      onChange={(id) => {
        setChosen(id)
        if (id !== null) onChoose(id, nameOf(data?.rows.find((one) => one.id === id)))
      }}
    />
  )
}
