/** What the console's lists are narrowed by, one of a few each, and what is said where nothing is left. */
import { SearchX } from 'lucide-react'
import { Button } from '#platform/ui/button.tsx'
import { Chip, FilterMenu } from '#platform/ui/chip.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { EmptyState } from '#platform/ui/states.tsx'

type OneOfProps<Value extends string> = {
  label: string
  values: readonly Value[]
  inWords: (value: Value) => string
  value: Value | undefined
  onChange: (value: Value | undefined) => void
}

export function OneOf<Value extends string>({ label, values, inWords, value, onChange }: OneOfProps<Value>) {
  return (
    <>
      <FilterMenu
        single
        label={label}
        options={values.map((one) => ({ value: one, label: inWords(one) }))}
        value={value ? [value] : []}
        onChange={([one]) => onChange(one)}
      />
      {value && <Chip label={label} value={inWords(value)} onRemove={() => onChange(undefined)} />}
    </>
  )
}

/** @param to the same list without a filter */
export function NoneLeft({ title, to }: { title: string; to: string }) {
  const t = useMessages()
  const go = useGo()
  return (
    <EmptyState
      icon={SearchX}
      title={title}
      action={<Button onClick={() => go(to)}>{t('sql.show-all')}</Button>}
    />
  )
}
