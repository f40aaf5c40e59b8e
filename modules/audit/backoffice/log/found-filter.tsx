import { useState } from 'react'
import { FilterSearch } from '#platform/ui/filter-search.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useFound, useRecordSource } from '#platform/ui/record-sources.tsx'
import { noteName } from './known-names.ts'

type FoundFilterProps = {
  objectType: string
  label: string
  placeholder: string
  value: string | undefined
  onChange: (id: string | undefined) => void
}

/** One object of a kind, found by typing its name; nothing where nobody offers such objects. */
export function FoundFilter({ objectType, label, placeholder, value, onChange }: FoundFilterProps) {
  const t = useMessages()
  const source = useRecordSource(objectType)
  const [text, setText] = useState('')
  const found = useFound(source, text) ?? []
  if (!source) return null
  return (
    <FilterSearch
      single
      label={label}
      placeholder={placeholder}
      options={found.map(({ id, title, detail }) => ({
        value: id,
        label: detail ? `${title} · ${detail}` : title,
      }))}
      value={value === undefined ? [] : [value]}
      onQuery={setText}
      none={t(text.trim().length < 2 ? 'audit.find.type' : 'audit.find.none')}
      onChange={([id]) => {
        const chosen = found.find((one) => one.id === id)
        if (chosen) noteName(chosen.id, chosen.title)
        onChange(id)
      }}
    />
  )
}
