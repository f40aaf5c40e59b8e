/**
 * Parts of the app that load when they are first wanted: menus, dialogs, the palette. Unlike
 * React.lazy, a part that does not come (the network is away) leaves the page as it is, with
 * whatever was typed in it, and says so.
 */
import {
  type ComponentType,
  createElement,
  type ReactNode,
  startTransition,
  useEffect,
  useEffectEvent,
  useReducer,
} from 'react'
import { useMessages } from './messages.tsx'
import { notify } from './toast.tsx'

export type Part<Props> = {
  /** Undefined until it has come. */
  readonly Loaded: ComponentType<Props> | undefined
  /** Never rejects. */
  preload: () => Promise<void>
}

/** @example const palette = part(() => import('./palette.tsx').then((m) => m.Palette)) */
export function part<Props>(load: () => Promise<ComponentType<Props>>): Part<Props> {
  let Loaded: ComponentType<Props> | undefined
  let loading: Promise<void> | undefined
  return {
    get Loaded() {
      return Loaded
    },
    preload: () =>
      (loading ??= load().then(
        (component) => {
          Loaded = component
        },
        () => {
          loading = undefined
        },
      )),
  }
}

type WantedProps<Props> = {
  part: Part<Props>
  when: boolean
  /** What the part is given once it is there. */
  give: Props
  /** Shown until then. */
  otherwise?: ReactNode
  /** Takes the wish back when the part did not come. */
  onFailed: () => void
}

/** @example <Wanted part={palette} when={open} give={{ onClose }} onFailed={onClose} /> */
export function Wanted<Props extends object>({
  part: wanted,
  when,
  give,
  otherwise = null,
  onFailed,
}: WantedProps<Props>) {
  const t = useMessages()
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const { Loaded } = wanted
  const isDrawn = Loaded !== undefined
  const failed = useEffectEvent(() => {
    notify.failed({ title: t('ui.part.missing'), description: t('ui.part.missing.help') })
    onFailed()
  })
  useEffect(() => {
    // Not whether it is there by now: it may have come since this was drawn without it, and nobody would draw again.
    if (!when || isDrawn) return
    let current = true
    void wanted.preload().then(() => {
      if (!current) return
      if (wanted.Loaded) startTransition(redraw)
      else failed()
    })
    return () => {
      current = false
    }
  }, [when, wanted, isDrawn])
  return when && Loaded ? createElement(Loaded, give) : otherwise
}
