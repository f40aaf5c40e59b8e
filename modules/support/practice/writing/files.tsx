import { Camera, FileImage, FileText, Paperclip, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { addOwnAttachment, attachmentLimit, type TicketAttachment } from '#contract/support'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { discardFile, type KeptDraft } from './draft.ts'

/** What it is, the server sees from its bytes: this only spares people files that it refuses. */
const accepted = '.png,.jpg,.jpeg,.gif,.webp,.pdf,.txt,.csv,.zip,.xlsx,.docx,.odt'

export type FilesToSend = {
  /** Names of those on their way. */
  coming: readonly string[]
  add: (files: Iterable<File>) => void
  remove: (file: TicketAttachment) => void
}

/** Files go as soon as they are chosen, each by itself; the message names those that arrived. */
export function useFilesToSend({ draft, change }: KeptDraft): FilesToSend {
  const t = useMessages()
  const formats = useFormats()
  const [coming, setComing] = useState<readonly string[]>([])
  // Which one: the window in which it was chosen is gone.
  const refused = (name: string, why: string) =>
    notify.failed({ title: t('support.own.files.refused', { name }), description: why })
  const upload = useEndpoint(addOwnAttachment)
  async function send(file: File) {
    const name = file.name.slice(-255)
    setComing((names) => [...names, name])
    try {
      const bytes = file.slice(0, file.size, 'application/octet-stream')
      const added = await upload.mutateAsync({ params: { id: draft.id }, query: { name }, file: bytes })
      change(({ files }) => ({ files: [...files, added] }))
    } catch (error) {
      refused(name, sentenceOf(error, t))
    } finally {
      setComing((names) => names.toSpliced(names.indexOf(name), 1))
    }
  }
  return {
    coming,
    add(files) {
      let room = attachmentLimit.count - draft.files.length - coming.length
      for (const file of files) {
        if (file.size > attachmentLimit.bytes)
          refused(
            file.name,
            t('support.own.files.too-large', {
              megabytes: formats.integer(attachmentLimit.bytes / 1_048_576),
            }),
          )
        else if (room-- <= 0)
          refused(file.name, t('support.own.files.too-many', { count: attachmentLimit.count }))
        else void send(file)
      }
    },
    remove: (gone) => {
      change(({ files }) => ({ files: files.filter(({ id }) => id !== gone.id) }))
      discardFile(draft.id, gone)
    },
  }
}

/** By button, by the camera of a telephone; dropping and pasting are the form's. */
export function FilesField({ kept, files }: { kept: KeptDraft; files: FilesToSend }) {
  const t = useMessages()
  const { draft } = kept
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <FileButton
          icon={Paperclip}
          label={t('support.own.files.add')}
          accept={accepted}
          onFiles={files.add}
          multiple
        />
        <FileButton
          icon={Camera}
          label={t('support.own.files.photo')}
          // Those a telephone would else send in a format of its own.
          accept="image/jpeg,image/png"
          capture
          onFiles={files.add}
        />
        <p className="text-12 text-ink-muted touch:hidden">{t('support.own.files.help')}</p>
      </div>
      {(draft.files.length > 0 || files.coming.length > 0) && (
        <ul aria-label={t('support.own.files')} className="flex flex-col gap-1">
          {draft.files.map((file) => (
            <li key={file.id} className="flex items-center gap-2 rounded-control bg-sunken pl-2.5 text-13">
              <FileIcon mediaType={file.mediaType} />
              <span className="min-w-0 flex-1 truncate">{file.name}</span>
              <FileSize bytes={file.bytes} />
              <IconButton
                icon={X}
                size="small"
                label={t('support.own.files.remove', { name: file.name })}
                onClick={() => files.remove(file)}
              />
            </li>
          ))}
          {files.coming.map((name, place) => (
            <li
              key={place}
              aria-busy
              className="flex h-control-small items-center gap-2 rounded-control bg-sunken px-2.5 text-13 text-ink-muted"
            >
              <Paperclip aria-hidden size={16} className="shrink-0" />
              <span className="min-w-0 flex-1 truncate">{t('support.own.files.coming', { name })}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

export function FileIcon({ mediaType }: { mediaType: string }) {
  const Icon = mediaType.startsWith('image/') ? FileImage : FileText
  return <Icon aria-hidden size={16} className="shrink-0 text-ink-muted" />
}

export function FileSize({ bytes }: { bytes: number }) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <span className="text-12 whitespace-nowrap text-ink-muted tabular-nums">
      {t('support.own.files.size', { kilobytes: formats.integer(Math.ceil(bytes / 1_000)) })}
    </span>
  )
}

type FileButtonProps = {
  icon: typeof Paperclip
  label: string
  accept: string
  multiple?: boolean
  /** Opens the camera, and stands on telephones alone. */
  capture?: boolean
  onFiles: (files: File[]) => void
}

function FileButton({ icon, label, accept, multiple = false, capture = false, onFiles }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept={accept}
        multiple={multiple}
        {...(capture && { capture: 'environment' as const })}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <Button
        icon={icon}
        className={capture ? 'hidden! touch:inline-flex!' : undefined}
        onClick={() => input.current?.click()}
      >
        {label}
      </Button>
    </>
  )
}
