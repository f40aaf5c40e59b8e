import { cx } from './cx.ts'

/** Initials beside a name that is written in full: decoration, so silent. */
export function Avatar({ name, size = 'normal' }: { name: string; size?: 'normal' | 'large' }) {
  return (
    <span
      aria-hidden
      className={cx(
        'inline-flex shrink-0 items-center justify-center rounded-full bg-neutral-soft font-medium text-neutral-ink select-none',
        size === 'large' ? 'size-10 text-14' : 'size-7 text-12',
      )}
    >
      {initials(name)}
    </span>
  )
}

export function initials(name: string): string {
  const words = name.split(/[\s-]+/).filter((word) => /\p{L}/u.test(word))
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words
  return chosen.map((word) => [...(word ?? '')][0]?.toLocaleUpperCase('fr') ?? '').join('')
}
