import { Button } from '#platform/ui/button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import type { KeptDraft } from './draft.ts'

/** Says where the words come from that stand there already, and takes them away for whoever does not want them. */
export function Resumed({ kept }: { kept: KeptDraft }) {
  const t = useMessages()
  if (!kept.isResumed) return null
  return (
    <p className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 text-13 text-info-ink">
      {t('support.own.resumed')}
      <Button size="small" onClick={kept.discard}>
        {t('support.own.restart')}
      </Button>
    </p>
  )
}
