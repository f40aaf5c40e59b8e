import { Download } from 'lucide-react'
import { sqlExportFormats, sqlExportLimits, startSqlExport } from '#contract/sql-console'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Menu, type MenuItem } from '#platform/ui/menu.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { exportsTo } from './addresses.ts'

type ExportMenuProps = {
  /** A finished read, and which of its statements; nothing else is read once more. */
  of: { runId: string; statement: number } | undefined
  /** Rows there are on the screen. */
  shown: number
  /** Undefined of what is unmasked for a while. */
  onSaveShown: (() => void) | undefined
}

/** What is seen goes into a file at once; the whole of it by a job. */
export function ExportMenu({ of, shown, onSaveShown }: ExportMenuProps) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const start = useEndpoint(startSqlExport, {
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
    onSuccess: () =>
      notify.told({
        title: t('sql.export.asked'),
        description: t('sql.export.asked.help', { rows: formats.integer(sqlExportLimits.rows) }),
      }),
  })
  const whole: MenuItem[] =
    of && may('sql.export')
      ? [
          ...sqlExportFormats.map((format) => ({
            label: t(`sql.export.${format}`),
            group: t('sql.export.whole'),
            onSelect: () =>
              start.mutate({ params: { id: of.runId }, body: { statement: of.statement, format } }),
          })),
          { label: t('sql.export.seen'), group: ' ', to: exportsTo },
        ]
      : []
  const here: MenuItem = {
    label: t('sql.export.shown.csv'),
    group: t('sql.export.shown', { count: shown, shown: formats.integer(shown) }),
    disabled: onSaveShown === undefined,
    onSelect: onSaveShown,
  }
  return (
    <Menu
      align="end"
      items={[here, ...whole]}
      trigger={
        <Button size="small" variant="ghost" icon={Download} loading={start.isPending}>
          {t('sql.export')}
        </Button>
      }
    />
  )
}
