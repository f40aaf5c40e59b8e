import { ImageUp, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { contrastOnWhite } from '#contract/billing'
import { Button } from '#platform/ui/button.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import type { FieldsProps } from './setting-form.tsx'

const largest = 200 * 1024

export function AppearanceFields({ content, onChange }: FieldsProps<'appearance'>) {
  const t = useMessages()
  const file = useRef<HTMLInputElement>(null)
  const [tooBig, setTooBig] = useState(false)
  const set = (part: Partial<typeof content>) => onChange({ ...content, ...part })
  const { logo, accent } = content
  const choose = async (chosen: File | undefined) => {
    if (!chosen) return
    setTooBig(chosen.size > largest)
    if (chosen.size > largest) return
    const mediaType = chosen.type === 'image/svg+xml' ? 'image/svg+xml' : 'image/png'
    const bytes = new Uint8Array(await chosen.arrayBuffer())
    set({
      logo: { mediaType, base64: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')) },
    })
  }
  const readable = /^#[0-9a-f]{6}$/.test(accent)
  return (
    <>
      <Field
        name="content.logo"
        label={t('billing.settings.appearance.logo')}
        help={t('billing.settings.appearance.logo.help')}
        error={tooBig ? t('billing.settings.appearance.logo.too_big') : undefined}
        optional
      >
        <div className="flex flex-wrap items-center gap-3">
          {logo && (
            <img
              src={`data:${logo.mediaType};base64,${logo.base64}`}
              alt={t('billing.settings.appearance.logo.alt')}
              className="max-h-14 max-w-40 rounded-small border border-line p-1"
              // Paper is white by night too.
              style={{ backgroundColor: '#fff' }}
            />
          )}
          <input
            ref={file}
            type="file"
            accept="image/png,image/svg+xml"
            aria-label={t('billing.settings.appearance.logo')}
            className="sr-only"
            tabIndex={-1}
            onChange={(event) => void choose(event.target.files?.[0])}
          />
          <Button icon={ImageUp} onClick={() => file.current?.click()}>
            {t('billing.settings.appearance.logo.choose')}
          </Button>
          {logo && (
            <Button variant="ghost" icon={Trash2} onClick={() => set({ logo: null })}>
              {t('billing.settings.appearance.logo.remove')}
            </Button>
          )}
        </div>
      </Field>
      <Field
        name="content.accent"
        label={t('billing.settings.appearance.accent')}
        help={
          readable
            ? t(
                contrastOnWhite(accent) >= 4.5
                  ? 'billing.settings.appearance.contrast.enough'
                  : 'billing.settings.appearance.contrast.weak',
              )
            : undefined
        }
      >
        <div className="flex items-center gap-2">
          <input
            type="color"
            aria-label={t('billing.settings.appearance.accent.pick')}
            value={readable ? accent : '#000000'}
            className="h-control w-12 shrink-0 rounded-control border border-control bg-surface p-1"
            onChange={(event) => set({ accent: event.target.value })}
          />
          <Input value={accent} maxLength={7} onChange={(typed) => set({ accent: typed.toLowerCase() })} />
        </div>
      </Field>
      <Field name="content.footer" label={t('billing.settings.appearance.footer')} optional>
        <Textarea rows={2} maxLength={500} value={content.footer} onChange={(footer) => set({ footer })} />
      </Field>
      <Field name="content.businessNote" label={t('billing.settings.appearance.business')} optional>
        <Textarea
          rows={2}
          maxLength={1000}
          value={content.businessNote}
          onChange={(businessNote) => set({ businessNote })}
        />
      </Field>
      <Field name="content.privateNote" label={t('billing.settings.appearance.private')} optional>
        <Textarea
          rows={2}
          maxLength={1000}
          value={content.privateNote}
          onChange={(privateNote) => set({ privateNote })}
        />
      </Field>
    </>
  )
}
