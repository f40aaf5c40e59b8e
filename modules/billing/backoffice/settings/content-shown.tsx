/** What settings say, line by line. */
import type { ReactNode } from 'react'
import { phoneShown } from '#platform/contract/phones.ts'
import type { SettingContents, SettingKind, SettingVersion } from '#contract/billing'
import type { Formats } from '#platform/ui/formats.ts'
import { type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { ibanByFours } from './iban.ts'
import { sampleLetters } from './letter-sample.ts'
import { nextOn, numberOf, type NextNumbers } from './next-numbers.ts'
import type { Settings } from './setting-section.tsx'

type Line = [label: string, value: ReactNode]
type Said = [t: Translate, formats: Formats, next: NextNumbers]

type ContentShownProps = {
  version: Pick<SettingVersion, 'kind' | 'content'>
  /** The first day of which numbers are shown. */
  day: string
  settings: Settings
}

export function ContentShown({ version, day, settings }: ContentShownProps) {
  const t = useMessages()
  const formats = useFormats()
  if (version.kind === 'dunning')
    return <Steps steps={(version.content as SettingContents['dunning']).steps} settings={settings} />
  // A version's content is of its own kind.
  const lines = (linesOf[version.kind] as (content: unknown, ...said: Said) => Line[])(
    version.content,
    t,
    formats,
    nextOn(day, settings),
  )
  return (
    <dl className="grid gap-x-6 gap-y-2 text-13 sm:grid-cols-[12rem_minmax(0,1fr)]">
      {lines.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-ink-muted max-sm:-mb-1.5 max-sm:text-12">{label}</dt>
          <dd className="min-w-0 break-words whitespace-pre-line tabular-nums">
            {value === '' || value === null ? (
              <span className="text-ink-muted">{t('billing.settings.nothing')}</span>
            ) : (
              value
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

const linesOf: {
  [Kind in Exclude<SettingKind, 'dunning'>]: (content: SettingContents[Kind], ...said: Said) => Line[]
} = {
  identity: (one, t, formats) => [
    [t('billing.settings.identity.name'), one.name],
    [
      t('billing.settings.identity.form'),
      one.soleTrader ? t('billing.settings.identity.sole') : one.legalForm,
    ],
    ...(one.soleTrader
      ? []
      : [
          [
            t('billing.settings.identity.capital'),
            one.capitalCents === null ? '' : formats.money(one.capitalCents),
          ] satisfies Line,
        ]),
    [t('billing.settings.identity.siren'), grouped(one.siren)],
    [t('billing.settings.identity.siret'), one.siret === null ? '' : grouped(one.siret)],
    [t('billing.settings.identity.rcs'), one.rcsCity ?? ''],
    [t('billing.settings.identity.vat'), one.vatNumber ?? ''],
    [
      t('billing.settings.identity.address'),
      [...one.address.lines, `${one.address.postcode} ${one.address.city}`].join('\n'),
    ],
    [t('billing.settings.identity.email'), one.email],
    [t('billing.settings.identity.phone'), one.phone === null ? '' : phoneShown(one.phone)],
    [
      t('billing.settings.identity.electronic'),
      `${one.electronicAddress.scheme}:${one.electronicAddress.value}`,
    ],
  ],
  vat: (one, t, formats) => [
    [t('billing.settings.vat.regime'), t(`billing.settings.vat.regime.${one.regime}`)],
    [t('billing.settings.vat.default'), formats.rate(one.defaultBasisPoints)],
    [t('billing.settings.vat.debits'), t(one.onDebits ? 'billing.settings.yes' : 'billing.settings.no')],
  ],
  bank: (one, t) => [
    [t('billing.settings.bank.holder'), one.holder],
    [t('billing.settings.bank.iban'), ibanByFours(one.iban)],
    [t('billing.settings.bank.bic'), one.bic],
    [t('billing.settings.bank.creditor'), one.creditorId ?? ''],
  ],
  terms: (one, t, formats) => [
    [t('billing.settings.terms.days'), t('billing.settings.terms.days.value', { days: one.paymentDays })],
    [t('billing.settings.terms.discount'), one.discountTerms],
    [
      t('billing.settings.terms.penalty'),
      one.penaltyKind === 'fixed'
        ? t('billing.settings.terms.penalty.fixed.rate', { rate: formats.rate(one.penaltyBasisPoints) })
        : t(`billing.settings.terms.penalty.${one.penaltyKind}`),
    ],
    [t('billing.settings.terms.indemnity'), formats.money(one.indemnityCents)],
    [t('billing.settings.terms.confidentiality'), one.confidentiality ?? ''],
    [t('billing.settings.terms.note'), one.note],
  ],
  numbering: ({ invoicePrefix, creditNotePrefix, quotePrefix, digits }, t, _, next) => [
    [t('billing.settings.numbering.invoice'), numberOf(invoicePrefix, digits, next.invoice, next.year)],
    [t('billing.settings.numbering.credit'), numberOf(creditNotePrefix, digits, next.creditNote, next.year)],
    [t('billing.settings.numbering.quote'), numberOf(quotePrefix, digits, next.quote, next.year)],
  ],
  appearance: (one, t) => [
    [
      t('billing.settings.appearance.logo'),
      one.logo ? (
        <img
          src={`data:${one.logo.mediaType};base64,${one.logo.base64}`}
          alt={t('billing.settings.appearance.logo.alt')}
          className="max-h-16 max-w-48 rounded-small border border-line p-1"
          // Paper is white by night too.
          style={{ backgroundColor: '#fff' }}
        />
      ) : null,
    ],
    [
      t('billing.settings.appearance.accent'),
      <span key="accent" className="inline-flex items-center gap-2">
        <span
          aria-hidden
          className="size-4 rounded-small border border-line"
          style={{ backgroundColor: one.accent }}
        />
        {one.accent}
      </span>,
    ],
    [t('billing.settings.appearance.footer'), one.footer],
    [t('billing.settings.appearance.business'), one.businessNote],
    [t('billing.settings.appearance.private'), one.privateNote],
  ],
}

function Steps({ steps, settings }: SettingContents['dunning'] & { settings: Settings }) {
  const t = useMessages()
  const formats = useFormats()
  const filled = sampleLetters({ settings, t, formats })
  if (steps.length === 0)
    return <p className="text-13 text-ink-muted">{t('billing.settings.dunning.none')}</p>
  return (
    <>
      <p className="mb-3 text-12 text-ink-muted">{t('billing.settings.dunning.sample')}</p>
      <ol className="flex flex-col gap-3">
        {steps.map((step, place) => (
          <li key={step.daysLate} className="rounded-control border border-line px-3 py-2.5 text-13">
            <p className="flex flex-wrap items-baseline gap-x-2 font-medium">
              {t('billing.settings.dunning.step', { step: place + 1 })}
              <span className="text-12 font-regular text-ink-muted">
                {t('billing.settings.dunning.after', { days: step.daysLate })}
                {step.withPenalties && ` · ${t('billing.settings.dunning.claims')}`}
              </span>
            </p>
            <p className="mt-1" lang="fr">
              {filled(step.subject, step.daysLate)}
            </p>
            <details className="mt-1 text-12 text-ink-muted">
              <summary className="w-fit cursor-pointer rounded-small">
                {t('billing.settings.dunning.read')}
              </summary>
              <p className="mt-1 whitespace-pre-line" lang="fr">
                {filled(step.body, step.daysLate)}
              </p>
            </details>
          </li>
        ))}
      </ol>
    </>
  )
}

/** 123 456 782 00010 */
const grouped = (digits: string) => digits.replace(/^(\d{3})(\d{3})(\d{3})(\d*)$/, '$1 $2 $3 $4').trim()
