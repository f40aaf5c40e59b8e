import { useEffect, useState } from 'react'
import { amendNote, type Note, writable } from '#contract/notes'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { MarkdownView } from '#platform/ui/markdown.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { notify } from '#platform/ui/toast.tsx'
import type { Unsaved, UnsavedNotes } from '../device/unsaved.ts'
import { writtenOf } from '../writing/written.ts'

type AmendProps = {
  note: Note
  unsaved: Unsaved | null
  device: UnsavedNotes | null
  /** What was typed and left a moment ago, taken back. */
  begun: string | null
  /** Left without amending, with what was typed. */
  onClose: (body: string | null) => void
  onAmended: (note: Note) => void
}

/** The new text and why: sent once, and kept on the device until then. */
export function AmendForm({ note, unsaved, device, begun, onClose, onAmended }: AmendProps) {
  const t = useMessages()
  const formats = useFormats()
  const [seen, setSeen] = useState(note)
  const [body, setBody] = useState(begun ?? unsaved?.written.body ?? note.body)
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const [winner, setWinner] = useState<Note | null>(null)
  const dirty = body !== seen.body || reason !== ''
  useKeptOnDevice(device, seen, body)
  const amend = useEndpoint(amendNote, {
    onSuccess: async (amended) => {
      await device?.forget(note.id).catch(() => undefined)
      notify.done({ title: t('notes.amended.done') })
      onAmended(amended)
    },
    onError: (error) => {
      if (error.code !== 'note_changed') return
      const { current } = error.details as { current: Note } // as the contract says
      setSeen(current)
      setWinner(current)
    },
  })
  const leave = () => {
    device?.forget(note.id).catch(() => undefined)
    onClose(body === seen.body ? null : body)
  }
  return (
    <Card title={t('notes.amend.title')}>
      <Form
        submit={t('notes.amend.submit')}
        saving={amend.isPending}
        error={winner ? null : amend.error}
        // It lies on the device: leaving loses nothing.
        dirty={dirty && !device}
        onCancel={leave}
        onSubmit={() => {
          setMissing(reason.trim() === '')
          if (reason.trim() !== '')
            amend.mutate({ params: { id: note.id }, body: { revision: seen.revision, body, reason } })
        }}
      >
        <p className="text-13 text-ink-muted">{t('notes.amend.help')}</p>
        {unsaved && (
          <p className="text-13 text-info-ink">
            {t('notes.resumed', { at: formats.dayTime(unsaved.keptAt) })}
          </p>
        )}
        {winner && <Problem>{t('notes.amend.changed')}</Problem>}
        {(winner ?? unsaved) && (
          <article aria-label={t('notes.amend.says')} className="rounded-control bg-sunken p-3">
            <h3 className="mb-2 text-12 font-medium text-ink-muted">{t('notes.amend.says')}</h3>
            <MarkdownView text={seen.body} />
          </article>
        )}
        <div className="[&_textarea]:field-sizing-content [&_textarea]:min-h-60 [&_textarea]:leading-6 touch:[&_textarea]:text-16">
          <Field name="body" label={t('notes.text')}>
            <Textarea dir="auto" value={body} onChange={(next) => setBody(writable(next))} />
          </Field>
        </div>
        <Field
          name="reason"
          label={t('notes.amend.reason')}
          help={t('notes.amend.reason.help')}
          error={missing && reason.trim() === '' ? t('notes.amend.reason.missing') : undefined}
        >
          <Input maxLength={500} value={reason} onChange={setReason} />
        </Field>
      </Form>
    </Card>
  )
}

/** A moment after it was typed. */
function useKeptOnDevice(device: UnsavedNotes | null, note: Note, body: string): void {
  useEffect(() => {
    if (!device) return
    const timer = setTimeout(() => {
      const kept = {
        written: { ...writtenOf(note), body },
        revision: note.revision,
        sent: [],
        keptAt: new Date().toISOString(),
      }
      const done = body === note.body ? device.forget(note.id) : device.keep(note.id, kept)
      done.catch(() => undefined)
    }, 250)
    return () => clearTimeout(timer)
  }, [device, note, body])
}
