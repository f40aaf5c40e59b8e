import { longest, type Purpose, purposes } from '#contract/impersonation'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import type { AboutTicket } from './ask-dialog.tsx'
import type { Target } from './target-facts.tsx'
import { TicketChoice } from './ticket-choice.tsx'

/** As the contract has it. */
const shortestReason = 10

const durations = ['5', '10', '15', '30'] as const satisfies readonly `${number}`[]
type Minutes = (typeof durations)[number]

export type Draft = {
  purpose: Purpose
  reason: string
  reference: string
  ticketId: string | null
  mayWrite: boolean
  minutes: Minutes
  wantsNotes: boolean
  breakGlass: boolean
}

/** Read-only, and as long as there is: who needs less says so. */
export const blank = (ticketId: string | null = null): Draft => ({
  purpose: 'question',
  reason: '',
  reference: '',
  ticketId,
  mayWrite: false,
  minutes: durations.find((one) => Number(one) === longest) ?? '5',
  wantsNotes: false,
  breakGlass: false,
})

export const isComplete = ({ reason }: Draft) => reason.trim().length >= shortestReason

type AskFieldsProps = {
  target: Target
  ticket: AboutTicket | undefined
  draft: Draft
  change: (part: Partial<Draft>) => void
}

export function AskFields({ target, ticket, draft, change }: AskFieldsProps) {
  const t = useMessages()
  const mode = draft.mayWrite ? 'write' : 'read'
  const isConsent = target.policy === 'consent'
  return (
    <>
      <Field name="purpose" label={t('impersonation.purpose')}>
        <Select
          options={purposes.map((one) => ({ value: one, label: t(`impersonation.purpose.${one}`) }))}
          value={draft.purpose}
          onChange={(purpose) => change({ purpose })}
        />
      </Field>
      <Field name="reason" label={t('impersonation.ask.reason')} help={t('impersonation.ask.reason.help')}>
        <Textarea value={draft.reason} rows={2} maxLength={500} onChange={(reason) => change({ reason })} />
      </Field>
      <TicketChoice
        tenantId={target.tenantId}
        about={ticket}
        value={draft.ticketId}
        onChange={(ticketId) => change({ ticketId })}
      />
      <Field
        name="reference"
        label={t('impersonation.ask.reference')}
        help={t('impersonation.ask.reference.help')}
        optional
      >
        <Input
          value={draft.reference}
          maxLength={60}
          autoComplete="off"
          onChange={(reference) => change({ reference })}
        />
      </Field>
      <div className="grid gap-3.5 sm:grid-cols-2">
        {target.mayWrite && (
          <Field name="mayWrite" label={t('impersonation.mode')} help={t(`impersonation.mode.${mode}.help`)}>
            <Select
              options={(['read', 'write'] as const).map((one) => ({
                value: one,
                label: t(`impersonation.mode.${one}`),
              }))}
              value={mode}
              onChange={(one) => change({ mayWrite: one === 'write' })}
            />
          </Field>
        )}
        <Field
          name="minutes"
          label={t('impersonation.ask.minutes')}
          help={t('impersonation.ask.minutes.help')}
        >
          <Select
            options={durations.map((one) => ({
              value: one,
              label: t('impersonation.ask.minutes.of', { minutes: Number(one) }),
            }))}
            value={draft.minutes}
            onChange={(minutes) => change({ minutes })}
          />
        </Field>
      </div>
      {!(draft.breakGlass && isConsent) && (
        <Field
          inline
          name="wantsNotes"
          label={t('impersonation.ask.notes')}
          help={t('impersonation.ask.notes.help')}
        >
          <Checkbox checked={draft.wantsNotes} onChange={(wantsNotes) => change({ wantsNotes })} />
        </Field>
      )}
      {isConsent && (
        <Field
          inline
          name="breakGlass"
          label={t('impersonation.ask.glass')}
          help={t('impersonation.ask.glass.help')}
        >
          <Checkbox checked={draft.breakGlass} onChange={(breakGlass) => change({ breakGlass })} />
        </Field>
      )}
    </>
  )
}
