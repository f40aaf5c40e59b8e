/** What is owed, what came in, and the notes that say so: three lists of the same money. */
import { FilePlus2, HandCoins, ReceiptText } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#platform/ui/button.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { ButtonLink, useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Tabs } from '#platform/ui/tabs.tsx'
import { type FeesTab, newNoteTo } from './addresses.ts'
import { DueList } from './dues/due-list.tsx'
import { ExtraFeeDialog } from './extra-fee-dialog.tsx'
import { type FeesState, useFeesState } from './fees-state.ts'
import { NoteList } from './notes/note-list.tsx'
import { NoteSheet } from './notes/note-sheet.tsx'
import { PayDialog, type Paying } from './paying/pay-dialog.tsx'
import { PaymentList } from './payments/payment-list.tsx'

export function FeesPage() {
  const t = useMessages()
  const may = useMay()
  const go = useGo()
  const [state, change] = useFeesState()
  const [paying, setPaying] = useState<Paying | null>(null)
  const [adding, setAdding] = useState(false)
  const manages = may('fees.manage')
  const tab: FeesTab = state.tab ?? 'dues'
  // One list's state means nothing to another.
  const toTab = (next: FeesTab) => change({ tab: next, state: undefined, method: undefined, note: undefined })
  const shared = { state, change, onPay: setPaying }
  return (
    <>
      <PageHeader
        title={t('fees.title')}
        primary={
          manages && (
            <Button variant="primary" icon={HandCoins} onClick={() => change({ pay: '1' })}>
              {t('fees.pay')}
            </Button>
          )
        }
        secondary={
          manages && (
            <>
              <span className="flex gap-2 max-sm:hidden">
                <Button icon={ReceiptText} onClick={() => setAdding(true)}>
                  {t('fees.extra.new')}
                </Button>
                <ButtonLink to={newNoteTo(state.patient)} icon={FilePlus2}>
                  {t('fees.note.new.short')}
                </ButtonLink>
              </span>
              <span className="sm:hidden">
                <Menu
                  align="end"
                  trigger={<Button icon={FilePlus2}>{t('fees.more')}</Button>}
                  items={[
                    {
                      label: t('fees.note.new'),
                      icon: FilePlus2,
                      onSelect: () => go(newNoteTo(state.patient)),
                    },
                    { label: t('fees.extra.new'), icon: ReceiptText, onSelect: () => setAdding(true) },
                  ]}
                />
              </span>
            </>
          )
        }
      />
      <Tabs
        label={t('fees.tabs')}
        value={tab}
        onChange={toTab}
        tabs={[
          { value: 'dues', label: t('fees.tab.dues'), panel: <DueList {...shared} /> },
          { value: 'payments', label: t('fees.tab.payments'), panel: <PaymentList {...shared} /> },
          { value: 'notes', label: t('fees.tab.notes'), panel: <NoteList {...shared} /> },
        ]}
      />
      <PayDialog
        paying={paying ?? (state.pay && manages ? payingAt(state) : null)}
        onClose={() => {
          setPaying(null)
          if (state.pay) change({ pay: undefined }, { replace: true })
        }}
      />
      <ExtraFeeDialog open={adding} onClose={() => setAdding(false)} />
      <NoteSheet id={state.note ?? null} onClose={() => change({ note: undefined }, { replace: true })} />
    </>
  )
}

/** Of whom the list is filtered by, nobody else is asked for. */
const payingAt = ({ patient }: FeesState): Paying => (patient ? { patient: { id: patient } } : {})
