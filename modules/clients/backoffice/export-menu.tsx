import { ChevronDown, Download } from 'lucide-react'
import { useState } from 'react'
import { exportFormats, startClientExport } from '#contract/clients'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Menu } from '#platform/ui/menu.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import type { ListAddress } from './addresses.ts'
import { ExportWatch } from './export-watch.tsx'

type ExportMenuProps = { list: ListAddress; count: number | undefined }

/** Writes exactly the list in sight, in its order, to a file. */
export function ExportMenu({ list, count }: ExportMenuProps) {
  const t = useMessages()
  const formats = useFormats()
  const [job, setJob] = useState<string | null>(null)
  const start = useEndpoint(startClientExport, {
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
    onSuccess: ({ jobId }) => {
      notify.told({ title: t('clients.export.started'), description: t('clients.export.started.help') })
      setJob(jobId)
    },
  })
  const { sort, ...filter } = list
  return (
    <>
      <Menu
        align="end"
        header={
          count !== undefined && (
            <p className="text-12 text-ink-muted">
              {t('clients.export.what', { count, shown: formats.integer(count) })}
            </p>
          )
        }
        items={exportFormats.map((format) => ({
          label: t(`clients.export.${format}`),
          onSelect: () => start.mutate({ body: { format, filter, sort } }),
        }))}
        trigger={
          <Button icon={Download} loading={start.isPending}>
            {t('clients.export')}
            <ChevronDown aria-hidden size={16} className="-mr-1 text-ink-muted" />
          </Button>
        }
      />
      {job && <ExportWatch key={job} job={job} onEnd={() => setJob(null)} />}
    </>
  )
}
