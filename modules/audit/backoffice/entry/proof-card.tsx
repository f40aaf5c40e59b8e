/** The proof that this entry stands in the tree as it was written, and how anybody checks it without us. */
import { Download } from 'lucide-react'
import { downloadAuditProof, getAuditStatus, type WholeAuditEntry } from '#contract/audit'
import { buttonClass } from '#platform/ui/button.tsx'
import { hrefOf } from '#platform/ui/call.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { CommandLine } from '../command-line.tsx'
import { proofCommand } from '../proof-command.ts'

export function ProofCard({ entry: { id, index } }: { entry: WholeAuditEntry }) {
  const t = useMessages()
  const formats = useFormats()
  const { data: status } = useEndpoint(getAuditStatus, {}, { enabled: index !== null })
  return (
    <section className="mt-6">
      <h3 className="mb-2 text-14 font-semibold">{t('audit.proof')}</h3>
      {index === null ? (
        <p className="text-13 text-ink-muted">{t('audit.proof.waiting')}</p>
      ) : (
        <>
          <p className="text-13 text-ink-muted">
            {t('audit.proof.what', { number: formats.integer(index) })} {t('audit.proof.covers')}
          </p>
          <div className="mt-2 flex flex-col items-start gap-2">
            <a href={hrefOf(downloadAuditProof, { params: { id } })} download className={buttonClass({})}>
              <Download aria-hidden size={16} className="-ml-0.5 shrink-0" />
              {t('audit.proof.download')}
            </a>
            <p className="text-12 text-ink-muted">{t('audit.proof.check')}</p>
            <CommandLine command={proofCommand(index, status?.vkey)} />
          </div>
        </>
      )}
    </section>
  )
}
