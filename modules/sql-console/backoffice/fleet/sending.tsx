import { useRef, useState } from 'react'
import { fleetTextRefused, type Problem, readSqlFleet, simulateSqlFleet } from '#contract/sql-console'
import { ApiError } from '#platform/ui/api-error.ts'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { marksOf } from '../editor/checking.ts'
import { ModeSwitch } from '../editor/mode-switch.tsx'
import { parametersFor } from '../editor/parameter-fields.tsx'
import type { EditorHandle } from '../editor/sql-editor.tsx'
import { useLooked } from '../editor/use-looked.ts'
import { RefusedNotice } from '../report/refused-notice.tsx'
import { fleetsTo, fleetTo } from './addresses.ts'
import { FleetBand } from './fleet-band.tsx'
import { FleetText, type Typed } from './fleet-text.tsx'
import { type Chosen, countOf, PracticeChoice, useFound } from './practice-choice.tsx'

export type Beginning = Typed & { mode: 'read' | 'simulate'; practices: Chosen }

/** What was refused stays marked until it is sent again. */
type Refused = { text: string; problems: readonly Problem[] }

export function Sending({ begins }: { begins: Beginning }) {
  const t = useMessages()
  const formats = useFormats()
  const go = useGo()
  const editor = useRef<EditorHandle | null>(null)
  const [typed, setTyped] = useState<Typed>({ text: begins.text, parameters: begins.parameters })
  const [ticket, setTicket] = useState('')
  const [mode, setMode] = useState(begins.mode)
  const [practices, setPractices] = useState<Chosen>(begins.practices)
  const [refused, setRefused] = useState<Refused>()
  const { text } = typed
  const looked = useLooked(text)
  const found = useFound(practices.search)
  const count = countOf(practices, found)
  const [isNobody, setIsNobody] = useState(false)
  const example = practices.ids?.[0] ?? found?.tenants.find(({ state }) => state === 'ready')?.id
  const then = {
    onSuccess: ({ id }: { id: string }) => go(fleetTo(id)),
    onError: (error: ApiError) => {
      const problems = problemsOf(error)
      setRefused(problems && { text, problems })
      if (problems) editor.current?.show(marksOf(problems, t))
    },
  }
  const reading = useEndpoint(readSqlFleet, then)
  const simulating = useEndpoint(simulateSqlFleet, then)
  const { mutate, isPending, isSuccess, error } = mode === 'read' ? reading : simulating
  const send = () => {
    if (text.trim() === '' || isPending) return editor.current?.focus()
    setIsNobody(count === 0)
    if (count === 0) return
    setRefused(undefined)
    const parameters = parametersFor(looked.parameters, typed.parameters)
    mutate({ body: { id: crypto.randomUUID(), practices, text, parameters, ticket } })
  }
  return (
    <>
      <FleetBand count={count} />
      <Card>
        <Form
          submit={t(`sql.fleet.${mode}`, {
            count: count ?? 0,
            shown: count === undefined ? '' : formats.integer(count),
          })}
          saving={isPending}
          error={problemsOf(error) ? undefined : error}
          dirty={text !== begins.text && text !== '' && !isSuccess}
          onCancel={() => go(fleetsTo())}
          onSubmit={send}
        >
          {refused && (
            <RefusedNotice
              problems={refused.problems}
              text={refused.text}
              offset={0}
              onShow={(marks) => {
                editor.current?.show(marks)
                editor.current?.focus()
              }}
            />
          )}
          <div className="flex flex-col gap-4 lg:grid lg:grid-cols-[minmax(0,1fr)_22rem] lg:gap-6">
            <div className="flex min-w-0 flex-col gap-3">
              <div className="flex">
                <ModeSwitch value={mode} onChange={setMode} />
              </div>
              <FleetText
                handle={editor}
                value={typed}
                onChange={(part) => setTyped((before) => ({ ...before, ...part }))}
                looked={looked}
                example={example}
                onSend={send}
              />
              <p className="text-12 text-ink-muted">{t('sql.fleet.text.help')}</p>
            </div>
            <div className="flex min-w-0 flex-col gap-4">
              <div>
                <PracticeChoice value={practices} onChange={setPractices} />
                {isNobody && count === 0 && (
                  <p role="alert" className="text-13 text-danger-ink">
                    {t('sql.fleet.nobody')}
                  </p>
                )}
              </div>
              <Field label={t('sql.ticket')} name="ticket" optional>
                <Input value={ticket} onChange={setTicket} maxLength={60} autoComplete="off" />
              </Field>
            </div>
          </div>
        </Form>
      </Card>
    </>
  )
}

/** What is wrong with the text, each at its place; undefined where something else is. */
function problemsOf(error: unknown): readonly Problem[] | undefined {
  if (!(error instanceof ApiError) || error.code !== fleetTextRefused.code) return undefined
  const { problems } = error.details as { problems?: readonly Problem[] } // as the contract says of this refusal
  return problems
}
