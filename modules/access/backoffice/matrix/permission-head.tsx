import { KeyRound } from 'lucide-react'
import type { Permission } from '#contract/access'
import { useMessages } from '#platform/ui/messages.tsx'
import { Tooltip } from '#platform/ui/tooltip.tsx'
import { permissionHelp, permissionName } from '../words.ts'

type PermissionHeadProps = { declared: Permission; onAsk: (permission: string) => void }

/** A permission in plain words; its name opens who can do it. */
export function PermissionHead({ declared, onAsk }: PermissionHeadProps) {
  const t = useMessages()
  const { permission, stepUp } = declared
  return (
    <>
      <span className="flex items-center gap-1.5">
        <button
          type="button"
          onClick={() => onAsk(permission)}
          className="min-w-0 rounded-small text-left text-13 font-medium decoration-line-strong underline-offset-3 hover:underline"
        >
          {permissionName(permission, t)}
        </button>
        {stepUp && (
          <Tooltip text={t('access.step-up')}>
            <KeyRound
              // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- drawn, not loaded
              role="img"
              aria-label={t('access.step-up')}
              size={12}
              className="shrink-0 text-ink-faint"
            />
          </Tooltip>
        )}
      </span>
      <span className="block text-12 font-regular text-ink-muted">{permissionHelp(permission, t)}</span>
    </>
  )
}
