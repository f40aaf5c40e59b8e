import { useId, useRef, useState } from 'react'
import { internalNoteChanged, setInternalNote } from '#contract/billing'
import { ApiError } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { call } from '#platform/ui/call.ts'
import { Card } from '#platform/ui/card.tsx'
import { Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { SavingStatus } from './saving-status.tsx'
import { useKeeper } from './use-keeper.ts'

/** What the team tells itself about a document; it saves itself, and is never printed. */
export function InternalNote({ id, note }: { id: string; note: string }) {
  const t = useMessages()
  const may = useMay()
  const help = useId()
  const [text, setText] = useState(note)
  /** What was read before it is changed. */
  const stood = useRef(note)
  const { keeper, kept } = useKeeper<string>({
    begun: note,
    // A note has no revision: what was read is said instead.
    revision: 0,
    async save(next) {
      await call(setInternalNote, { params: { id }, body: { note: next, was: stood.current } })
      stood.current = next
      return { revision: 0, savedAt: new Date().toISOString() }
    },
    codes: { conflict: internalNoteChanged.code, over: 'not_found' },
  })
  const type = (next: string) => {
    setText(next)
    keeper.type(next)
  }
  const theirs = theirNote(kept.error)
  if (!may('invoices.write'))
    return note === '' ? null : (
      <Card title={t('billing.editor.note')} className="bg-paper text-on-paper">
        <p className="text-13 whitespace-pre-wrap">{note}</p>
      </Card>
    )
  return (
    <Card title={t('billing.editor.note')}>
      <div className="flex flex-col gap-1.5">
        <Textarea
          aria-label={t('billing.editor.note')}
          aria-describedby={help}
          rows={3}
          maxLength={4000}
          value={text}
          onChange={type}
        />
        <p id={help} className="text-12 text-ink-muted">
          {t('billing.editor.note.help')}
        </p>
        {kept.phase === 'conflict' && theirs !== null ? (
          <div role="alert" className="rounded-control bg-warning-soft px-3 py-2 text-13 text-warning-ink">
            <p className="font-medium">{t('billing.editor.note.conflict')}</p>
            <p className="my-1 whitespace-pre-wrap">{theirs}</p>
            <p className="flex flex-wrap gap-2">
              <Button
                size="small"
                onClick={() => {
                  stood.current = theirs
                  keeper.overwrite(0)
                }}
              >
                {t('billing.editor.conflict.mine')}
              </Button>
              <Button
                size="small"
                onClick={() => {
                  stood.current = theirs
                  setText(theirs)
                  keeper.take(theirs, 0)
                }}
              >
                {t('billing.editor.conflict.theirs')}
              </Button>
            </p>
          </div>
        ) : (
          (kept.phase !== 'kept' || kept.savedAt) && (
            <SavingStatus kept={kept} again={() => void keeper.flush()} />
          )
        )}
      </div>
    </Card>
  )
}

function theirNote(error: unknown): string | null {
  if (!(error instanceof ApiError) || error.code !== internalNoteChanged.code) return null
  return (error.details as { current: string }).current // as the contract says of this refusal
}
