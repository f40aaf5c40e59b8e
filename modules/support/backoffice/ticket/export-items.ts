import { FileDown, FileLock2 } from 'lucide-react'
import { exportTicket, exportTicketWithNotes } from '#contract/support'
import { hrefOf } from '#platform/ui/call.ts'
import type { MenuItem } from '#platform/ui/menu.tsx'
import type { Translate } from '#platform/ui/messages.tsx'

/** The conversation as a file: what was said, or the team's own notes too, which is another thing to ask for. */
export const exportItems = (id: string, t: Translate): MenuItem[] => [
  {
    group: ' ',
    label: t('support.export.plain'),
    icon: FileDown,
    onSelect: () => download(hrefOf(exportTicket, { params: { id } })),
  },
  {
    group: ' ',
    label: t('support.export.with-notes'),
    icon: FileLock2,
    onSelect: () => download(hrefOf(exportTicketWithNotes, { params: { id } })),
  },
]

/** Its name comes with it. */
function download(href: string): void {
  const link = document.createElement('a')
  link.href = href
  link.download = ''
  link.click()
}
