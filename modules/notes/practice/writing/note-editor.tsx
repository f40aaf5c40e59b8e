import { Ellipsis, Signature } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { type Note, saveNote } from '#contract/notes'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { useShortcuts } from '#platform/ui/shortcuts.ts'
import { notify } from '#platform/ui/toast.tsx'
import { listTo, newNoteTo, noteTo } from '../addresses.ts'
import type { Unsaved, UnsavedNotes } from '../device/unsaved.ts'
import { useNoteActs } from '../note-acts.tsx'
import { KindBadge, nameOf } from '../note-words.tsx'
import { Conflict } from './conflict.tsx'
import { Gone } from './gone.tsx'
import { openKeeper } from './keeper.ts'
import { KindChoice } from './kind-choice.tsx'
import { NoteAbout } from './note-about.tsx'
import { NoteText } from './note-text.tsx'
import { SaveStatus } from './save-status.tsx'
import { SignDialog } from './sign-dialog.tsx'
import { useLookAgain } from './use-look-again.ts'
import type { Written } from './written.ts'

type NoteEditorProps = {
  id: string
  /** What stands in the editor first: unsaved text of this device, where there is any. */
  written: Written
  saved: Note | null
  unsaved: Unsaved | null
  device: UnsavedNotes | null
  onSigned?: ((note: Note) => void) | undefined
  /** It was signed on another device: it is to be read anew. */
  onOutdated?: (() => void) | undefined
}

/** Where a note is written, on a telephone between two sessions or at a desk in the evening. */
export function NoteEditor({
  id,
  written: begun,
  saved: known,
  unsaved,
  device,
  onSigned,
  onOutdated,
}: NoteEditorProps) {
  const t = useMessages()
  const formats = useFormats()
  const go = useGo()
  const save = useEndpoint(saveNote)
  const [keeper] = useState(() =>
    openKeeper({
      id,
      written: begun,
      saved: known,
      device,
      ...(unsaved && { resumed: unsaved }),
      save: (params, body) => save.mutateAsync({ params: { id: params }, body }),
    }),
  )
  useEffect(() => keeper.attend(), [keeper])
  // Its own page, which offers what lies on this device for an amendment.
  const readSigned = () => (onOutdated ? onOutdated() : go(noteTo(id), { replace: true }))
  useLookAgain(keeper, id, readSigned)
  const keeping = useSyncExternalStore(keeper.onChange, keeper.now)
  const { written, saved, phase, theirs, problem } = keeping
  const [signing, setSigning] = useState<Note | null>(null)
  const [lacks, setLacks] = useState<'patient' | 'text' | null>(null)
  const leave = () => {
    keeper.abandon()
    go(listTo(), { replace: true })
  }
  const acts = useNoteActs({ onTrashed: leave, onErased: leave })
  const isRecord = written.kind === 'record'

  async function askToSign() {
    const lacking = written.patient === null ? 'patient' : written.body.trim() === '' ? 'text' : null
    setLacks(lacking)
    // What is signed is what one reads: all of it is saved first.
    if (lacking) return
    if (await keeper.saveNow()) setSigning(keeper.now().saved)
    else notify.failed({ title: t('notes.sign.unsaved') })
  }

  useShortcuts([
    { keys: 'mod+s', run: () => void keeper.saveNow() },
    { keys: 'mod+enter', run: () => void (isRecord ? signing === null && askToSign() : keeper.saveNow()) },
  ])

  return (
    <div className="max-w-3xl">
      <PageHeader
        title={
          saved || written.title
            ? nameOf(t, { ...written, heldOn: written.heldOn ?? '' }, formats)
            : t('notes.new')
        }
        primary={
          isRecord && (
            <Button variant="primary" icon={Signature} onClick={() => void askToSign()}>
              {t('notes.sign')}
            </Button>
          )
        }
        secondary={
          saved && (
            <Menu
              align="end"
              trigger={<IconButton icon={Ellipsis} label={t('notes.more')} />}
              items={acts.of(saved).map((act) => ({
                ...act,
                // What is still on its way would bring it back.
                onSelect: () => void keeper.saveNow().then(() => act.onSelect?.()),
              }))}
            />
          )
        }
      >
        <p className="flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1">
          <KindBadge kind={written.kind} />
          <SaveStatus keeping={keeping} resumed={unsaved} onRetry={() => void keeper.saveNow()} />
        </p>
      </PageHeader>
      <div className="flex flex-col gap-4">
        {phase === 'conflict' && theirs && (
          <Conflict
            mine={written}
            theirs={theirs}
            onSettle={(chosen) => {
              keeper.settle(chosen)
              // The question goes, and with it the button one was on.
              document.querySelector<HTMLElement>('[name="body"]')?.focus()
            }}
            onAbandon={() => {
              keeper.abandon()
              readSigned()
            }}
            onAmend={readSigned}
          />
        )}
        {phase === 'gone' && (
          <Gone
            written={written}
            device={device}
            onAbandon={leave}
            onKept={(draft) => {
              keeper.abandon()
              go(newNoteTo({ draft }), { replace: true })
            }}
          />
        )}
        {problem && <Problem>{sentenceOf(problem, t)}</Problem>}
        {!saved && <KindChoice kind={written.kind} onChange={(kind) => keeper.type({ kind })} />}
        <NoteAbout
          written={written}
          missing={lacks === 'patient' && written.patient === null}
          isOpen={!saved && begun.patient === null}
          onChange={keeper.type}
        />
        <NoteText
          written={written}
          missing={lacks === 'text' && written.body.trim() === ''}
          isBegun={!saved && begun.patient !== null}
          onChange={keeper.type}
        />
      </div>
      <SignDialog
        note={signing}
        onClose={() => setSigning(null)}
        onSigned={(note) => {
          setSigning(null)
          keeper.abandon()
          if (onSigned) onSigned(note)
          else go(noteTo(id), { replace: true })
        }}
      />
      {acts.dialog}
    </div>
  )
}
