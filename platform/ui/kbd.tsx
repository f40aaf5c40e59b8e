import { ArrowBigUp, ArrowDown, ArrowUp, CornerDownLeft, type LucideIcon } from 'lucide-react'
import { type MessageKey, useMessages } from './messages.tsx'

const mac = /mac|iphone|ipad/i.test(navigator.platform)

/** `mod` is Cmd on a Mac and Ctrl elsewhere. */
const names: Record<string, string> = {
  mod: mac ? '⌘' : 'Ctrl',
  ctrl: mac ? '⌃' : 'Ctrl',
  escape: 'Esc',
  alt: mac ? '⌥' : 'Alt',
}
const words: Record<string, MessageKey> = {
  space: 'ui.key.space',
  pageup: 'ui.key.pageup',
  pagedown: 'ui.key.pagedown',
}

/** Drawn, since few fonts hold these signs. */
const signs: Record<string, { Icon: LucideIcon; name: MessageKey }> = {
  shift: { Icon: ArrowBigUp, name: 'ui.key.shift' },
  enter: { Icon: CornerDownLeft, name: 'ui.key.enter' },
  up: { Icon: ArrowUp, name: 'ui.key.up' },
  down: { Icon: ArrowDown, name: 'ui.key.down' },
}

/** `<Kbd keys="mod+k" />`; steps of a sequence are parted by a space: `g c`. */
export function Kbd({ keys }: { keys: string }) {
  const t = useMessages()
  return (
    <span className="inline-flex shrink-0 items-center gap-0.5">
      {keys.split(/[ +]/).map((key, index) => {
        const sign = signs[key]
        const word = words[key]
        return (
          <kbd
            key={index}
            className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-small border border-line-strong bg-sunken px-1 font-sans text-12 leading-none text-ink-muted"
          >
            {sign ? (
              <>
                <sign.Icon aria-hidden size={11} />
                <span className="sr-only">{t(sign.name)}</span>
              </>
            ) : (
              (names[key] ?? (word ? t(word) : key.toUpperCase()))
            )}
          </kbd>
        )
      })}
    </span>
  )
}
