/** A text to send through many practices: what it is, in which mode, and to whom. */
import { useState } from 'react'
import { readSqlFleet, simulateSqlFleet } from '#contract/sql-console'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { ModeSwitch } from '../editor/mode-switch.tsx'
import { fleetsTo, fleetTo } from './addresses.ts'
import { PracticeChoice, type Chosen } from './practice-choice.tsx'

export function SendPage() {
  const t = useMessages()
  const go = useGo()
  const [text, setText] = useState('')
  const [ticket, setTicket] = useState('')
  const [mode, setMode] = useState<'read' | 'simulate'>('read')
  const [practices, setPractices] = useState<Chosen>({ search: '' })
  const reading = useEndpoint(readSqlFleet, { onSuccess: ({ id }) => go(fleetTo(id)) })
  const simulating = useEndpoint(simulateSqlFleet, { onSuccess: ({ id }) => go(fleetTo(id)) })
  const { mutate, isPending, isSuccess, error } = mode === 'read' ? reading : simulating
  return (
    <>
      <PageHeader title={t('sql.fleet.send')} />
      <Card>
        <Form
          submit={t(mode === 'read' ? 'sql.fleet.read' : 'sql.fleet.simulate')}
          saving={isPending}
          error={error}
          dirty={text !== '' && !isSuccess}
          onCancel={() => go(fleetsTo)}
          onSubmit={() => mutate({ body: { id: crypto.randomUUID(), practices, text, ticket } })}
        >
          <PracticeChoice value={practices} onChange={setPractices} />
          <div className="flex">
            <ModeSwitch value={mode} onChange={setMode} />
          </div>
          <div className="font-mono">
            <Field label={t('sql.text')} name="text" help={t('sql.fleet.text.help')}>
              <Textarea rows={8} value={text} onChange={setText} spellCheck={false} />
            </Field>
          </div>
          <Field label={t('sql.ticket')} name="ticket" optional>
            <Input value={ticket} onChange={setTicket} />
          </Field>
        </Form>
      </Card>
    </>
  )
}
