import { Eye, ExternalLink } from 'lucide-react'
import { useState } from 'react'
import { previewSettings, type SettingContents, type SettingKind } from '#contract/billing'
import { Button, buttonClass } from '#platform/ui/button.tsx'
import { hrefOf } from '#platform/ui/call.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { useSettled } from '#platform/ui/settled.ts'
import { useDrawnSample } from './drawn-sample.ts'

const audiences = ['business', 'private'] as const

type SettingPreviewProps = {
  companyId: string
  kind: SettingKind
  content: unknown
  /** What the form began with. */
  begun: unknown
  day: string
}

/** A sample invoice with what is typed, drawn by what draws the real ones. */
export function SettingPreview(props: SettingPreviewProps) {
  const t = useMessages()
  const [open, setOpen] = useState(false)
  if (open) return <Sample {...props} />
  return (
    <Button icon={Eye} className="self-start" onClick={() => setOpen(true)}>
      {t('billing.settings.preview')}
    </Button>
  )
}

function Sample({ companyId, kind, content, begun, day }: SettingPreviewProps) {
  const t = useMessages()
  const [audience, setAudience] = useState<(typeof audiences)[number]>('business')
  const logo = logoOf(kind, content)
  const settled = useSettled(JSON.stringify(withoutLogo(kind, content)), 500)
  const query = {
    company: companyId,
    audience,
    kind,
    content: settled,
    logo: kind === 'appearance' && !logo ? ('none' as const) : ('kept' as const),
    ...(day !== '' && { day }),
  }
  const picture = useDrawnSample(query, logo)
  // The PDF is drawn by the server alone, which has no logo but the one that is saved.
  const isLogoSaved = JSON.stringify(logo) === JSON.stringify(logoOf(kind, begun))
  return (
    <section aria-label={t('billing.settings.preview')} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <div className="w-48">
          <Select
            label={t('billing.settings.preview.audience')}
            options={audiences.map((value) => ({ value, label: t(`billing.settings.audience.${value}`) }))}
            value={audience}
            onChange={setAudience}
          />
        </div>
        {isLogoSaved && (
          <a
            href={hrefOf(previewSettings, { query: { ...query, as: 'pdf' } })}
            target="_blank"
            rel="noreferrer"
            className={buttonClass({ variant: 'ghost' })}
          >
            <ExternalLink aria-hidden size={16} />
            {t('billing.settings.preview.pdf')}
          </a>
        )}
      </div>
      {picture === null && (
        <p className="rounded-control bg-sunken px-3 py-6 text-center text-13 text-ink-muted">
          {t('billing.settings.preview.not_yet')}
        </p>
      )}
      {picture && (
        <img
          src={picture}
          alt={t('billing.settings.preview.alt')}
          className="w-full border border-line"
          // Paper is white by night too.
          style={{ backgroundColor: '#fff' }}
        />
      )}
    </section>
  )
}

/** A picture is too long for an address. */
const withoutLogo = (kind: SettingKind, content: unknown) =>
  kind === 'appearance' ? { ...(content as SettingContents['appearance']), logo: null } : content
const logoOf = (kind: SettingKind, content: unknown) =>
  kind === 'appearance' ? (content as SettingContents['appearance']).logo : null
