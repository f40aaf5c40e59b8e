import { useState } from 'react'
import { listSiblingTickets, type SiblingTicket } from '#contract/support'
import { Combobox } from '#platform/ui/combobox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'

type ChoiceProps = {
  ticketId: string
  value: SiblingTicket | null
  onChange: (ticket: SiblingTicket | null) => void
}

/** Another ticket of the same customer: theirs alone are offered, since nobody else may read what is in it. */
export function SiblingChoice({ ticketId, value, onChange }: ChoiceProps) {
  const t = useMessages()
  const formats = useFormats()
  const [q, setQ] = useState('')
  const [, type] = useSettledText(q, setQ)
  const { data } = useEndpoint(
    listSiblingTickets,
    { params: { id: ticketId }, query: q ? { q } : {} },
    { keepPrevious: true },
  )
  const found = data?.rows ?? []
  const options = [...(value && !found.some(({ id }) => id === value.id) ? [value] : []), ...found]
  const name = ({ number, subject }: SiblingTicket) => `#${number} ${subject}`
  return (
    <Combobox
      // The first field of what was just opened.
      // oxlint-disable-next-line jsx-a11y/no-autofocus
      autoFocus
      placeholder={t('support.sibling.find')}
      options={options.map((one) => ({
        value: one.id,
        label: name(one),
        detail: [t(`support.status.${one.status}`), one.requester, formats.day(one.openedAt)].join(' · '),
      }))}
      value={value?.id ?? null}
      // What was chosen stands in the field too: it is no question.
      onQuery={(text) => type(value && text === name(value) ? '' : text)}
      onChange={(id) => onChange(options.find((one) => one.id === id) ?? null)}
    />
  )
}
