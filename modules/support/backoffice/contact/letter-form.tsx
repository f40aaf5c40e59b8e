/** What is the same for every letter to a client: to whom, its words, its files, and what keeps it from leaving. */
import { Paperclip } from 'lucide-react'
import { type ClipboardEvent, type DragEvent, type ReactNode, useRef, useState } from 'react'
import { attachmentTypes, patientDataByMail } from '#contract/support'
import type { ApiError } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { Form } from '#platform/ui/form.tsx'
import { MarkdownField } from '#platform/ui/markdown-field.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { WaitingFiles } from '../ticket/attachments.tsx'
import { GuardBox } from '../ticket/guard-box.tsx'
import type { Files } from '../ticket/use-files.ts'
import type { Guard } from '../ticket/use-guard.ts'

type LetterProps = {
  to: string
  /** The ticket it is said in. */
  about?: string | undefined
  body: string
  onBody: (body: string) => void
  help: string
  files: Files
  guard: Guard
  sending: boolean
  error: ApiError | null
  /** Something would be lost by leaving. */
  dirty?: boolean | undefined
  onSend: (insists: boolean) => void
  onCancel: () => void
  /** Whether the fields above its words say what they must; else `onMissing` says so. */
  isComplete?: boolean | undefined
  onMissing?: (() => void) | undefined
  /** That what is written is kept, and where. */
  kept?: string | undefined
  /** Fields above its words. */
  children?: ReactNode
}

export function LetterForm(props: LetterProps) {
  const { to, about, body, files, guard, sending, error } = props
  const t = useMessages()
  const chosen = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [asked, setAsked] = useState(false)
  const isReady = body.trim() !== '' && files.coming.length === 0
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
    <Card className={over ? 'outline-2 outline-accent' : undefined}>
      <Form
        submit={t('support.contact.send')}
        saving={sending}
        // What the guard says stands beside the words.
        error={error?.code === patientDataByMail.code ? null : error}
        dirty={props.dirty}
        onSubmit={() => {
          setAsked(true)
          if (isReady && props.isComplete !== false) props.onSend(false)
          else props.onMissing?.()
        }}
        onCancel={props.onCancel}
      >
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-13 [&_dd]:wrap-anywhere [&_dt]:text-ink-muted">
          <dt>{t('support.contact.to')}</dt>
          <dd className="font-medium">{to}</dd>
          {about && (
            <>
              <dt>{t('support.ticket.one')}</dt>
              <dd lang="fr">{about}</dd>
            </>
          )}
        </dl>
        {props.children}
        {/* Files dropped and pasted anywhere in it are its own. */}
        {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
        <div
          onPaste={onPaste}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={onDrop}
        >
          <MarkdownField
            name="body"
            label={t('support.contact.body')}
            help={props.help}
            error={asked && body.trim() === '' ? t('support.contact.missing.body') : undefined}
            offers={['bold', 'italic', 'list', 'quote', 'link']}
            value={body}
            onChange={props.onBody}
          />
          <GuardBox guard={guard} busy={!isReady || sending} onInsist={() => props.onSend(true)} />
          <WaitingFiles files={files.files} coming={files.coming} onRemove={files.remove} />
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
          <p className="mt-2 flex flex-wrap items-center gap-2 text-12 text-ink-muted">
            <Button size="small" icon={Paperclip} onClick={() => chosen.current?.click()}>
              {t('support.file.add')}
            </Button>
            {files.coming.length > 0 && t('support.contact.files.wait')}
            {props.kept && <output className="ml-auto">{props.kept}</output>}
          </p>
        </div>
      </Form>
    </Card>
  )
}
