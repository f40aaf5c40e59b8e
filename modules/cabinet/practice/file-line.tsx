import { Download, FileImage, FileText } from 'lucide-react'
import type { ReactNode } from 'react'
import { type PracticeFile, readFile } from '#contract/cabinet'
import { hrefOf } from '#platform/ui/call.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'

const round = 'flex size-8 shrink-0 items-center justify-center rounded-control hover:bg-hover touch:size-10'

/** @param children what else can be done with it */
export function FileLine({ file, children }: { file: PracticeFile; children?: ReactNode }) {
  const t = useMessages()
  const formats = useFormats()
  const { id, name, mediaType, bytes, addedAt, addedBy } = file
  const Icon = mediaType.startsWith('image/') ? FileImage : FileText
  const download = t('cabinet.files.download', { name })
  return (
    <li className="flex items-center gap-3 border-t border-line py-2 text-13 first:border-t-0">
      <Icon aria-hidden size={16} className="shrink-0 text-ink-muted" />
      <div className="min-w-0 flex-1">
        <p className="font-medium wrap-anywhere">{name}</p>
        <p className="flex flex-wrap gap-x-1.5 text-12 text-ink-muted">
          <span>{t('cabinet.files.size', { kilobytes: formats.integer(Math.ceil(bytes / 1_000)) })}</span>
          <span aria-hidden>·</span>
          <DateText value={addedAt} show="dayTime" />
          {addedBy && (
            <>
              <span aria-hidden>·</span>
              <span>{t('cabinet.files.by', { name: addedBy })}</span>
            </>
          )}
        </p>
      </div>
      <a
        href={hrefOf(readFile, { params: { id } })}
        download
        aria-label={download}
        title={download}
        className={round}
      >
        <Download aria-hidden size={16} />
      </a>
      {children}
    </li>
  )
}
