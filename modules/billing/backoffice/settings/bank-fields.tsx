import { mod97Holds } from '#platform/contract/check-digits.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useProblem } from '#platform/ui/problems.ts'
import { ibanByFours } from './iban.ts'
import type { FieldsProps } from './setting-form.tsx'

export function BankFields({ content, onChange }: FieldsProps<'bank'>) {
  const t = useMessages()
  const set = (part: Partial<typeof content>) => onChange({ ...content, ...part })
  const problem = useProblem('content.iban')
  const plain = content.iban.replaceAll(/[\s.]/g, '').toUpperCase()
  return (
    <>
      <Field name="content.holder" label={t('billing.settings.bank.holder')}>
        <Input value={content.holder} maxLength={70} onChange={(holder) => set({ holder })} />
      </Field>
      <Field
        name="content.iban"
        label={t('billing.settings.bank.iban')}
        // A French one has 27 characters: before that nobody is told that it is wrong.
        error={
          // What the server said is not said in other words beside.
          !problem && plain.startsWith('FR') && plain.length >= 27 && !mod97Holds(plain)
            ? t('billing.settings.bank.iban.wrong')
            : undefined
        }
      >
        <Input
          value={ibanByFours(plain)}
          autoComplete="off"
          spellCheck={false}
          maxLength={42}
          onChange={(iban) => set({ iban: iban.replaceAll(/[\s.]/g, '').toUpperCase() })}
        />
      </Field>
      <Field name="content.bic" label={t('billing.settings.bank.bic')}>
        <Input
          value={content.bic}
          autoComplete="off"
          maxLength={11}
          onChange={(bic) => set({ bic: bic.toUpperCase() })}
        />
      </Field>
      <Field
        name="content.creditorId"
        label={t('billing.settings.bank.creditor')}
        help={t('billing.settings.bank.creditor.help')}
        optional
      >
        <Input
          value={content.creditorId ?? ''}
          autoComplete="off"
          maxLength={35}
          onChange={(creditorId) => set({ creditorId: creditorId === '' ? null : creditorId })}
        />
      </Field>
    </>
  )
}
