import type { ErasurePreview } from '#contract/audit'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { verbInWords } from '../words.ts'

/** What would go, and what stays, before anything is decided. */
export function Preview({ preview }: { preview: ErasurePreview }) {
  const t = useMessages()
  const formats = useFormats()
  const { payloads, from, to, verbs, onSeveral, stays } = preview
  const said = (key: 'recent' | 'ofErasures' | 'without') =>
    stays[key] > 0 &&
    t(`audit.erasures.stays.${key}`, { count: stays[key], shown: formats.integer(stays[key]) })
  return (
    <div className="rounded-control border border-line bg-sunken p-3 text-13">
      <p className="font-medium">
        {t('audit.erasures.preview', { count: payloads, shown: formats.integer(payloads) })}
        {payloads > 0 &&
          ` ${t('audit.erasures.preview.between', { from: formats.day(from), to: formats.day(to) })}`}
      </p>
      {verbs.length > 0 && (
        <ul className="mt-2 flex flex-col gap-0.5 text-12">
          {verbs.slice(0, 5).map(({ verb, payloads: count }) => (
            <li key={verb} className="flex justify-between gap-3">
              <span className="min-w-0 truncate text-ink-muted">{verbInWords(verb, t)}</span>
              <span className="tabular-nums">{formats.integer(count)}</span>
            </li>
          ))}
        </ul>
      )}
      <ul className="mt-2 list-disc pl-4 text-12 text-ink-muted">
        {payloads > 0 && <li>{t('audit.erasures.preview.keeps')}</li>}
        {onSeveral > 0 && (
          <li>
            {t('audit.erasures.preview.several', { count: onSeveral, shown: formats.integer(onSeveral) })}
          </li>
        )}
        {[said('recent'), said('ofErasures'), said('without')].map(
          (line) => line && <li key={line}>{line}</li>,
        )}
      </ul>
    </div>
  )
}
