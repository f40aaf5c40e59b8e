import { Eye, ExternalLink } from 'lucide-react'
import { useState } from 'react'
import { previewSettings, type SettingContents, type SettingKind } from '#contract/billing'
import { addressOf } from '#platform/contract/endpoint.ts'
import { Button, buttonClass } from '#platform/ui/button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { useSettled } from '#platform/ui/settled.ts'

const audiences = ['business', 'private'] as const

type SettingPreviewProps = { companyId: string; kind: SettingKind; content: unknown; day: string }

/** A sample invoice with what is typed, drawn by what draws the real ones. */
export function SettingPreview({ companyId, kind, content, day }: SettingPreviewProps) {
  const t = useMessages()
  const [open, setOpen] = useState(false)
  const [audience, setAudience] = useState<(typeof audiences)[number]>('business')
  const [failed, setFailed] = useState<string | null>(null)
  const settled = useSettled(JSON.stringify(withoutLogo(kind, content)), 500)
  const address = (as: 'pdf' | 'svg') =>
    `${addressOf(previewSettings)}?${new URLSearchParams({
      company: companyId,
      audience,
      kind,
      content: settled,
      logo: hasLogo(kind, content) ? 'kept' : 'none',
      as,
      ...(day !== '' && { day }),
    })}`
  const picture = address('svg')
  if (!open)
    return (
      <Button icon={Eye} className="self-start" onClick={() => setOpen(true)}>
        {t('billing.settings.preview')}
      </Button>
    )
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
        <a
          href={address('pdf')}
          target="_blank"
          rel="noreferrer"
          className={buttonClass({ variant: 'ghost' })}
        >
          <ExternalLink aria-hidden size={16} />
          {t('billing.settings.preview.pdf')}
        </a>
      </div>
      {failed === picture ? (
        <p className="rounded-control bg-sunken px-3 py-6 text-center text-13 text-ink-muted">
          {t('billing.settings.preview.not_yet')}
        </p>
      ) : (
        <img
          src={picture}
          alt={t('billing.settings.preview.alt')}
          className="w-full border border-line"
          // Paper is white by night too.
          style={{ backgroundColor: '#fff' }}
          onError={() => setFailed(picture)}
        />
      )}
    </section>
  )
}

/** A picture is too long for an address: the one in force stands for it. */
const withoutLogo = (kind: SettingKind, content: unknown) =>
  kind === 'appearance' ? { ...(content as SettingContents['appearance']), logo: null } : content
const hasLogo = (kind: SettingKind, content: unknown) =>
  kind !== 'appearance' || (content as SettingContents['appearance']).logo !== null
