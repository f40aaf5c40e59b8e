import { FileSearch } from 'lucide-react'
import { useState } from 'react'
import type { UseMutationResult } from '@tanstack/react-query'
import { FileDrop } from '#platform/ui/file-drop.tsx'
import { FormErrors } from '#platform/ui/form.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { largest, type Checked } from './checking.ts'

export function ChooseFile({ check }: { check: UseMutationResult<Checked, Error, File> }) {
  const t = useMessages()
  const [tooLarge, setTooLarge] = useState(false)
  const again = check.data !== undefined
  const take = (file: File) => {
    setTooLarge(file.size > largest)
    if (file.size > largest) check.reset()
    else check.mutate(file)
  }
  return (
    <>
      {check.error && (
        <div className="mb-4">
          <FormErrors error={check.error} />
        </div>
      )}
      <FileDrop
        label={t('billing.verify.choose')}
        says={t(again ? 'billing.verify.another' : 'billing.verify.choose')}
        icon={FileSearch}
        accept=".pdf,application/pdf"
        busy={check.isPending}
        onFile={take}
        again={again}
        below={
          <>
            {!again && <p className="max-w-md text-12 text-ink-muted">{t('billing.verify.private')}</p>}
            {tooLarge && (
              <p role="alert" className="text-13 text-danger-ink">
                {t('billing.verify.tooLarge')}
              </p>
            )}
          </>
        }
      >
        {!again && <p className="text-14 font-semibold">{t('billing.verify.drop')}</p>}
      </FileDrop>
    </>
  )
}
