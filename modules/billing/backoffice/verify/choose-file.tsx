import { FileSearch } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import type { UseMutationResult } from '@tanstack/react-query'
import { Button } from '#platform/ui/button.tsx'
import { cx } from '#platform/ui/cx.ts'
import { FormErrors } from '#platform/ui/form.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { largest, type Checked } from './checking.ts'

export function ChooseFile({ check }: { check: UseMutationResult<Checked, Error, File> }) {
  const t = useMessages()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [tooLarge, setTooLarge] = useState(false)

  const take = (file: File | undefined) => {
    if (!file || check.isPending) return
    setTooLarge(file.size > largest)
    if (file.size > largest) check.reset()
    else check.mutate(file)
  }
  const drag = (isOver: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setOver(isOver)
  }

  return (
    <>
      {check.error && (
        <div className="mb-4">
          <FormErrors error={check.error} />
        </div>
      )}
      {/* A pointer's shortcut: the button inside does the same for everybody. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        onDragOver={drag(true)}
        onDragLeave={drag(false)}
        onDrop={(event) => {
          drag(false)(event)
          take(event.dataTransfer.files[0])
        }}
        className={cx(
          'flex flex-col items-center gap-3 rounded-card border border-dashed px-4 text-center',
          check.data ? 'py-5' : 'py-12',
          over ? 'border-accent bg-accent-soft' : 'border-control bg-surface',
        )}
      >
        {!check.data && <p className="text-14 font-semibold">{t('billing.verify.drop')}</p>}
        <input
          ref={input}
          type="file"
          accept=".pdf,application/pdf"
          hidden
          aria-label={t('billing.verify.choose')}
          onChange={(event) => {
            take(event.target.files?.[0])
            // The same file may be chosen again.
            event.target.value = ''
          }}
        />
        <Button
          variant={check.data ? 'secondary' : 'primary'}
          icon={FileSearch}
          loading={check.isPending}
          onClick={() => input.current?.click()}
        >
          {t(check.data ? 'billing.verify.another' : 'billing.verify.choose')}
        </Button>
        {!check.data && <p className="max-w-md text-12 text-ink-muted">{t('billing.verify.private')}</p>}
        {tooLarge && (
          <p role="alert" className="text-13 text-danger-ink">
            {t('billing.verify.tooLarge')}
          </p>
        )}
      </div>
    </>
  )
}
