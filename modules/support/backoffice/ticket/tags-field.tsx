import { useId, useState } from 'react'
import { X } from 'lucide-react'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

type TagsProps = {
  tags: readonly string[]
  /** In use elsewhere: offered while one types. */
  known: readonly string[]
  disabled: boolean
  onChange: (tags: string[]) => void
}

/** Words a ticket is marked with: Enter adds one. */
export function TagsField({ tags, known, disabled, onChange }: TagsProps) {
  const t = useMessages()
  const [typed, setTyped] = useState('')
  const offered = useId()
  const add = () => {
    const tag = typed.trim()
    setTyped('')
    if (tag && !tags.some((one) => one.toLowerCase() === tag.toLowerCase())) onChange([...tags, tag])
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
            placeholder={t('support.tag.add')}
            list={offered}
            maxLength={40}
            value={typed}
            onChange={setTyped}
            onBlur={add}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
              event.preventDefault()
              add()
            }}
          />
          <datalist id={offered} lang="fr">
            {known
              .filter((tag) => !tags.includes(tag))
              .map((tag) => (
                <option key={tag} value={tag}>
                  {tag}
                </option>
              ))}
          </datalist>
        </>
      )}
    </div>
  )
}
