/** One request: what was asked, what is to be done, step by step, and what was. */
import { Check, FileArchive, Pencil, ShieldX } from 'lucide-react'
import { useState } from 'react'
import {
  articleOf,
  checkRequestIdentity,
  erasedKinds,
  getPatientRequest,
  keptKinds,
  type PatientRequest,
} from '#contract/patients'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { ButtonLink, TextLink, usePathParam } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { editTo, patientTo } from '../addresses.ts'
import { CopyDialog } from '../copy-dialog.tsx'
import { ErasureDialog } from '../erasure-dialog.tsx'
import { Fact, Facts } from '../facts.tsx'
import { EndDialog } from './end-dialog.tsx'
import { RequestBadge } from './request-words.tsx'
import { Steps } from './steps.tsx'

export function RequestPage() {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(getPatientRequest, { params: { id: usePathParam('id') } })
  if (data) return <Shown request={data} />
  return (
    <>
      <PageHeader title={t('patients.request')} />
      {error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <Card>
          <Skeleton height={200} width="100%" />
        </Card>
      )}
    </>
  )
}

function Shown({ request }: { request: PatientRequest }) {
  const t = useMessages()
  const [ending, setEnding] = useState<'answer' | 'refusal' | null>(null)
  const { kind, state, patient } = request
  const isOpen = state === 'open'
  const checked = request.identityCheckedAt !== null
  return (
    <>
      <PageHeader
        title={`${t(`patients.request.kind.${kind}`)} · ${patient.name}`}
        count={<RequestBadge request={request} />}
        secondary={
          isOpen && <Button onClick={() => setEnding('refusal')}>{t('patients.request.refuse')}</Button>
        }
        primary={
          isOpen &&
          checked && (
            <Button variant="primary" icon={Check} onClick={() => setEnding('answer')}>
              {t('patients.request.answer')}
            </Button>
          )
        }
      />
      <div className="flex flex-col gap-4 lg:grid lg:grid-cols-[minmax(0,1fr)_22rem] lg:items-start">
        <Card title={t('patients.request.steps')} className="order-1 lg:order-none">
          <Steps request={request}>
            {isOpen && !checked && <CheckIdentity id={request.id} />}
            {isOpen && checked && <WhatToDo request={request} />}
          </Steps>
        </Card>
        <Card title={t('patients.request')}>
          <Facts>
            <Fact label={t('patients.one')}>
              {patient.erased ? patient.name : <TextLink to={patientTo(patient.id)}>{patient.name}</TextLink>}
            </Fact>
            <Fact label={t('patients.request.kind')}>
              {t(`patients.request.kind.${kind}`)} (
              {t('patients.request.article', { article: articleOf[kind] })})
            </Fact>
            <Fact label={t('patients.request.received-on')}>
              <DateText value={request.receivedOn} />
            </Fact>
            <Fact label={t('patients.request.due-on')}>
              <DateText value={request.dueOn} />
            </Fact>
            <Fact label={t('patients.request.note')}>{request.note}</Fact>
            {request.answer && <Fact label={t('patients.request.done')}>{request.answer}</Fact>}
          </Facts>
          {request.proof && <Proof proof={request.proof} />}
        </Card>
      </div>
      <EndDialog requestId={request.id} ending={ending} onClose={() => setEnding(null)} />
    </>
  )
}

function CheckIdentity({ id }: { id: string }) {
  const t = useMessages()
  const check = useEndpoint(checkRequestIdentity, {
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  return (
    <Button
      icon={Check}
      variant="primary"
      loading={check.isPending}
      onClick={() => check.mutate({ params: { id } })}
    >
      {t('patients.request.check')}
    </Button>
  )
}

/** What a request of this kind is answered with, one click away. */
function WhatToDo({ request: { id, kind, patient } }: { request: PatientRequest }) {
  const t = useMessages()
  const [open, setOpen] = useState<'copy' | 'erasure' | null>(null)
  const close = () => setOpen(null)
  return (
    <div className="flex flex-wrap gap-2">
      {(kind === 'access' || kind === 'portability') && (
        <Button icon={FileArchive} onClick={() => setOpen('copy')}>
          {t('patients.copy')}
        </Button>
      )}
      {(kind === 'rectification' || kind === 'objection') && (
        <ButtonLink icon={Pencil} to={editTo(patient.id)}>
          {t('patients.edit')}
        </ButtonLink>
      )}
      {(kind === 'erasure' || kind === 'objection') && (
        <Button icon={ShieldX} onClick={() => setOpen('erasure')}>
          {t('patients.erase')}
        </Button>
      )}
      <CopyDialog patientId={open === 'copy' ? patient.id : null} onClose={close} />
      <ErasureDialog patientId={open === 'erasure' ? patient.id : null} requestId={id} onClose={close} />
    </div>
  )
}

/** Figures that name nobody: what an authority may ask to see, years after. */
function Proof({ proof }: { proof: NonNullable<PatientRequest['proof']> }) {
  const t = useMessages()
  const count = (kind: string) => Number(proof[kind] ?? 0)
  const lines = [
    ...erasedKinds
      .filter((kind) => kind !== 'notes' && count(kind) > 0)
      .map((kind) => t(`patients.erased.${kind}`, { count: count(kind) })),
    ...keptKinds
      .filter((kind) => count(kind) > 0)
      .map((kind) => t(`patients.kept.${kind}`, { count: count(kind) })),
  ]
  return (
    <div className="mt-3 border-t border-line pt-3 text-13">
      <p className="font-medium">{t('patients.request.proof')}</p>
      <ul className="mt-1 list-disc pl-5 text-ink-muted">
        <li>{t('patients.erase.identity')}</li>
        <li>{t('patients.erased.notes.all')}</li>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  )
}
