import { CircleHelp, ShieldAlert, ShieldCheck, ShieldX, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Card } from '#platform/ui/card.tsx'
import { CopyButton } from '#platform/ui/copy-button.tsx'
import { cx } from '#platform/ui/cx.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import type { Checked } from './checking.ts'

const looks: Record<Checked['verdict'], { icon: LucideIcon; colours: string }> = {
  unchanged: { icon: ShieldCheck, colours: 'bg-success-soft text-success-ink' },
  extended: { icon: ShieldAlert, colours: 'bg-warning-soft text-warning-ink' },
  altered: { icon: ShieldX, colours: 'bg-danger-soft text-danger-ink' },
  unknown: { icon: CircleHelp, colours: 'bg-warning-soft text-warning-ink' },
  no_pdf: { icon: CircleHelp, colours: 'bg-warning-soft text-warning-ink' },
}

export function Verdict({ checked, name }: { checked: Checked; name: string }) {
  const t = useMessages()
  const { verdict, document, file, sha256, added } = checked
  const { icon: Icon, colours } = looks[verdict]
  return (
    <div className="flex flex-col gap-4">
      <section className={cx('flex gap-3 rounded-card p-4', colours)}>
        <Icon size={20} aria-hidden className="mt-0.5 shrink-0" />
        <div className="min-w-0">
          <h2 className="text-16 font-semibold">{t(`billing.verify.${verdict}`)}</h2>
          <p className="mt-1 text-13 wrap-anywhere">{name}</p>
          <p className="mt-1 text-13">{t(`billing.verify.${verdict}.help`, { bytes: added })}</p>
        </div>
      </section>
      {document && (
        <Card title={t('billing.verify.issued')}>
          <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3">
            <Fact label={t('billing.verify.kind')}>{t(`billing.verify.kind.${document.typeCode}`)}</Fact>
            <Fact label={t('billing.verify.number')}>
              <span className="font-medium tabular-nums">{document.number}</span>
            </Fact>
            <Fact label={t('billing.verify.issuedOn')}>
              <DateText value={document.issuedOn} />
            </Fact>
            <Fact label={t('billing.verify.excl')}>
              <Money cents={document.exclCents} />
            </Fact>
            <Fact label={t('billing.verify.vat')}>
              <Money cents={document.vatCents} />
            </Fact>
            <Fact label={t('billing.verify.incl')}>
              <span className="font-semibold">
                <Money cents={document.inclCents} />
              </span>
            </Fact>
            <Fact label={t('billing.verify.seller')}>{document.seller}</Fact>
            {file && (
              <Fact label={t('billing.verify.sealedAt')}>
                <DateText value={file.sealedAt} show="instant" />
              </Fact>
            )}
          </dl>
        </Card>
      )}
      <div className="text-12 text-ink-muted">
        <p>{t('billing.verify.fingerprint')}</p>
        <p className="mt-1 flex flex-wrap items-center gap-2">
          <code className="wrap-anywhere tabular-nums">{sha256}</code>
          <CopyButton text={sha256} />
        </p>
      </div>
    </div>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-12 text-ink-muted">{label}</dt>
      <dd className="mt-0.5 text-14 wrap-anywhere">{children}</dd>
    </div>
  )
}
