import { Download } from 'lucide-react'
import type { ReportTable, Span } from '#contract/support'
import { buttonClass } from '#platform/ui/button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { fileOf } from './address.ts'

/** What a card shows, as a file. */
export function CsvLink({ table, span, title }: { table: ReportTable; span: Span; title: string }) {
  const t = useMessages()
  const may = useMay()
  // What customers wrote goes out with the right to export clients, as the server has it.
  if (table === 'ratings' && !may('clients.export')) return null
  return (
    <a
      href={fileOf(table, span)}
      download
      aria-label={t('support.report.csv.of', { table: title })}
      className={buttonClass({ variant: 'ghost', size: 'small' })}
    >
      <Download aria-hidden size={16} />
      {t('support.report.csv')}
    </a>
  )
}
