/** What just happened, said at the bottom of the screen, with a way back. */
import { CircleAlert, CircleCheck, Info, X } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { buttonClass } from './button.tsx'
import { useMessages } from './messages.tsx'

type Kind = 'done' | 'failed' | 'told'
type Notice = {
  title: string
  description?: string | undefined
  /** Offered for eight seconds, instead of asking before. */
  undo?: (() => void) | undefined
  /** Another act than undoing: « Voir ». */
  action?: { label: string; onSelect: () => void } | undefined
  /** Milliseconds, where what it offers is there for longer, or not as long. */
  stays?: number | undefined
  /** What it is about, for `notify.over`. */
  about?: string | undefined
}
type Toast = Notice & { id: number; kind: Kind }

/** More would hide the page; the oldest leaves first. */
const MOST = 3

let toasts: readonly Toast[] = []
let made = 0
const listeners = new Set<() => void>()

function change(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

const add = (kind: Kind, notice: Notice) => change([...toasts, { ...notice, kind, id: ++made }].slice(-MOST))
const close = (id: number) => change(toasts.filter((toast) => toast.id !== id))

/** @example notify.done({ title: t('clients.trashed', { count }), undo: () => restore.mutate(input) }) */
export const notify = {
  done: (notice: Notice) => add('done', notice),
  failed: (notice: Notice) => add('failed', notice),
  told: (notice: Notice) => add('told', notice),
  /** What was said about it holds no longer. */
  over: (about: string) => change(toasts.filter((toast) => toast.about !== about)),
}

const looks = {
  done: { Icon: CircleCheck, colour: 'text-success' },
  failed: { Icon: CircleAlert, colour: 'text-danger' },
  told: { Icon: Info, colour: 'text-info' },
}

export function Toasts() {
  const t = useMessages()
  const [held, setHeld] = useState(false)
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => toasts,
  )
  // Outside the page, so that what stands over the page does not hide it.
  return createPortal(
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it only waits
    <section
      aria-label={t('ui.toasts')}
      aria-live="polite"
      // Nothing leaves while someone reads it or is about to use it.
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      // Above the bar of a telephone. A dialog keeps its buttons: above it on a telephone, on its left elsewhere.
      className="pointer-events-none fixed right-4 bottom-4 z-30 flex w-[min(24rem,calc(100vw-32px))] flex-col gap-2 max-sm:bottom-18 max-sm:[body:has([role=dialog])_&]:top-2 max-sm:[body:has([role=dialog])_&]:bottom-auto sm:[body:has([role=dialog])_&]:right-auto sm:[body:has([role=dialog])_&]:left-4"
    >
      {shown.map((toast) => (
        <Line key={toast.id} toast={toast} held={held} />
      ))}
    </section>,
    document.body,
  )
}

function Line({ toast, held }: { toast: Toast; held: boolean }) {
  const t = useMessages()
  const { id, kind, title, description, undo, action } = toast
  const { Icon, colour } = looks[kind]
  const acts = [action, undo && { label: t('ui.undo'), onSelect: undo }].filter((act) => act !== undefined)
  const stays = toast.stays ?? (undo || kind === 'failed' ? 8000 : 5000)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => close(id), stays)
    return () => clearTimeout(timer)
  }, [held, id, stays])
  const buttons = acts.map((act) => (
    <button
      key={act.label}
      type="button"
      className={buttonClass({ size: 'small' })}
      onClick={() => {
        act.onSelect()
        close(id)
      }}
    >
      {act.label}
    </button>
  ))
  return (
    <div className="enter pointer-events-auto flex items-start gap-2 rounded-control border border-line bg-raised p-2 pl-3 text-13 text-ink shadow-float">
      <Icon aria-hidden size={16} className={`mt-1.5 shrink-0 ${colour}`} />
      <div className="min-w-0 flex-1 py-1">
        <p className="font-medium">{title}</p>
        {description && <p className="text-ink-muted">{description}</p>}
        {/* Two of them leave no room beside the words. */}
        {acts.length > 1 && <div className="mt-2 flex flex-wrap gap-2">{buttons}</div>}
      </div>
      {acts.length === 1 && buttons}
      <button
        type="button"
        aria-label={t('ui.close')}
        onClick={() => close(id)}
        className="flex size-7 shrink-0 items-center justify-center rounded-control text-ink-muted hover:bg-hover touch:size-10"
      >
        <X aria-hidden size={16} />
      </button>
    </div>
  )
}
