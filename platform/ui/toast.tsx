import { Toast } from '@base-ui/react/toast'
import { CircleAlert, CircleCheck, Info, X } from 'lucide-react'
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
}
type Data = Pick<Notice, 'undo' | 'action'>

const manager = Toast.createToastManager<Data>()

/**
 * Says that something happened, at the bottom of the screen.
 *
 * @example notify.done({ title: t('clients.trashed', { count }), undo: () => restore.mutate(ids) })
 */
export const notify = {
  done: (notice: Notice) => add('done', notice),
  failed: (notice: Notice) => add('failed', notice),
  told: (notice: Notice) => add('told', notice),
}

function add(type: Kind, { title, description, undo, action }: Notice): void {
  manager.add({
    type,
    title,
    description,
    data: { undo, action },
    timeout: undo || type === 'failed' ? 8000 : 5000,
    priority: type === 'failed' ? 'high' : 'low',
  })
}

const icons: Record<string, typeof Info> = { done: CircleCheck, failed: CircleAlert, told: Info }
const colours: Record<string, string> = {
  done: 'text-success',
  failed: 'text-danger',
  told: 'text-info',
}

export function Toasts() {
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 z-30 flex w-[min(24rem,calc(100vw-32px))] flex-col gap-2 outline-none max-sm:bottom-18">
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function List() {
  const t = useMessages()
  const { toasts, close } = Toast.useToastManager<Data>()
  return toasts.map((toast) => {
    const Icon = icons[toast.type ?? ''] ?? Info
    const { undo, action } = toast.data ?? {}
    const act = undo ? { label: t('ui.undo'), onSelect: undo } : action
    return (
      <Toast.Root
        key={toast.id}
        toast={toast}
        swipeDirection={['right', 'down']}
        className="float-in rounded-control border border-line bg-raised text-13 text-ink shadow-float data-limited:hidden"
      >
        <Toast.Content className="flex items-start gap-2 p-2 pl-3">
          <Icon aria-hidden size={16} className={`mt-1.5 shrink-0 ${colours[toast.type ?? ''] ?? ''}`} />
          <div className="min-w-0 flex-1 py-1">
            <Toast.Title className="font-medium" />
            <Toast.Description className="text-ink-muted" />
          </div>
          {act && (
            <button
              type="button"
              className={buttonClass({ size: 'small' })}
              onClick={() => {
                act.onSelect()
                close(toast.id)
              }}
            >
              {act.label}
            </button>
          )}
          <Toast.Close
            aria-label={t('ui.close')}
            className="flex size-7 shrink-0 items-center justify-center rounded-control text-ink-muted hover:bg-hover touch:size-10"
          >
            <X aria-hidden size={16} />
          </Toast.Close>
        </Toast.Content>
      </Toast.Root>
    )
  })
}
