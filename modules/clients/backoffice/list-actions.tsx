import { ChevronDown, Download, Ellipsis, Upload } from 'lucide-react'
import { useState } from 'react'
import { exportFormats, startClientExport } from '#contract/clients'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useNarrow } from '#platform/ui/media.ts'
import { Menu, type MenuItem } from '#platform/ui/menu.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { importTo, type ListAddress } from './addresses.ts'
import { FileWatch, type FileWatchWords } from '#platform/ui/file-watch.tsx'

/** What is said of an export as it comes. */
const exportWords: FileWatchWords = {
  started: { title: 'clients.export.started', help: 'clients.export.started.help' },
  done: 'clients.export.done',
  again: 'clients.export.again',
  failed: 'clients.export.failed',
  failedHelp: () => 'clients.export.failed.help',
}

type ListActionsProps = { list: ListAddress; count: number | undefined }

/** Lists go out and come in: exactly the one in sight, in its order, to a file; a file of another system into this one. */
export function ListActions({ list, count }: ListActionsProps) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const narrow = useNarrow()
  const [job, setJob] = useState<string | null>(null)
  const start = useEndpoint(startClientExport, {
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
    onSuccess: ({ jobId }) => setJob(jobId),
  })
  const { sort, ...filter } = list
  const exports: MenuItem[] = may('clients.export')
    ? exportFormats.map((format) => ({
        label: t(`clients.export.${format}`),
        group: count === undefined ? '' : t('clients.export.what', { count, shown: formats.integer(count) }),
        onSelect: () => start.mutate({ body: { format, filter, sort } }),
      }))
    : []
  const watch = job && <FileWatch key={job} job={job} words={exportWords} onEnd={() => setJob(null)} />
  if (!may('clients.export') && !may('clients.import')) return null
  if (narrow) {
    const incoming = may('clients.import')
      ? [{ label: t('clients.import.title'), icon: Upload, to: importTo }]
      : []
    return (
      <>
        <Menu
          align="end"
          items={[...exports, ...incoming]}
          trigger={<IconButton icon={Ellipsis} label={t('clients.more-actions')} variant="secondary" />}
        />
        {watch}
      </>
    )
  }
  return (
    <>
      {exports.length > 0 && (
        <Menu
          align="end"
          items={exports}
          trigger={
            <Button icon={Download} loading={start.isPending}>
              {t('clients.export')}
              <ChevronDown aria-hidden size={16} className="-mr-1 text-ink-muted" />
            </Button>
          }
        />
      )}
      {may('clients.import') && (
        <ButtonLink to={importTo} icon={Upload}>
          {t('clients.import')}
        </ButtonLink>
      )}
      {watch}
    </>
  )
}
