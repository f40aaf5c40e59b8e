import { ChevronDown, Download } from 'lucide-react'
import { useState } from 'react'
import { auditExportFormats, auditExportLimits, startAuditExport } from '#contract/audit'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Menu } from '#platform/ui/menu.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { type LogFilters, queryOf } from './log-state.ts'
import { FileWatch, type FileWatchWords } from '#platform/ui/file-watch.tsx'

/** What is said of an export as it comes. */
const exportWords: FileWatchWords = {
  started: { title: 'audit.export.started', help: 'audit.export.started.help' },
  done: 'audit.export.done',
  again: 'audit.export.again',
  failed: 'audit.export.failed',
  failedHelp: () => 'audit.export.failed.help',
}

type ExportMenuProps = { filters: LogFilters; count: number | undefined }

/** Exactly the entries in sight, to a file: a sheet to read, or a document whose entries prove themselves. */
export function ExportMenu({ filters, count }: ExportMenuProps) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const [job, setJob] = useState<string | null>(null)
  const start = useEndpoint(startAuditExport, {
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
    onSuccess: ({ jobId }) => setJob(jobId),
  })
  if (!may('audit.export')) return null
  const what = count === undefined ? '' : t('audit.export.what', { count, shown: formats.integer(count) })
  return (
    <>
      <Menu
        align="end"
        items={auditExportFormats.map((format) => ({
          label: t(`audit.export.${format}`),
          group: what,
          disabled: count !== undefined && count > auditExportLimits[format],
          onSelect: () => start.mutate({ body: { format, filter: queryOf(filters) } }),
        }))}
        trigger={
          <Button icon={Download} loading={start.isPending}>
            {t('audit.export')}
            <ChevronDown aria-hidden size={16} className="-mr-1 text-ink-muted" />
          </Button>
        }
      />
      {job && <FileWatch key={job} job={job} words={exportWords} onEnd={() => setJob(null)} />}
    </>
  )
}
