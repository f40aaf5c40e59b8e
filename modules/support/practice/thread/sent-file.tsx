import { Download, Eye } from 'lucide-react'
import { useState } from 'react'
import { getOwnAttachment, previewed, type TicketAttachment } from '#contract/support'
import { hrefOf } from '#platform/ui/call.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { FileIcon, FileSize } from '../writing/files.tsx'

/** A file of a message. Each look at one is written down, so a picture is shown when it is asked for. */
export function SentFile({ ticketId, file }: { ticketId: string; file: TicketAttachment }) {
  const t = useMessages()
  const [shown, setShown] = useState(false)
  const { id, name, mediaType, bytes } = file
  const href = hrefOf(getOwnAttachment, { params: { id: ticketId, attachmentId: id } })
  const download = t('support.own.files.download', { name })
  return (
    <li className="rounded-control border border-line bg-surface text-13">
      <div className="flex items-center gap-2 pl-2.5">
        <FileIcon mediaType={mediaType} />
        <span className="min-w-0 flex-1 truncate">{name}</span>
        <FileSize bytes={bytes} />
        {previewed.includes(mediaType) && (
          <IconButton
            icon={Eye}
            aria-pressed={shown}
            label={t('support.own.files.show', { name })}
            onClick={() => setShown(!shown)}
          />
        )}
        <a
          href={href}
          download
          aria-label={download}
          title={download}
          className="flex size-8 shrink-0 items-center justify-center rounded-control hover:bg-hover touch:size-10"
        >
          <Download aria-hidden size={16} />
        </a>
      </div>
      {shown && (
        <img src={href} alt={name} className="max-h-128 max-w-full rounded-b-control border-t border-line" />
      )}
    </li>
  )
}
