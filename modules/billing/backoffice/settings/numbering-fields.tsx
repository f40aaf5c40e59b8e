import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { numberOf } from './next-numbers.ts'
import type { FieldsProps } from './setting-form.tsx'

const prefixes = [
  ['invoicePrefix', 'invoice', 'invoice'],
  ['creditNotePrefix', 'credit', 'creditNote'],
  ['quotePrefix', 'quote', 'quote'],
] as const

export function NumberingFields({ content, next, onChange }: FieldsProps<'numbering'>) {
  const t = useMessages()
  return (
    <>
      <p className="text-13 text-ink-muted">{t('billing.settings.numbering.help')}</p>
      {prefixes.map(([field, word, series]) => (
        <Field
          key={field}
          name={`content.${field}`}
          label={t(`billing.settings.numbering.${word}.prefix`)}
          help={t('billing.settings.numbering.next', {
            number: numberOf(content[field], content.digits, next[series], next.year),
          })}
        >
          <Input
            value={content[field]}
            maxLength={10}
            onChange={(typed) => onChange({ ...content, [field]: typed.toUpperCase() })}
          />
        </Field>
      ))}
      <Field name="content.digits" label={t('billing.settings.numbering.digits')}>
        <Select
          options={[4, 5, 6, 7, 8, 9].map((digits) => ({ value: String(digits), label: String(digits) }))}
          value={String(content.digits)}
          onChange={(digits) => onChange({ ...content, digits: Number(digits) })}
        />
      </Field>
    </>
  )
}
