/** Where one answers the customer, or writes down something for the team: the two look unlike, and never mix. */
import { ChevronDown, LockKeyhole, Paperclip, Reply, Send } from 'lucide-react'
import {
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  type Ref,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import { attachmentTypes } from '#contract/support'
import { Button } from '#platform/ui/button.tsx'
import { cx } from '#platform/ui/cx.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { MarkdownField } from '#platform/ui/markdown-field.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSession } from '#platform/ui/session.tsx'
import { useTicketChoices } from '../choices.ts'
import { WaitingFiles } from './attachments.tsx'
import { DraftStatus } from './draft-status.tsx'
import { GuardBox } from './guard-box.tsx'
import { Meanwhile } from './meanwhile.tsx'
import { Meant, meantBy, MentionMenu, mentionedIn, withMention } from './mentions.tsx'
import type { Conversation } from './use-conversation.ts'
import type { Draft } from './use-draft.ts'
import type { Files } from './use-files.ts'
import type { Guard } from './use-guard.ts'
import type { Then, useSending } from './use-sending.ts'

export type Side = 'reply' | 'note'
export type ComposerHandle = { open: (side: Side) => void }

type ComposerProps = {
  side: Side
  onSide: (side: Side) => void
  drafts: Record<Side, Draft>
  files: Files
  sending: ReturnType<typeof useSending>
  guard: Guard
  /** Where an answer goes as a mail; null: it is read in the app. */
  toEmail: string | null
  conversation: Conversation
  isResolved: boolean
  ref: Ref<ComposerHandle>
}

export function Composer({
  side,
  onSide,
  drafts,
  files,
  sending,
  guard,
  toEmail,
  conversation,
  isResolved,
  ref,
}: ComposerProps) {
  const t = useMessages()
  const me = useSession().id
  const { agents } = useTicketChoices()
  const field = useRef<{ focus: () => void }>(null)
  const warning = useRef<HTMLDivElement>(null)
  const chosen = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  /** Of the names that are offered. */
  const [marked, setMarked] = useState(0)
  /** What was to be done when the guard stopped it. */
  const [stopped, setStopped] = useState<Then>('nothing')
  const draft = drafts[side]
  const isNote = side === 'note'
  const isReady = !draft.isEmpty && files.coming.length === 0

  useImperativeHandle(ref, () => ({
    open: (next) => {
      onSide(next)
      // Once the field of that side stands there.
      requestAnimationFrame(() => field.current?.focus())
    },
  }))
  const send = (then: Then, insists = false) => {
    if (!isReady || sending.sending) return
    setStopped(then)
    if (isNote) void sending.note(mentionedIn(draft.text, agents))
    else if (conversation.meanwhile.length > 0) warning.current?.focus()
    else if (insists || guard.lets()) void sending.reply(then, insists)
  }
  const colleagues = agents.filter(({ id }) => id !== me)
  const meant = isNote ? meantBy(draft.text, colleagues) : []
  const active = Math.min(marked, meant.length - 1)
  const mention = (name: string) => {
    setMarked(0)
    draft.change(withMention(draft.text, name))
    requestAnimationFrame(() => field.current?.focus())
  }
  /** Before the field has the key: while names are offered, keys are theirs. */
  const onMeantKey = (event: KeyboardEvent) => {
    const chosenName = meant[active]?.name
    if (chosenName === undefined || event.ctrlKey || event.metaKey) return
    if (event.key === 'Enter' || event.key === 'Tab') mention(chosenName)
    else if (event.key === 'ArrowDown') setMarked((active + 1) % meant.length)
    else if (event.key === 'ArrowUp') setMarked((active + meant.length - 1) % meant.length)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    send('nothing')
  }
  const onPaste = (event: ClipboardEvent) => {
    const pasted = [...event.clipboardData.files]
    if (pasted.length === 0) return
    event.preventDefault()
    files.add(pasted)
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    files.add([...event.dataTransfer.files])
  }
  return (
    // Keys, files dropped and files pasted anywhere in it are its own.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      aria-label={t('support.composer')}
      onKeyDownCapture={onMeantKey}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      className={cx(
        'rounded-card border p-3',
        isNote ? 'border-dashed border-on-paper/50 bg-paper text-on-paper' : 'border-line-strong bg-surface',
        over && 'outline-2 outline-accent',
      )}
    >
      <div className="mb-2 flex flex-wrap items-center gap-1">
        <SideButton side="reply" on={!isNote} onClick={onSide} />
        <SideButton side="note" on={isNote} onClick={onSide} />
        <span className="ml-auto">
          <DraftStatus kept={draft.kept} />
        </span>
      </div>
      {conversation.meanwhile.length > 0 && !isNote && (
        <Meanwhile ref={warning} messages={conversation.meanwhile} onRead={conversation.acknowledge} />
      )}
      <MarkdownField
        key={side}
        ref={field}
        label={t(isNote ? 'support.note.field' : 'support.reply.field')}
        help={
          isNote
            ? t('support.note.help')
            : toEmail === null
              ? t('support.reply.in-app')
              : t('support.reply.by-mail', { email: toEmail })
        }
        placeholder={t(isNote ? 'support.note.placeholder' : 'support.reply.placeholder')}
        offers={['bold', 'italic', 'list', 'quote', 'link']}
        paper={isNote}
        value={draft.text}
        onChange={draft.change}
      />
      <Meant agents={meant} active={active} onChoose={mention} />
      <GuardBox
        guard={guard}
        busy={!isReady || sending.sending}
        onInsist={isNote ? undefined : () => send(stopped, true)}
      />
      <WaitingFiles files={files.files} coming={files.coming} onRemove={files.remove} />
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <input
          ref={chosen}
          type="file"
          multiple
          hidden
          accept={attachmentTypes.join(',')}
          onChange={(event) => {
            files.add([...(event.target.files ?? [])])
            event.target.value = ''
          }}
        />
        <IconButton icon={Paperclip} label={t('support.file.add')} onClick={() => chosen.current?.click()} />
        {isNote && (
          <MentionMenu
            agents={colleagues}
            onMention={(name) => draft.change(`${draft.text.trimEnd()} @${name} `.trimStart())}
          />
        )}
        <span className="ml-auto flex items-center gap-px">
          {isNote ? (
            <Button
              icon={LockKeyhole}
              loading={sending.sending}
              disabled={!isReady}
              onClick={() => send('nothing')}
            >
              {t('support.note.add')}
            </Button>
          ) : (
            <>
              <Button
                variant="primary"
                icon={Send}
                loading={sending.sending}
                // What keeps it stands above, with the way to send it all the same.
                disabled={!isReady || guard.stops}
                onClick={() => send('nothing')}
                data-tip={t('support.reply.send')}
                data-tip-keys="mod+enter"
              >
                {t('support.reply.send')}
              </Button>
              <Menu
                align="end"
                items={(['wait', 'resolve'] as const)
                  .filter((then) => then !== 'resolve' || !isResolved)
                  .map((then) => ({ label: t(`support.reply.send.${then}`), onSelect: () => send(then) }))}
                trigger={
                  <IconButton
                    icon={ChevronDown}
                    variant="primary"
                    disabled={!isReady || guard.stops}
                    label={t('support.reply.send.other')}
                  />
                }
              />
            </>
          )}
        </span>
      </div>
    </section>
  )
}

type SideButtonProps = { side: Side; on: boolean; onClick: (side: Side) => void }

function SideButton({ side, on, onClick }: SideButtonProps) {
  const t = useMessages()
  return (
    <Button
      size="small"
      icon={side === 'note' ? LockKeyhole : Reply}
      variant={on ? 'secondary' : 'ghost'}
      aria-pressed={on}
      data-tip={t(`support.side.${side}`)}
      data-tip-keys={side === 'note' ? 'n' : 'r'}
      onClick={() => onClick(side)}
      className={on ? 'font-semibold' : undefined}
    >
      {t(`support.side.${side}`)}
    </Button>
  )
}
