import { useState } from 'react'
import { Combobox } from '#platform/ui/combobox.tsx'
import { Field } from '#platform/ui/field.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useFound, useRecordSource } from '#platform/ui/record-sources.tsx'
import { noteName } from './known-names.ts'

type SubjectFilterProps = { value: string | undefined; onChange: (id: string | undefined) => void }

/** Whom somebody acted for, found by name; nothing where nobody offers people by name: their identifier serves too. */
export function SubjectFilter({ value, onChange }: SubjectFilterProps) {
  const t = useMessages()
  const source = useRecordSource('staff_member')
  const [text, setText] = useState('')
  const found = useFound(source, text) ?? []
  if (!source) return null
  return (
    <Field label={t('audit.filters.subject')} help={t('audit.filters.subject.help')}>
      <Combobox
        options={found.map(({ id, title, detail }) => ({
          value: id,
          label: detail ? `${title} · ${detail}` : title,
        }))}
        value={value ?? null}
        onQuery={setText}
        placeholder={t('audit.find.person')}
        onChange={(id) => {
          const chosen = found.find((one) => one.id === id)
          if (chosen) noteName(chosen.id, chosen.title)
          onChange(id ?? undefined)
        }}
      />
    </Field>
  )
}
