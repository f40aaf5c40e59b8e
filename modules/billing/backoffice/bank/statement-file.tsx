import { FileUp } from 'lucide-react'
import { useRef } from 'react'
import { type BankFilePreview, uploadBankFile } from '#contract/billing'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { FormErrors } from '#platform/ui/form.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

type StatementFileProps = { onSent: (file: BankFilePreview) => void; onClose: () => void }

/** Sent as soon as it is chosen or dropped; what is wrong with it is said in place. */
export function StatementFile({ onSent, onClose }: StatementFileProps) {
  const t = useMessages()
  const input = useRef<HTMLInputElement>(null)
  const upload = useEndpoint(uploadBankFile, { onSuccess: onSent })
  const send = (file: File | undefined) => {
    if (file && !upload.isPending)
      // What a system calls such a file varies: what it holds is for the server to say.
      upload.mutate({
        query: { name: file.name },
        file: file.slice(0, file.size, 'application/octet-stream'),
      })
  }
  return (
    <Card className="mb-4">
      {upload.error && <FormErrors error={upload.error} />}
      {/* A pointer's shortcut: the button inside does the same for everybody. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault()
          send(event.dataTransfer.files[0])
        }}
        className="flex flex-col items-center gap-3 rounded-card border border-dashed border-control px-4 py-8 text-center"
      >
        <h2 className="text-14 font-semibold">{t('billing.bank.file.title')}</h2>
        <p className="max-w-md text-13 text-ink-muted">{t('billing.bank.file.help')}</p>
        <input
          ref={input}
          type="file"
          accept=".csv,.txt,.xml,.tsv"
          hidden
          aria-label={t('billing.bank.file.choose')}
          onChange={(event) => {
            send(event.target.files?.[0])
            // The same file, mended, may be chosen again.
            event.target.value = ''
          }}
        />
        <div className="flex gap-2">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button
            variant="primary"
            icon={FileUp}
            loading={upload.isPending}
            onClick={() => input.current?.click()}
          >
            {t(upload.isPending ? 'billing.bank.file.reading' : 'billing.bank.file.choose')}
          </Button>
        </div>
      </div>
    </Card>
  )
}
