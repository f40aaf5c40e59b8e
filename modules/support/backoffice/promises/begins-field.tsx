import { Field } from '#platform/ui/field.tsx'
import { TIME_ZONE } from '#platform/ui/formats.ts'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { instantOfWall } from './wall-time.ts'

/** When a version begins: at once where nothing is said. By the clock that all dates are shown by. */
export function BeginsField({ value, onChange }: { value: string; onChange: (typed: string) => void }) {
  const t = useMessages()
  return (
    <Field name="inForceFrom" label={t('support.sla.begins')} optional help={t('support.sla.begins.help')}>
      <Input type="datetime-local" value={value} onChange={onChange} />
    </Field>
  )
}

export const beginsAt = (typed: string): string | null =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(typed) ? instantOfWall(typed.slice(0, 16), TIME_ZONE) : null
