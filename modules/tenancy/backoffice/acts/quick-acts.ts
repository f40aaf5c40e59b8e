import { backUpTenant, resumeTenant, type TenantRow } from '#contract/tenancy'
import type { ApiError } from '#platform/ui/api-error.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { useSpokenName } from '../spoken-name.ts'

type One = Pick<TenantRow, 'id' | 'name'>

/** Acts that need no more than a click, each told when it is done. */
export function useQuickActs() {
  const t = useMessages()
  const spoken = useSpokenName()
  // Whoever closes the question for a second factor has decided so, and needs no telling.
  const onError = (error: ApiError) =>
    error.code !== 'step_up_required' && notify.failed({ title: sentenceOf(error, t) })
  const resuming = useEndpoint(resumeTenant, { onError })
  const backing = useEndpoint(backUpTenant, { onError })
  return {
    resume: ({ id, name }: One) =>
      resuming.mutate(
        { params: { id } },
        { onSuccess: () => notify.done({ title: t('tenancy.resume.done', { name: spoken(name) }) }) },
      ),
    backUp: ({ id }: One) =>
      backing.mutate(
        { params: { id } },
        {
          onSuccess: () =>
            notify.told({ title: t('tenancy.backup.asked'), description: t('tenancy.work.followed') }),
        },
      ),
  }
}
