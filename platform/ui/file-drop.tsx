import { FileUp, type LucideIcon } from 'lucide-react'
import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { cx } from './cx.ts'

type FileDropProps = {
  /** Names the field: « Choisir un fichier ». */
  label: string
  /** What the button says instead while something is under way. */
  says?: string
  icon?: LucideIcon
  accept: string
  /** Nothing is taken meanwhile. */
  busy: boolean
  onFile: (file: File) => void
  /** Something was chosen before: the frame makes room for what became of it. */
  again?: boolean
  /** Above the button. */
  children?: ReactNode
  /** Beside the button. */
  beside?: ReactNode
  /** Below the button. */
  below?: ReactNode
}

/**
 * Takes one file, dropped or chosen.
 *
 * @example <FileDrop label={t('billing.bank.file.choose')} accept=".csv,.xml" busy={upload.isPending} onFile={send} />
 */
export function FileDrop(props: FileDropProps) {
  const { label, says = label, icon = FileUp, accept, busy, onFile, again = false } = props
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const take = (file: File | undefined) => {
    if (file && !busy) onFile(file)
  }
  const drag = (isOver: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setOver(isOver)
  }
  return (
    // A pointer's shortcut: the button inside does the same for everybody.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={(event) => {
        drag(false)(event)
        take(event.dataTransfer.files[0])
      }}
      className={cx(
        'flex flex-col items-center gap-3 rounded-card border border-dashed px-4 text-center',
        again ? 'py-5' : 'py-10',
        over ? 'border-accent bg-accent-soft' : 'border-control bg-surface',
      )}
    >
      {props.children}
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        aria-label={label}
        onChange={(event) => {
          take(event.target.files?.[0])
          // The same file, mended, may be chosen again.
          event.target.value = ''
        }}
      />
      <div className="flex flex-wrap justify-center gap-2">
        {props.beside}
        <Button
          variant={again ? 'secondary' : 'primary'}
          icon={icon}
          loading={busy}
          onClick={() => input.current?.click()}
        >
          {says}
        </Button>
      </div>
      {props.below}
    </div>
  )
}
