import { Field } from '#platform/ui/field.tsx'
import { Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

/** Why it is done, in one's own words: it stays in the log. */
export function ReasonField({ value, onChange }: { value: string; onChange: (reason: string) => void }) {
  const t = useMessages()
  return (
    <Field name="reason" label={t('tenancy.reason')} help={t('tenancy.reason.help')}>
      <Textarea value={value} onChange={onChange} rows={2} maxLength={500} />
    </Field>
  )
}
