import { Send } from 'lucide-react'
import { useState } from 'react'
import { askSqlExecution, type SqlRun } from '#contract/sql-console'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { requestTo } from '../addresses.ts'
import { verdictInWords } from '../report/verdict-words.ts'
import { targetInWords } from '../sql-words.tsx'

/** As the contract has it. */
const shortest = 10

/** What for, said to whoever approves: it stays in the log. */
export function AskDialog({ run, onClose }: { run: SqlRun; onClose: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  const go = useGo()
  const [reason, setReason] = useState('')
  const [ticket, setTicket] = useState('')
  const ask = useEndpoint(askSqlExecution, {
    onSuccess: ({ id }) => {
      notify.done({ title: t('sql.ask.done'), description: t('sql.ask.done.help') })
      onClose()
      go(requestTo(id))
    },
  })
  return (
    <ActDialog
      title={t('sql.ask.title', { target: targetInWords(run.target, t) })}
      description={verdictInWords(run.effects, t, formats)}
      effects={[t('sql.ask.second'), t('sql.ask.again'), t('sql.ask.undo')]}
      action={t('sql.ask')}
      icon={Send}
      disabled={reason.trim().length < shortest}
      running={ask.isPending}
      error={ask.error}
      onSubmit={() => ask.mutate({ body: { runId: run.id, reason: reason.trim(), ticket: ticket.trim() } })}
      onClose={onClose}
    >
      <Field name="reason" label={t('sql.reason')} help={t('sql.reason.help', { shortest })}>
        <Textarea value={reason} onChange={setReason} rows={3} maxLength={500} />
      </Field>
      <Field name="ticket" label={t('sql.ticket')} optional>
        <Input
          value={ticket}
          onChange={setTicket}
          maxLength={60}
          placeholder={t('sql.ticket.example')}
          autoComplete="off"
        />
      </Field>
    </ActDialog>
  )
}
