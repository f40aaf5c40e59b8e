import { Download, Printer } from 'lucide-react'
import { useState } from 'react'
import { createPortal } from 'react-dom'
import { Button } from '#platform/ui/button.tsx'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { CopyButton } from './copy-button.tsx'

type RecoveryCodesProps = {
  codes: readonly string[]
  email: string
  /** The verb of the button that opens once they are said to be kept. */
  done: string
  onDone: () => void
}

/** The ten codes, shown this once: copied, downloaded or printed, then said to be kept. */
export function RecoveryCodes({ codes, email, done, onDone }: RecoveryCodesProps) {
  const t = useMessages()
  const { day } = useFormats()
  const [kept, setKept] = useState(false)
  const title = t('identity.recovery.sheet', { email })
  const [now] = useState(() => new Date())
  const made = t('identity.recovery.sheet.made', { day: day(now) })
  const text = [title, made, '', ...codes, ''].join('\n')
  return (
    <div className="flex flex-col gap-4">
      <p className="text-13 text-ink-muted">{t('identity.recovery.help')}</p>
      <ol
        aria-label={t('identity.recovery')}
        className="grid grid-flow-col grid-cols-2 grid-rows-5 gap-x-6 gap-y-1.5 rounded-card border border-line bg-sunken px-4 py-3"
      >
        {codes.map((code) => (
          <li key={code} className="flex items-baseline justify-center">
            <code className="font-mono text-13 whitespace-nowrap sm:text-14">{code}</code>
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={codes.join('\n')} />
        <Button size="small" icon={Download} onClick={() => download(text, t('identity.recovery.file'))}>
          {t('identity.recovery.download')}
        </Button>
        <Button size="small" icon={Printer} onClick={() => print()}>
          {t('identity.recovery.print')}
        </Button>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/label-has-associated-control -- the checkbox is one */}
      <label className="flex items-start gap-2.5 text-13">
        <span className="mt-0.5 flex">
          <Checkbox checked={kept} onChange={setKept} />
        </span>
        {t('identity.recovery.kept')}
      </label>
      <Button variant="primary" disabled={!kept} onClick={onDone} className="w-full">
        {done}
      </Button>
      {createPortal(
        <div data-print-sheet className="p-8 font-mono text-14 whitespace-pre-line">
          {text}
        </div>,
        document.body,
      )}
    </div>
  )
}

function download(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
  Object.assign(document.createElement('a'), { href: url, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
