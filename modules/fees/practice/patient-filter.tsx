import { useState } from 'react'
import { findPatients } from '#contract/patients'
import { Combobox } from '#platform/ui/combobox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'

/** Finds whose lines to show; who is chosen stands below as a filter at work. */
export function PatientFilter({ onChoose }: { onChoose: (id: string) => void }) {
  const t = useMessages()
  const [asked, setAsked] = useState('')
  const [, setText] = useSettledText(asked, setAsked)
  const { data } = useEndpoint(findPatients, { query: { q: asked.slice(0, 100) } }, { keepPrevious: true })
  return (
    <div className="w-64 max-sm:w-full">
      <Combobox
        label={t('fees.filter.patient.find')}
        placeholder={t('fees.filter.patient.find')}
        options={(data?.rows ?? []).map(({ id, name, detail }) => ({ value: id, label: name, detail }))}
        value={null}
        onQuery={setText}
        onChange={(id) => id && onChoose(id)}
      />
    </div>
  )
}
