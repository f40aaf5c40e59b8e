import { useState } from 'react'
import { askForHelp } from '#contract/support'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { helpTo, ticketTo } from '../addresses.ts'
import { BodyField } from '../writing/body-field.tsx'
import { type StoredDraft, useDraft, useStoredDraft } from '../writing/draft.ts'
import { DropZone } from '../writing/drop-zone.tsx'
import { FilesField, useFilesToSend } from '../writing/files.tsx'
import { GuardNote, useGuard } from '../writing/guard-note.tsx'
import { Resumed } from '../writing/resumed.tsx'
import { bodyProblem, maxSubject, writable } from '../writing/typed.ts'
import { TopicChoice, topicOf } from './topic-choice.tsx'

/** Asking: what about, in which words, with which files. What is typed outlives a reload. */
export function AskPage() {
  const t = useMessages()
  const stored = useStoredDraft('new')
  return (
    <div className="max-w-3xl">
      <PageHeader title={t('support.own.ask')}>
        <p className="max-w-prose text-13 text-ink-muted">{t('support.own.ask.help')}</p>
      </PageHeader>
      {stored ? <Asking stored={stored} /> : <Skeleton height={420} width="100%" />}
    </div>
  )
}

function Asking({ stored }: { stored: StoredDraft }) {
  const t = useMessages()
  const formats = useFormats()
  const go = useGo()
  const kept = useDraft(stored)
  const { draft, change, forget } = kept
  const files = useFilesToSend(kept)
  const [asked, setAsked] = useState(false)
  const guard = useGuard(`${draft.subject}\n${draft.body}`)
  const ask = useEndpoint(askForHelp, {
    onSuccess: ({ id }) => {
      forget()
      notify.done({ title: t('support.own.asked'), description: t('support.own.asked.help') })
      go(ticketTo(id), { replace: true })
    },
  })
  const subject = draft.subject.trim()
  const wrong = bodyProblem(draft.body)
  const isComing = files.coming.length > 0
  function submit(insists = false) {
    setAsked(true)
    if (!subject || wrong) return
    if (!insists && !guard.lets()) return
    if (isComing) return notify.told({ title: t('support.own.files.wait') })
    ask.mutate({
      body: {
        id: draft.id,
        subject,
        topic: topicOf(draft.topic),
        body: draft.body,
        attachmentIds: draft.files.map(({ id }) => id),
      },
    })
  }
  return (
    <Card>
      <DropZone onFiles={files.add}>
        <Form
          submit={t('support.own.send')}
          saving={ask.isPending}
          error={ask.error}
          onSubmit={() => submit()}
          onCancel={() => go(helpTo)}
        >
          <Resumed kept={kept} />
          <Field
            name="subject"
            label={t('support.own.subject')}
            error={asked && !subject ? t('support.own.subject.missing') : undefined}
          >
            <Input
              dir="auto"
              maxLength={maxSubject}
              placeholder={t('support.own.subject.placeholder')}
              value={draft.subject}
              onChange={(typed) => change({ subject: writable(typed) })}
            />
          </Field>
          <TopicChoice value={topicOf(draft.topic)} onChange={(topic) => change({ topic })} />
          <div className="flex flex-col gap-2">
            <BodyField
              label={t('support.own.text')}
              value={draft.body}
              onChange={(body) => change({ body })}
              error={
                asked && wrong
                  ? t(`support.own.text.${wrong}`, { length: formats.integer(draft.body.length) })
                  : undefined
              }
            />
            <GuardNote guard={guard} busy={ask.isPending} onInsist={() => submit(true)} />
          </div>
          <FilesField kept={kept} files={files} />
        </Form>
      </DropZone>
    </Card>
  )
}
