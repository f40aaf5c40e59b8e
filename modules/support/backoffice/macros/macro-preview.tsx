/** Exactly what will happen, before it does: words with everything in its place, fields as they will be. */
import { useState } from 'react'
import {
  applyMacro,
  type Macro,
  type MacroOutcome,
  patientDataByMail,
  previewMacro,
  type TicketMessage,
} from '#contract/support'
import { Button } from '#platform/ui/button.tsx'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Sheet } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { FormErrors } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { MarkdownField } from '#platform/ui/markdown-field.tsx'
import { MarkdownView } from '#platform/ui/markdown.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { useSettled } from '#platform/ui/settled.ts'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { GuardBox } from '../ticket/guard-box.tsx'
import { useGuard } from '../ticket/use-guard.ts'
import { ChangeLine } from './change-line.tsx'
import type { MacroLibraryProps } from './macro-library.tsx'

type MacroPreviewProps = MacroLibraryProps & { macro: Macro; onClose: () => void }

export function MacroPreview({ macro, ticket, seenMessageId, draft, onApplied, onClose }: MacroPreviewProps) {
  const t = useMessages()
  const [answers, setAnswers] = useState<Record<string, string>>({})
  const [edited, setEdited] = useState<string | null>(null)
  const [withDraft, setWithDraft] = useState(false)
  /** Said while one looked at this: shown, and then taken as seen. */
  const [meanwhile, setMeanwhile] = useState<TicketMessage[]>([])
  const told = useSettled(JSON.stringify(answers), 200)
  const params = { id: ticket.id, macroId: macro.id }
  const preview = useEndpoint(previewMacro, { params, query: { answers: told } }, { keepPrevious: true })
  const outcome = preview.data
  const words = edited ?? outcome?.reply ?? ''
  const reply = withDraft && draft.trim() !== '' ? `${draft.trim()}\n\n${words}` : words
  const { requester, client } = ticket
  const guard = useGuard(reply, requester.memberId === null, [requester.name, client?.name])
  const apply = useEndpoint(applyMacro, {
    onSuccess: (done) => {
      onApplied(done, macro)
      onClose()
    },
    onError: (error) => {
      if (error.code === 'ticket_said_meanwhile')
        setMeanwhile((error.details as { messages: TicketMessage[] }).messages) // as the server refuses
      if (error.code === 'macro_outdated') void preview.refetch()
      guard.heard(error)
    },
  })

  const missing = outcome ? missingIn(outcome, edited) : []
  const isBehind = told !== JSON.stringify(answers)
  const isReady = outcome !== undefined && missing.length === 0 && !isBehind && !apply.isPending
  const send = (insists = false) => {
    if (!outcome || (!insists && !guard.lets())) return
    const changed = outcome.reply !== null && reply !== outcome.reply
    apply.mutate({
      params,
      body: {
        revision: outcome.revision,
        answers,
        seenMessageId: meanwhile.at(-1)?.id ?? seenMessageId,
        ...(changed && { reply }),
        insists,
      },
    })
  }
  return (
    <Sheet
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={macro.title}
      description={t('support.macro.preview.help')}
      footer={
        <>
          <Button onClick={onClose}>{t('support.macro.cancel')}</Button>
          <Button
            variant="primary"
            disabled={!isReady || guard.stops}
            loading={apply.isPending}
            onClick={() => send()}
          >
            {t(outcome?.reply == null ? 'support.macro.apply' : 'support.macro.apply_and_send')}
          </Button>
        </>
      }
    >
      {preview.error && !outcome && <ErrorState error={preview.error} onRetry={preview.refetch} />}
      {!preview.error && !outcome && <Skeleton height={240} width="100%" />}
      {outcome && (
        <div className="flex flex-col gap-4">
          {apply.error && apply.error.code !== patientDataByMail.code && meanwhile.length === 0 && (
            <FormErrors error={apply.error} />
          )}
          {meanwhile.length > 0 && <Meanwhile messages={meanwhile} />}
          {outcome.questions.map(({ name }) => (
            <Field key={name} label={name} name={name}>
              <Input
                value={answers[name] ?? ''}
                maxLength={500}
                onChange={(value) => setAnswers({ ...answers, [name]: value })}
              />
            </Field>
          ))}
          {missing.length > 0 && (
            <Problem>{t('support.macro.missing', { names: missing.map(nameOfMissing).join(', ') })}</Problem>
          )}
          {outcome.reply !== null && (
            <>
              {outcome.questions.every(({ answered }) => answered) ? (
                <MarkdownField
                  label={t('support.macro.reply')}
                  value={words}
                  previewFirst
                  onChange={setEdited}
                  offers={['bold', 'list', 'quote', 'link']}
                />
              ) : (
                // It is gone on with by hand once all that it asks for stands in it.
                <section aria-label={t('support.macro.reply')}>
                  <h3 className="mb-1 text-13 font-medium">{t('support.macro.reply')}</h3>
                  <div className="rounded-control border border-line px-3 py-2">
                    <MarkdownView text={words} />
                  </div>
                </section>
              )}
              <GuardBox guard={guard} busy={!isReady} onInsist={() => send(true)} />
              {draft.trim() !== '' && (
                <Field label={t('support.macro.with_draft')} inline help={t('support.macro.with_draft.help')}>
                  <Checkbox checked={withDraft} onChange={setWithDraft} />
                </Field>
              )}
            </>
          )}
          {outcome.note !== null && (
            <section aria-label={t('support.macro.note')}>
              <h3 className="mb-1 text-13 font-medium">{t('support.macro.note')}</h3>
              <div className="rounded-control bg-paper px-3 py-2 text-on-paper">
                <MarkdownView text={outcome.note} />
              </div>
            </section>
          )}
          <section aria-label={t('support.macro.changes')}>
            <h3 className="mb-1 text-13 font-medium">{t('support.macro.changes')}</h3>
            {outcome.changes.length === 0 ? (
              <p className="text-13 text-ink-muted">{t('support.macro.changes.none')}</p>
            ) : (
              <ul className="divide-y divide-line rounded-card border border-line">
                {outcome.changes.map((change) => (
                  <ChangeLine key={change.field} change={change} />
                ))}
              </ul>
            )}
          </section>
        </div>
      )}
    </Sheet>
  )
}

/** What its writer put in the place of a variable by hand is missing no more. */
function missingIn({ unresolved, note }: MacroOutcome, edited: string | null): string[] {
  if (edited === null) return unresolved
  return unresolved.filter((name) => {
    const standing = name.startsWith('?') ? `{{?${name.slice(1)}` : `{{${name}`
    return [edited, note ?? ''].some((text) => text.replaceAll(/\{\{(\??)\s+/g, '{{$1').includes(standing))
  })
}

const nameOfMissing = (name: string) => (name.startsWith('?') ? name.slice(1) : name)

function Meanwhile({ messages }: { messages: readonly TicketMessage[] }) {
  const t = useMessages()
  return (
    <section role="alert" className="rounded-control bg-warning-soft px-3 py-2 text-warning-ink">
      <p className="text-13 font-medium">{t('support.macro.meanwhile')}</p>
      {messages.map((message) => (
        <div key={message.id} className="mt-2 border-l-2 border-warning pl-3">
          <p className="text-12 font-medium">{message.by.name}</p>
          <MarkdownView text={message.body} />
        </div>
      ))}
    </section>
  )
}
