import { Download, FileText, Link2, Paperclip, ScrollText } from 'lucide-react'
import { useRef, useState } from 'react'
import { addProofFile, downloadProof, type PrivacyRequest, type Proof } from '#contract/privacy'
import { Button } from '#platform/ui/button.tsx'
import { hrefOf } from '#platform/ui/call.ts'
import { Card } from '#platform/ui/card.tsx'
import { CopyId } from '#platform/ui/copy-id.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { entryTo } from './addresses.ts'
import { ProofLinkDialog } from './proof-link-dialog.tsx'

/** What shows that something was done: the answer that was sent, the certificate of what was erased. */
export function ProofsCard({ request }: { request: PrivacyRequest }) {
  const t = useMessages()
  const may = useMay()
  const [linking, setLinking] = useState(false)
  return (
    <Card
      title={t('privacy.card.proofs')}
      actions={
        may('privacy.manage') && (
          <>
            <Button size="small" variant="ghost" icon={Link2} onClick={() => setLinking(true)}>
              {t('privacy.proof.link')}
            </Button>
            <AddFile id={request.id} />
          </>
        )
      }
    >
      {request.proofs.length === 0 ? (
        <p className="text-13 text-ink-muted">
          {t(may('privacy.manage') ? 'privacy.proofs.none.add' : 'privacy.proofs.none')}
        </p>
      ) : (
        <ul className="flex flex-col">
          {request.proofs.map((proof) => (
            <ProofLine key={proof.id} requestId={request.id} proof={proof} />
          ))}
        </ul>
      )}
      {may('privacy.manage') && <p className="mt-2 text-12 text-ink-muted">{t('privacy.proof.help')}</p>}
      {linking && <ProofLinkDialog request={request} onClose={() => setLinking(false)} />}
    </Card>
  )
}

function ProofLine({ requestId, proof }: { requestId: string; proof: Proof }) {
  const t = useMessages()
  const formats = useFormats()
  const Icon = proof.file ? FileText : ScrollText
  return (
    <li className="flex items-start gap-3 border-t border-line py-2 text-13 first:border-t-0">
      <Icon aria-hidden size={16} className="mt-0.5 shrink-0 text-ink-muted" />
      <div className="min-w-0 flex-1">
        <p className="font-medium wrap-anywhere">
          <Name proof={proof} />
        </p>
        <p className="text-12 text-ink-muted">
          {[
            t(`privacy.proof.kind.${proof.kind}`),
            proof.file &&
              t('privacy.proof.size', { kilobytes: formats.integer(Math.ceil(proof.file.bytes / 1_000)) }),
            t('privacy.proof.by', { name: proof.addedBy, day: formats.dayTime(proof.addedAt) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {proof.file && (
          <p className="-ml-1">
            <CopyId id={proof.file.sha256} label={t('privacy.proof.sha256')} />
          </p>
        )}
      </div>
      {proof.file && (
        <a
          href={hrefOf(downloadProof, { params: { id: requestId, proof: proof.id } })}
          download
          aria-label={t('privacy.proof.download', { name: proof.name })}
          title={t('privacy.proof.download', { name: proof.name })}
          className="flex size-7 shrink-0 items-center justify-center rounded-control text-ink-muted hover:bg-hover hover:text-ink touch:size-10"
        >
          <Download aria-hidden size={16} />
        </a>
      )}
    </li>
  )
}

function Name({ proof: { kind, name, reference } }: { proof: Proof }) {
  const t = useMessages()
  const may = useMay()
  if (kind === 'file') return name
  const label = t(`privacy.proof.kind.${kind}`)
  return kind === 'audit_entry' && reference && may('audit.read') ? (
    <TextLink to={entryTo(reference)}>{label}</TextLink>
  ) : (
    <>
      {label} {reference && <CopyId id={reference} />}
    </>
  )
}

function AddFile({ id }: { id: string }) {
  const t = useMessages()
  const input = useRef<HTMLInputElement>(null)
  const add = useEndpoint(addProofFile, {
    onSuccess: () => notify.done({ title: t('privacy.proof.added') }),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".pdf,.eml,.jpg,.jpeg,.png"
        hidden
        aria-label={t('privacy.proof.choose')}
        onChange={(event) => {
          const file = event.target.files?.[0]
          // What it is, the server sees from its bytes: what a system calls an .eml varies.
          if (file)
            add.mutate({
              params: { id },
              query: { name: file.name.slice(-200) },
              file: file.slice(0, file.size, 'application/octet-stream'),
            })
          event.target.value = ''
        }}
      />
      <Button size="small" icon={Paperclip} loading={add.isPending} onClick={() => input.current?.click()}>
        {t(add.isPending ? 'privacy.proof.adding' : 'privacy.proof.add')}
      </Button>
    </>
  )
}
