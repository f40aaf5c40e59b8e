import { useState } from 'react'
import { Field } from '#platform/ui/field.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

export type Asking = { reason: string; ticket: string }

/** As the contract has it. */
const shortest = 10

export const isReason = ({ reason }: Asking) => reason.trim().length >= shortest

export const trimmed = ({ reason, ticket }: Asking): Asking => ({
  reason: reason.trim(),
  ticket: ticket.trim(),
})

/** Of the page that is open: whoever leaves the question, or simulates again, finds what they had typed. */
const typed = new Map<string, Asking>()

/** @param about what is asked for, as it will be when it is asked for again */
export function useAsking(about: string, ticket = '') {
  const [asking, setAsking] = useState<Asking>(() => typed.get(about) ?? { reason: '', ticket })
  return {
    asking,
    setAsking: (next: Asking) => {
      typed.set(about, next)
      setAsking(next)
    },
    forget: () => typed.delete(about),
  }
}

type AskingFieldsProps = { value: Asking; onChange: (value: Asking) => void }

/** What for, said to whoever approves: it stays in the log. */
export function AskingFields({ value, onChange }: AskingFieldsProps) {
  const t = useMessages()
  const { reason, ticket } = value
  return (
    <>
      <Field name="reason" label={t('sql.reason')} help={t('sql.reason.help', { shortest })}>
        <Textarea
          value={reason}
          onChange={(next) => onChange({ ...value, reason: next })}
          rows={3}
          maxLength={500}
        />
      </Field>
      <Field name="ticket" label={t('sql.ticket')} optional>
        <Input
          value={ticket}
          onChange={(next) => onChange({ ...value, ticket: next })}
          maxLength={60}
          placeholder={t('sql.ticket.example')}
          autoComplete="off"
        />
      </Field>
    </>
  )
}
