import { Download, FileSpreadsheet, ImageDown, Presentation } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '#platform/ui/button.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Tooltip } from '#platform/ui/tooltip.tsx'
import type { ExportKind } from './exporting.ts'

type DashboardHeaderProps = {
  asOf: ReactNode
  period: ReactNode
  /** Missing while there is nothing to export. */
  onExport: ((kind: ExportKind) => void) | undefined
  onMeeting: () => void
}

export function DashboardHeader({ asOf, period, onExport, onMeeting }: DashboardHeaderProps) {
  const t = useMessages()
  return (
    <PageHeader
      title={t('dashboard.title')}
      count={asOf}
      secondary={
        <>
          {period}
          <Menu
            align="end"
            trigger={
              <Button icon={Download} disabled={!onExport}>
                {t('dashboard.export')}
              </Button>
            }
            items={[
              {
                label: t('dashboard.export.csv'),
                icon: FileSpreadsheet,
                onSelect: () => onExport?.('csv'),
              },
              { label: t('dashboard.export.png'), icon: ImageDown, onSelect: () => onExport?.('png') },
            ]}
          />
          <Tooltip text={t('dashboard.meeting.help')} shortcut="m">
            {/* A telephone is no screen for a meeting. */}
            <Button icon={Presentation} onClick={onMeeting} className="max-sm:hidden">
              {t('dashboard.meeting')}
            </Button>
          </Tooltip>
        </>
      }
    />
  )
}
