import { Paperclip } from 'lucide-react'
import type { ReceivedMail } from '#contract/support'
import { cx } from '#platform/ui/cx.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { sizeInWords } from '../ticket/attachments.tsx'

/** What came along, by name; nothing of it opens before somebody said whose it is. */
export function ReceivedFiles({ files }: { files: ReceivedMail['fileList'] }) {
  const t = useMessages()
  const formats = useFormats()
  if (files.length === 0) return null
  return (
    <div className="mt-4">
      <ul aria-label={t('support.files')} className="flex flex-wrap gap-1.5 text-12">
        {files.map(({ name, bytes, why }, place) => (
          <li
            key={place}
            className={cx(
              'flex max-w-full flex-wrap items-center gap-x-1.5 rounded-control border border-line px-2 py-1',
              why && 'border-dashed text-ink-muted',
            )}
          >
            <Paperclip aria-hidden size={14} className="shrink-0 text-ink-muted" />
            <span lang="fr" className={cx('min-w-0 wrap-anywhere', why && 'line-through')}>
              {name}
            </span>
            <span className="text-ink-muted">
              {sizeInWords(bytes, t, formats)}
              {why && ` · ${t(`support.received.file.${why}`)}`}
            </span>
          </li>
        ))}
      </ul>
      {files.some(({ why }) => why === null) && (
        <p className="mt-1 text-12 text-ink-muted">{t('support.received.file.help')}</p>
      )}
    </div>
  )
}
