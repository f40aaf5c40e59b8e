import { type KeyboardEvent, useState } from 'react'
import { X } from 'lucide-react'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { tagsOffered } from './tags-offered.ts'

type TagsProps = {
  tags: readonly string[]
  /** In use elsewhere: offered while one types. */
  known: readonly string[]
  disabled: boolean
  onChange: (tags: string[]) => void
}

/** Words a ticket is marked with: Enter takes the first that matches, and a new one is made only on purpose. */
export function TagsField({ tags, known, disabled, onChange }: TagsProps) {
  const t = useMessages()
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState(0)
  const offers = tagsOffered(typed, known, tags)
  const at = Math.min(active, offers.length - 1)
  const add = (tag: string) => {
    setTyped('')
    setActive(0)
    onChange([...tags, tag])
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const tag = offers[at]
    if (tag === undefined || event.ctrlKey || event.metaKey) return
    if (event.key === 'Enter') add(tag)
    else if (event.key === 'ArrowDown') setActive((at + 1) % offers.length)
    else if (event.key === 'ArrowUp') setActive((at + offers.length - 1) % offers.length)
    else if (event.key === 'Escape') setTyped('')
    else return
    event.preventDefault()
  }
  return (
    <div className="flex flex-col gap-1.5">
      {tags.length > 0 && (
        <ul aria-label={t('support.column.tags')} className="flex flex-wrap gap-1">
          {tags.map((tag) => (
            <li
              key={tag}
              className="inline-flex h-6 max-w-full items-center rounded-small border border-line bg-sunken pl-1.5 text-12 touch:h-10"
            >
              <span lang="fr" className="truncate">
                {tag}
              </span>
              {disabled ? (
                <span className="w-1.5" />
              ) : (
                <button
                  type="button"
                  aria-label={t('support.tag.remove', { tag })}
                  onClick={() => onChange(tags.filter((one) => one !== tag))}
                  className="flex size-6 items-center justify-center rounded-small text-ink-muted hover:bg-hover touch:size-10"
                >
                  <X aria-hidden size={12} />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {!disabled && (
        <>
          <Input
            aria-label={t('support.tag.add')}
            autoComplete="off"
            placeholder={t('support.tag.add')}
            maxLength={40}
            value={typed}
            onChange={(text) => {
              setTyped(text)
              setActive(0)
            }}
            // What was only begun is no tag.
            onBlur={() => setTyped('')}
            onKeyDown={onKeyDown}
          />
          {offers.length > 0 && (
            <ul
              aria-label={t('support.tag.offered')}
              className="max-h-60 overflow-y-auto rounded-control border border-line bg-raised p-1 shadow-float"
            >
              {offers.map((tag, place) => (
                <li key={tag}>
                  <button
                    type="button"
                    tabIndex={-1}
                    aria-current={place === at}
                    onMouseDown={(event) => event.preventDefault()}
                    onClick={() => add(tag)}
                    className="flex min-h-8 w-full items-center rounded-small px-2 text-left wrap-anywhere hover:bg-hover aria-[current=true]:bg-hover touch:min-h-10"
                  >
                    {known.includes(tag) ? <span lang="fr">{tag}</span> : t('support.tag.create', { tag })}
                  </button>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </div>
  )
}
