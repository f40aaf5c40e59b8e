import { ArrowUp } from 'lucide-react'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'

/** New entries wait above what one reads; this says how many, and brings one to them. */
export function WaitingPill({ count, onShow }: { count: number; onShow: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <output className="pointer-events-none sticky top-14 z-10 flex h-0 justify-center">
      {count > 0 && (
        <button
          type="button"
          onClick={onShow}
          className="enter pointer-events-auto flex h-8 items-center gap-1.5 rounded-full border border-line bg-raised px-3 text-13 font-medium text-accent-ink shadow-float hover:bg-hover touch:h-10"
        >
          <ArrowUp aria-hidden size={14} />
          {t('audit.follow.waiting', { count, shown: formats.integer(count) })}
        </button>
      )}
    </output>
  )
}
