import { Download, Printer } from 'lucide-react'
import { useState } from 'react'
import { createPortal } from 'react-dom'
import { Button } from './button.tsx'
import { Checkbox } from './checkbox.tsx'
import { CopyButton } from './copy-button.tsx'

type OneTimeCodesProps = {
  codes: readonly string[]
  words: {
    help: string
    label: string
    download: string
    print: string
    /** The name of the downloaded file. */
    file: string
    /** Heads what is downloaded and printed. */
    sheet: readonly string[]
    kept: string
    /** The verb of the button that opens once they are said to be kept. */
    done: string
  }
  onDone: () => void
}

/** Codes shown this once: copied, downloaded or printed, then said to be kept. */
export function OneTimeCodes({ codes, words, onDone }: OneTimeCodesProps) {
  const [kept, setKept] = useState(false)
  const text = [...words.sheet, '', ...codes, ''].join('\n')
  return (
    <div className="flex flex-col gap-4">
      <p className="text-13 text-ink-muted">{words.help}</p>
      <ol
        aria-label={words.label}
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
        <Button size="small" icon={Download} onClick={() => download(text, words.file)}>
          {words.download}
        </Button>
        <Button size="small" icon={Printer} onClick={() => print()}>
          {words.print}
        </Button>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/label-has-associated-control -- the checkbox is one */}
      <label className="flex items-start gap-2.5 text-13">
        <span className="mt-0.5 flex">
          <Checkbox checked={kept} onChange={setKept} />
        </span>
        {words.kept}
      </label>
      <Button variant="primary" disabled={!kept} onClick={onDone} className="w-full">
        {words.done}
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
