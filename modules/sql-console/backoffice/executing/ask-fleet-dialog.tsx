import { Send } from 'lucide-react'
import { useMemo, useState } from 'react'
import { askSqlFleetExecution, type Effects, type SqlFleet } from '#contract/sql-console'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { Combobox } from '#platform/ui/combobox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { verdictInWords } from '../report/verdict-words.ts'
import { AskingFields, isReason, trimmed, useAsking } from '../requests/asking-fields.tsx'
import { standsOut } from './fleet-can.ts'
import { LeftOut } from './left-out.tsx'

/** What for, where and in which order: said to whoever approves, and kept in the log. */
export function AskFleetDialog({ fleet, onClose }: { fleet: SqlFleet; onClose: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  const { practices } = fleet
  const { asking, setAsking, forget } = useAsking(`fleet ${fleet.text}`, fleet.ticket)
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(
    () => new Set(practices.filter(standsOut).map(({ tenantId }) => tenantId)),
  )
  const [canary, setCanary] = useState<string | null>(null)
  const [automatic, setAutomatic] = useState(false)
  const within = useMemo(
    () => practices.filter(({ tenantId }) => !leftOut.has(tenantId)),
    [practices, leftOut],
  )
  const first = within.find(({ tenantId }) => tenantId === canary) ?? within[0]
  const ask = useEndpoint(askSqlFleetExecution, {
    onSuccess: () => {
      forget()
      notify.done({ title: t('sql.ask.done'), description: t('sql.ask.done.help') })
      onClose()
    },
  })
  const count = { count: within.length, shown: formats.integer(within.length) }
  return (
    <ActDialog
      wide
      title={t('sql.fleet.ask.title', count)}
      description={verdictInWords(summed(within.map(({ effects }) => effects)), t, formats)}
      effects={[t('sql.ask.second'), t('sql.fleet.ask.waves'), t('sql.fleet.ask.drift'), t('sql.ask.undo')]}
      action={t('sql.ask')}
      icon={Send}
      missing={[
        ...(!isReason(asking) ? [t('sql.reason')] : []),
        ...(within.length === 0 ? [t('sql.fleet.practices')] : []),
      ]}
      running={ask.isPending}
      error={ask.error}
      onSubmit={() =>
        ask.mutate({
          params: { id: fleet.id },
          body: {
            ...trimmed(asking),
            leaveOut: [...leftOut],
            canary: first?.tenantId ?? null,
            automatic,
          },
        })
      }
      onClose={onClose}
    >
      <AskingFields value={asking} onChange={setAsking} />
      <LeftOut practices={practices} leftOut={leftOut} onChange={setLeftOut} />
      <Field name="canary" label={t('sql.fleet.canary')} help={t('sql.fleet.canary.help')}>
        <Combobox
          required
          options={within.map(({ tenantId, name }) => ({ value: tenantId, label: name }))}
          value={first?.tenantId ?? null}
          onChange={setCanary}
        />
      </Field>
      <Field name="automatic" inline label={t('sql.fleet.automatic')} help={t('sql.fleet.automatic.help')}>
        <Checkbox checked={automatic} onChange={setAutomatic} />
      </Field>
    </ActDialog>
  )
}

/** Of all of them together. */
function summed(all: readonly Effects[]): Effects {
  const sum: Effects = {}
  for (const effects of all)
    for (const [table, one] of Object.entries(effects)) {
      const before = sum[table]
      sum[table] = before
        ? {
            ...before,
            inserted: before.inserted + one.inserted,
            updated: before.updated + one.updated,
            deleted: before.deleted + one.deleted,
          }
        : one
    }
  return sum
}
