import { Archive, type LucideIcon, ShieldX, Trash2, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Patient } from '#contract/patients'
import { Button } from '#platform/ui/button.tsx'
import { cx } from '#platform/ui/cx.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

/** What must be known before anything is done with this patient. */
export function Banners({
  patient,
  onAddHolder,
}: {
  patient: Patient
  onAddHolder: (() => void) | undefined
}) {
  const t = useMessages()
  return (
    <>
      {patient.erasedAt && (
        <Banner icon={ShieldX}>
          {t.rich('patients.erased.banner', {
            date: <DateText key="date" value={patient.erasedAt} show="dayTime" />,
          })}
        </Banner>
      )}
      {patient.trashedAt && !patient.erasedAt && (
        <Banner icon={Trash2}>
          {t.rich('patients.trash.banner', {
            date: <DateText key="date" value={patient.trashedAt} show="dayTime" />,
          })}
        </Banner>
      )}
      {patient.archivedAt && !patient.trashedAt && (
        <Banner icon={Archive} calm>
          {t.rich('patients.archive.banner', { date: <DateText key="date" value={patient.archivedAt} /> })}
        </Banner>
      )}
      {patient.authorityMissing && (
        <Banner
          icon={TriangleAlert}
          action={
            onAddHolder && (
              <Button size="small" onClick={onAddHolder}>
                {t('patients.authority-missing.add')}
              </Button>
            )
          }
        >
          <span className="font-medium">{t('patients.authority-missing')}.</span>{' '}
          {t('patients.authority-missing.help')}
        </Banner>
      )}
    </>
  )
}

type BannerProps = { icon: LucideIcon; calm?: boolean; action?: ReactNode; children: ReactNode }

function Banner({ icon: Icon, calm = false, action, children }: BannerProps) {
  return (
    <div
      className={cx(
        'mb-4 flex flex-wrap items-center gap-2 rounded-control px-3 py-2 text-13',
        calm ? 'bg-neutral-soft text-neutral-ink' : 'bg-warning-soft text-warning-ink',
      )}
    >
      <Icon aria-hidden size={16} className="shrink-0" />
      <p className="min-w-0 flex-1 basis-60">{children}</p>
      {action}
    </div>
  )
}
