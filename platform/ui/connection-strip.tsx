import { useConnection } from './live.ts'
import { useMessages } from './messages.tsx'

/** Says so where no news come in: what is shown may be of a while ago. */
export function ConnectionStrip() {
  const t = useMessages()
  return (
    <output className="block">
      {useConnection() === 'lost' && (
        <span className="flex min-h-7 items-center bg-warning-soft px-gutter text-12 text-warning-ink max-sm:line-clamp-2">
          {t('ui.connection.lost')}
        </span>
      )}
    </output>
  )
}
