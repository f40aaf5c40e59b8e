/** For whoever holds one of our documents, signed in or not: whether it is ours, and unchanged. */
import { useMutation } from '@tanstack/react-query'
import { useMessages } from '#platform/ui/messages.tsx'
import { DisplayChoice } from '#platform/ui/display-choice.tsx'
import { Step } from '#platform/ui/step.tsx'
import { checkFile } from './checking.ts'
import { ChooseFile } from './choose-file.tsx'
import { Verdict } from './verdict.tsx'

export function VerifyPage() {
  const t = useMessages()
  const check = useMutation({ mutationFn: checkFile })
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex items-center justify-between gap-4 px-gutter py-3">
        <p className="text-14 font-semibold">{t('ui.product')}</p>
        <DisplayChoice />
      </header>
      <main className="mx-auto w-full max-w-2xl flex-1 px-gutter pt-6 pb-24 sm:pt-[8dvh]">
        <Step title={t('billing.verify.title')} help={t('billing.verify.lead')}>
          <ChooseFile check={check} />
          <div aria-live="polite" className="mt-5">
            {check.data && <Verdict checked={check.data} name={check.variables?.name ?? ''} />}
          </div>
        </Step>
      </main>
    </div>
  )
}
