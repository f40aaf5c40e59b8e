import { Button } from '#platform/ui/button.tsx'
import { cx } from '#platform/ui/cx.ts'
import { useConnection } from '#platform/ui/live.ts'
import { useMessages } from '#platform/ui/messages.tsx'

type FollowButtonProps = { on: boolean; possible: boolean; onToggle: () => void }

/** Says how the list stands, and a quiet dot with it: it listens, or it stands still. Pressed, it is the other. */
export function FollowButton({ on, possible, onToggle }: FollowButtonProps) {
  const t = useMessages()
  const lost = useConnection() === 'lost'
  return (
    <Button
      disabled={!possible}
      title={t(possible ? (on ? 'audit.follow.on' : 'audit.follow.off') : 'audit.follow.over')}
      onClick={onToggle}
    >
      <span
        aria-hidden
        className={cx(
          'size-2 shrink-0 rounded-full',
          on ? (lost ? 'bg-warning' : 'animate-pulse bg-success') : 'border border-control',
        )}
      />
      {t(on ? 'audit.follow.live' : 'audit.follow.paused')}
    </Button>
  )
}
