const mac = /mac|iphone|ipad/i.test(navigator.platform)

/** `mod` is Cmd on a Mac and Ctrl elsewhere. */
const names: Record<string, string> = {
  mod: mac ? '⌘' : 'Ctrl',
  shift: '⇧',
  enter: '↵',
  escape: 'Esc',
  up: '↑',
  down: '↓',
}

/** `<Kbd keys="mod+k" />`; steps of a sequence are parted by a space: `g c`. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className="inline-flex shrink-0 items-center gap-0.5">
      {keys.split(/[ +]/).map((key, index) => (
        <kbd
          key={index}
          className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-small border border-line-strong bg-sunken px-1 font-sans text-12 leading-none text-ink-muted"
        >
          {names[key] ?? key.toUpperCase()}
        </kbd>
      ))}
    </span>
  )
}
