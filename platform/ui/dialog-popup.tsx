/** The dialogs themselves: their code comes when the first of them opens (see dialog.tsx). */
import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from './button.tsx'
import { cx } from './cx.ts'
import { Field } from './field.tsx'
import { Input } from './input.tsx'
import type { DangerDialogProps, DialogProps } from './dialog.tsx'
import { useMessages } from './messages.tsx'

const backdrop =
  'fixed inset-0 z-20 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0'

/** In the middle of a wide screen, at the bottom of a narrow one. */
export function DialogPopup(props: DialogProps) {
  const popup = useRef<HTMLDivElement>(null)
  return (
    <Base.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={backdrop} />
        <Base.Popup
          ref={popup}
          // What is to be filled in comes before the button that closes.
          initialFocus={() => popup.current?.querySelector<HTMLElement>('input, textarea') ?? true}
          className={cx(
            'float-in fixed z-20 flex flex-col border border-line bg-raised text-ink shadow-float outline-none',
            'max-sm:inset-x-0 max-sm:bottom-0 max-sm:max-h-[88dvh] max-sm:rounded-t-card',
            'sm:top-[12dvh] sm:left-1/2 sm:max-h-[76dvh] sm:-translate-x-1/2 sm:rounded-card',
            props.wide ? 'sm:w-[min(56rem,calc(100vw-32px))]' : 'sm:w-[min(30rem,calc(100vw-32px))]',
          )}
        >
          <Frame {...props} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

/** Beside the page: what one looks up or fills in while the list stays in sight. */
export function SheetPopup(props: DialogProps) {
  return (
    <Base.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={backdrop} />
        <Base.Popup
          className={cx(
            'fixed z-20 flex flex-col border-line bg-raised text-ink shadow-float outline-none transition-transform',
            'data-ending-style:translate-y-full data-starting-style:translate-y-full',
            'max-sm:inset-x-0 max-sm:bottom-0 max-sm:max-h-[88dvh] max-sm:rounded-t-card max-sm:border-t',
            'sm:inset-y-0 sm:right-0 sm:border-l',
            'sm:data-ending-style:translate-x-full sm:data-ending-style:translate-y-0',
            'sm:data-starting-style:translate-x-full sm:data-starting-style:translate-y-0',
            props.wide ? 'sm:w-[min(42rem,100vw)]' : 'sm:w-[min(28rem,100vw)]',
          )}
        >
          <Frame {...props} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

function Frame({ title, description, footer, children }: DialogProps) {
  const t = useMessages()
  return (
    <>
      <div className="flex items-start gap-4 px-4 pt-4 pb-3">
        <div className="min-w-0 flex-1">
          <Base.Title className="text-16 font-semibold">{title}</Base.Title>
          {description && (
            <Base.Description className="mt-1 text-13 text-ink-muted">{description}</Base.Description>
          )}
        </div>
        <Base.Close
          aria-label={t('ui.close')}
          className="-mt-1 -mr-1 flex size-7 shrink-0 items-center justify-center rounded-control text-ink-muted hover:bg-hover touch:size-10"
        >
          <X aria-hidden size={16} />
        </Base.Close>
      </div>
      {children && (
        <div data-dialog-body className="min-h-0 flex-1 overflow-y-auto px-4 pb-4">
          {children}
        </div>
      )}
      {footer && (
        <div className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3">{footer}</div>
      )}
    </>
  )
}

/** For what cannot be undone. Where undo is possible, act at once and offer it in a toast. */
export function DangerDialogPopup({
  action,
  stay,
  onConfirm,
  loading,
  typedName,
  children,
  ...rest
}: DangerDialogProps) {
  const t = useMessages()
  const [typed, setTyped] = useState('')
  const ready = typedName === undefined || typed.trim() === typedName
  return (
    <DialogPopup
      {...rest}
      onOpenChange={(open) => {
        setTyped('')
        rest.onOpenChange(open)
      }}
      footer={
        <>
          <Button onClick={() => rest.onOpenChange(false)}>{stay ?? t('ui.cancel')}</Button>
          <Button variant="danger" disabled={!ready} loading={loading} onClick={onConfirm}>
            {action}
          </Button>
        </>
      }
    >
      {children}
      {typedName !== undefined && (
        <div className="mt-3">
          <Field label={t('ui.danger.type', { name: typedName })}>
            <Input value={typed} onChange={setTyped} autoComplete="off" spellCheck={false} />
          </Field>
        </div>
      )}
    </DialogPopup>
  )
}
