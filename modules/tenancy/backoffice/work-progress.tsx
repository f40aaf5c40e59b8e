import type { TenantWork } from '#contract/tenancy'
import { useMessages } from '#platform/ui/messages.tsx'
import { Progress } from '#platform/ui/progress.tsx'
import { workInWords } from './work-words.ts'

/** What is under way and how far it is: news draw it on as it goes. */
export function WorkProgress({ work }: { work: TenantWork }) {
  const t = useMessages()
  return <Progress label={workInWords(work, t)} done={work.done} total={work.total} />
}
