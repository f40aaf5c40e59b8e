import { Eye } from 'lucide-react'
import { useState } from 'react'
import { openSqlUnmasking, type SqlTarget, Unmasked, usualUnmasking } from '#contract/sql-console'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { targetInWords } from '../sql-words.tsx'

/** As the contract has it. */
const shortest = 10
const durations = ['5', '15', '30', '60'] as const

/** What one wants to see, where, why, for which ticket, and how long. */
export function UnmaskDialog({ target, onClose }: { target: SqlTarget; onClose: () => void }) {
  const t = useMessages()
  const [classes, setClasses] = useState<readonly Unmasked[]>(['identity'])
  const [reason, setReason] = useState('')
  const [ticket, setTicket] = useState('')
  const [minutes, setMinutes] = useState(String(usualUnmasking))
  const number = Number(ticket.replaceAll(/[\s#]/g, ''))
  const open = useEndpoint(openSqlUnmasking, { onSuccess: onClose })
  const missing = [
    ...(classes.length === 0 ? [t('sql.unmask.classes')] : []),
    ...(Number.isInteger(number) && number > 0 ? [] : [t('sql.ticket')]),
    ...(reason.trim().length < shortest ? [t('sql.reason')] : []),
  ]
  return (
    <ActDialog
      title={t('sql.unmask.title', { target: targetInWords(target, t) })}
      effects={[
        t('sql.unmask.alone'),
        t('sql.unmask.kept'),
        t('sql.unmask.clinical'),
        t('sql.unmask.logged'),
      ]}
      action={t('sql.unmask.act')}
      icon={Eye}
      missing={missing}
      running={open.isPending}
      error={open.error}
      onSubmit={() =>
        open.mutate({
          body: {
            target: target.id,
            classes: [...classes],
            reason: reason.trim(),
            ticket: number,
            minutes: Number(minutes),
          },
        })
      }
      onClose={onClose}
    >
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-13 font-medium">{t('sql.unmask.classes')}</legend>
        {Unmasked.options.map((one) => (
          <Field
            key={one}
            inline
            label={t(`sql.unmask.class.${one}`)}
            help={t(`sql.unmask.class.${one}.help`)}
          >
            <Checkbox
              checked={classes.includes(one)}
              onChange={(checked) =>
                setClasses(checked ? [...classes, one] : classes.filter((other) => other !== one))
              }
            />
          </Field>
        ))}
      </fieldset>
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <Field name="ticket" label={t('sql.ticket')} help={t('sql.unmask.ticket.help')}>
          <Input
            value={ticket}
            onChange={setTicket}
            maxLength={12}
            placeholder={t('sql.ticket.example')}
            autoComplete="off"
          />
        </Field>
        <Field name="minutes" label={t('sql.unmask.minutes')} help={t('sql.unmask.minutes.help')}>
          <Select
            value={minutes}
            onChange={setMinutes}
            options={durations.map((value) => ({
              value,
              label: t('sql.unmask.minutes.n', { count: Number(value) }),
            }))}
          />
        </Field>
      </div>
      <Field name="reason" label={t('sql.reason')} help={t('sql.unmask.reason.help', { shortest })}>
        <Textarea value={reason} onChange={setReason} rows={3} maxLength={500} />
      </Field>
    </ActDialog>
  )
}
