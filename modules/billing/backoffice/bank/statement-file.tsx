import { type BankFilePreview, uploadBankFile } from '#contract/billing'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { FileDrop } from '#platform/ui/file-drop.tsx'
import { FormErrors } from '#platform/ui/form.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

type StatementFileProps = { onSent: (file: BankFilePreview) => void; onClose: () => void }

/** Sent as soon as it is chosen or dropped; what is wrong with it is said in place. */
export function StatementFile({ onSent, onClose }: StatementFileProps) {
  const t = useMessages()
  const upload = useEndpoint(uploadBankFile, { onSuccess: onSent })
  return (
    <div className="mb-4 flex flex-col gap-4">
      {upload.error && <FormErrors error={upload.error} />}
      <FileDrop
        label={t('billing.bank.file.choose')}
        says={t(upload.isPending ? 'billing.bank.file.reading' : 'billing.bank.file.choose')}
        accept=".csv,.txt,.xml,.tsv"
        busy={upload.isPending}
        onFile={(file) =>
          // What a system calls such a file varies: what it holds is for the server to say.
          upload.mutate({
            query: { name: file.name },
            file: file.slice(0, file.size, 'application/octet-stream'),
          })
        }
        beside={<Button onClick={onClose}>{t('ui.cancel')}</Button>}
      >
        <h2 className="text-14 font-semibold">{t('billing.bank.file.title')}</h2>
        <p className="max-w-md text-13 text-ink-muted">{t('billing.bank.file.help')}</p>
      </FileDrop>
    </div>
  )
}
