import { Paperclip, X } from 'lucide-react'
import { getTicketAttachment, previewed, type TicketAttachment } from '#contract/support'
import { hrefOf } from '#platform/ui/call.ts'
import type { Formats } from '#platform/ui/formats.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'

/** « 12 ko », « 3,4 Mo ». */
export function sizeInWords(bytes: number, t: Translate, formats: Formats): string {
  return bytes < 1_000_000
    ? t('support.file.kilobytes', { size: formats.integer(Math.max(1, Math.round(bytes / 1_000))) })
    : t('support.file.megabytes', { size: formats.decimal(Math.round(bytes / 100_000) / 10) })
}

type AttachmentsProps = { ticketId: string; files: readonly TicketAttachment[] }

/** Pictures are shown, everything else is downloaded. */
export function Attachments({ ticketId, files }: AttachmentsProps) {
  const t = useMessages()
  const formats = useFormats()
  if (files.length === 0) return null
  const hrefTo = ({ id }: TicketAttachment) =>
    hrefOf(getTicketAttachment, { params: { id: ticketId, attachmentId: id } })
  return (
    <ul aria-label={t('support.files')} className="mt-2 flex flex-wrap gap-2">
      {files.map((file) => (
        <li key={file.id} className="min-w-0">
          {previewed.includes(file.mediaType) ? (
            <a
              href={hrefTo(file)}
              target="_blank"
              rel="noopener noreferrer"
              title={file.name}
              // Small pictures are pressed with a thumb too.
              className="inline-flex min-h-8 min-w-8 touch:min-h-10 touch:min-w-10"
            >
              <img
                src={hrefTo(file)}
                alt={file.name}
                loading="lazy"
                className="max-h-40 max-w-full rounded-control border border-line bg-surface object-contain"
              />
            </a>
          ) : (
            <a
              href={hrefTo(file)}
              download={file.name}
              className="inline-flex max-w-full items-center gap-1.5 rounded-control border border-line bg-surface px-2 py-1 text-12 text-ink hover:bg-hover"
            >
              <Paperclip aria-hidden size={14} className="shrink-0 text-ink-muted" />
              <span className="truncate">{file.name}</span>
              <span className="shrink-0 text-ink-muted">{sizeInWords(file.bytes, t, formats)}</span>
            </a>
          )}
        </li>
      ))}
    </ul>
  )
}

type WaitingFilesProps = {
  files: readonly TicketAttachment[]
  /** Names of those on their way. */
  coming: readonly string[]
  onRemove: (file: TicketAttachment) => void
}

/** Files of the message one is writing. */
export function WaitingFiles({ files, coming, onRemove }: WaitingFilesProps) {
  const t = useMessages()
  const formats = useFormats()
  if (files.length + coming.length === 0) return null
  return (
    <ul aria-label={t('support.files.waiting')} className="mt-2 flex flex-wrap gap-1.5 text-12">
      {files.map((file) => (
        <li
          key={file.id}
          className="flex max-w-full items-center gap-1.5 rounded-control border border-line bg-surface pl-2"
        >
          <Paperclip aria-hidden size={14} className="shrink-0 text-ink-muted" />
          <span className="truncate">{file.name}</span>
          <span className="shrink-0 text-ink-muted">{sizeInWords(file.bytes, t, formats)}</span>
          <IconButton
            icon={X}
            size="small"
            label={t('support.file.remove', { name: file.name })}
            onClick={() => onRemove(file)}
          />
        </li>
      ))}
      {coming.map((name, place) => (
        <li
          key={`${place} ${name}`}
          className="flex h-control-small items-center rounded-control border border-line px-2 text-ink-muted"
        >
          {t('support.file.coming', { name })}
        </li>
      ))}
    </ul>
  )
}
