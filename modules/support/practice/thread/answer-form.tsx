import { useState } from 'react'
import { answerOwnTicket } from '#contract/support'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Form } from '#platform/ui/form.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { BodyField } from '../writing/body-field.tsx'
import { type StoredDraft, useDraft, useStoredDraft } from '../writing/draft.ts'
import { DropZone } from '../writing/drop-zone.tsx'
import { FilesField, useFilesToSend } from '../writing/files.tsx'
import { GuardNote, useGuard } from '../writing/guard-note.tsx'
import { Resumed } from '../writing/resumed.tsx'
import { bodyProblem } from '../writing/typed.ts'

/** Saying something more. Where the ticket is resolved, that it opens again is said before. */
type AnswerFormProps = { id: string; isResolved: boolean }

export function AnswerForm(props: AnswerFormProps) {
  const stored = useStoredDraft(props.id)
  return stored ? <Answering {...props} stored={stored} /> : <Skeleton height={220} width="100%" />
}

function Answering({ id, isResolved, stored }: AnswerFormProps & { stored: StoredDraft }) {
  const t = useMessages()
  const formats = useFormats()
  const kept = useDraft(stored)
  const { draft, change, forget } = kept
  const files = useFilesToSend(kept)
  const [asked, setAsked] = useState(false)
  const guard = useGuard(draft.body)
  const answer = useEndpoint(answerOwnTicket, {
    onSuccess: () => {
      forget()
      setAsked(false)
      notify.done({ title: t('support.own.answered') })
    },
  })
  const wrong = bodyProblem(draft.body)
  function submit(insists = false) {
    setAsked(true)
    if (wrong) return
    if (!insists && !guard.lets()) return
    if (files.coming.length > 0) return notify.told({ title: t('support.own.files.wait') })
    answer.mutate({
      params: { id },
      body: {
        messageId: draft.messageId,
        body: draft.body,
        attachmentIds: draft.files.map((file) => file.id),
      },
    })
  }
  return (
    <Card title={t('support.own.answer')}>
      <DropZone onFiles={files.add}>
        <Form
          submit={t(isResolved ? 'support.own.answer.reopen' : 'support.own.answer.send')}
          saving={answer.isPending}
          error={answer.error}
          onSubmit={() => submit()}
        >
          {isResolved && (
            <p className="rounded-control bg-info-soft px-3 py-2 text-13 text-info-ink">
              {t('support.own.answer.reopens')}
            </p>
          )}
          <Resumed kept={kept} />
          <div className="flex flex-col gap-2">
            <BodyField
              label={t('support.own.answer.text')}
              value={draft.body}
              onChange={(body) => change({ body })}
              error={
                asked && wrong
                  ? t(`support.own.text.${wrong}`, { length: formats.integer(draft.body.length) })
                  : undefined
              }
            />
            <GuardNote guard={guard} busy={answer.isPending} onInsist={() => submit(true)} />
          </div>
          <FilesField kept={kept} files={files} />
        </Form>
      </DropZone>
    </Card>
  )
}
