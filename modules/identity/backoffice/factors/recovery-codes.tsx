import { useState } from 'react'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { OneTimeCodes } from '#platform/ui/one-time-codes.tsx'

type RecoveryCodesProps = {
  codes: readonly string[]
  email: string
  /** The verb of the button that opens once they are said to be kept. */
  done: string
  onDone: () => void
}

/** The ten codes, shown this once: copied, downloaded or printed, then said to be kept. */
export function RecoveryCodes({ codes, email, done, onDone }: RecoveryCodesProps) {
  const t = useMessages()
  const { day } = useFormats()
  const [now] = useState(() => new Date())
  return (
    <OneTimeCodes
      codes={codes}
      words={{
        help: t('identity.recovery.help'),
        label: t('identity.recovery'),
        download: t('identity.recovery.download'),
        print: t('identity.recovery.print'),
        file: t('identity.recovery.file'),
        sheet: [
          t('identity.recovery.sheet', { email }),
          t('identity.recovery.sheet.made', { day: day(now) }),
        ],
        kept: t('identity.recovery.kept'),
        done,
      }}
      onDone={onDone}
    />
  )
}
