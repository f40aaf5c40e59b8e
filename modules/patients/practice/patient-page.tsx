/** One patient: who they are, how to reach them, who answers for them, and what other modules know. */
import { ArchiveRestore, Ellipsis, FileArchive, Pencil, ShieldQuestion, ShieldX } from 'lucide-react'
import { useState } from 'react'
import { getPatient, type Patient, type Relative } from '#contract/patients'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { Cards, useCardsAhead } from '#platform/ui/cards.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useInSlices } from '#platform/ui/in-slices.ts'
import { ButtonLink, usePathParam } from '#platform/ui/link.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { editTo, newRequestTo } from './addresses.ts'
import { Banners } from './banners.tsx'
import { ConsentsCard } from './consents-card.tsx'
import { ContactCard, IdentityCard, RemarkCard } from './identity-cards.tsx'
import { CopyDialog, ErasureDialog, RelativeDialog } from './late-dialogs.tsx'
import { usePatientActs } from './patient-acts.ts'
import { PatientUnreadable } from './patient-unreadable.tsx'
import { spokenName, StateBadge } from './patient-words.tsx'
import { RelativesCard } from './relatives-card.tsx'
import { placing } from './row-actions.ts'
import { SessionsCard } from './sessions-card.tsx'

export function PatientPage() {
  const t = useMessages()
  const patient = useEndpoint(getPatient, { params: { id: usePathParam('id') } })
  const cards = useCardsAhead('patient')
  const drawn = useInSlices(cards && patient.data !== undefined)
  if (patient.data && drawn) return <Shown patient={patient.data} />
  if (patient.error && !patient.data)
    return <PatientUnreadable error={patient.error} retry={patient.refetch} />
  return (
    <>
      <PageHeader title={t('patients.one')} />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Card>
          <Skeleton height={240} width="100%" />
        </Card>
        <Card>
          <Skeleton height={240} width="100%" />
        </Card>
      </div>
    </>
  )
}

function Shown({ patient }: { patient: Patient }) {
  const t = useMessages()
  const may = useMay()
  const [beside, setBeside] = useState<Relative | 'new' | null>(null)
  const mayChange = may('patients.manage') && !patient.trashedAt && !patient.erasedAt
  const age = patient.age === null ? null : t('patients.years', { age: patient.age })
  return (
    <>
      <PageHeader
        title={spokenName(patient)}
        count={
          <span className="flex items-center gap-2">
            {age}
            <StateBadge {...patient} />
          </span>
        }
        secondary={!patient.erasedAt && <Acts patient={patient} />}
        primary={<Primary patient={patient} mayChange={mayChange} />}
      />
      <Banners patient={patient} onAddHolder={mayChange ? () => setBeside('new') : undefined} />
      {/* Side by side, or one under the other with what is needed first on top. */}
      <div className="flex flex-col gap-4 lg:grid lg:grid-cols-[minmax(0,1fr)_22rem] lg:items-start">
        <div className="flex min-w-0 flex-col gap-4 max-lg:contents max-lg:*:not-first:order-2 lg:order-last">
          <ContactCard patient={patient} />
          <SessionsCard patient={patient} />
          <IdentityCard patient={patient} />
        </div>
        <div className="flex min-w-0 flex-col gap-4 max-lg:contents max-lg:*:order-1">
          <RemarkCard patient={patient} />
          <Cards of="patient" id={patient.id} />
          <RelativesCard patient={patient} onOpen={mayChange ? setBeside : undefined} />
          <ConsentsCard patient={patient} mayChange={mayChange} />
        </div>
      </div>
      <RelativeDialog
        patientId={patient.id}
        minor={patient.authorityMissing}
        open={beside}
        onClose={() => setBeside(null)}
      />
    </>
  )
}

function Primary({ patient, mayChange }: { patient: Patient; mayChange: boolean }) {
  const t = useMessages()
  const may = useMay()
  const acts = usePatientActs()
  if (mayChange)
    return (
      <ButtonLink to={editTo(patient.id)} icon={Pencil} variant="primary">
        {t('patients.edit')}
      </ButtonLink>
    )
  if (patient.trashedAt && !patient.erasedAt && may('patients.manage'))
    return (
      <Button icon={ArchiveRestore} variant="primary" onClick={() => acts.restore(patient)}>
        {t('patients.restore')}
      </Button>
    )
  return null
}

/** What is done less often stands behind one button. */
function Acts({ patient }: { patient: Patient }) {
  const t = useMessages()
  const may = useMay()
  const acts = usePatientActs()
  const [open, setOpen] = useState<'copy' | 'erasure' | null>(null)
  const close = () => setOpen(null)
  const mayAnswer = may('patients.requests')
  const items = [
    ...(mayAnswer
      ? [
          {
            label: t('patients.request.new.about'),
            icon: ShieldQuestion,
            to: newRequestTo(patient.id),
          },
          { label: t('patients.copy'), icon: FileArchive, onSelect: () => setOpen('copy') },
        ]
      : []),
    ...placing(patient, { t, may, acts }),
    ...(mayAnswer
      ? [
          {
            label: t('patients.erase'),
            icon: ShieldX,
            danger: true,
            group: ' ',
            onSelect: () => setOpen('erasure'),
          },
        ]
      : []),
  ]
  if (items.length === 0) return null
  return (
    <>
      <Menu
        align="end"
        items={items}
        trigger={<IconButton icon={Ellipsis} label={t('patients.more')} variant="secondary" />}
      />
      <CopyDialog patientId={open === 'copy' ? patient.id : null} onClose={close} />
      <ErasureDialog patientId={open === 'erasure' ? patient.id : null} requestId={null} onClose={close} />
    </>
  )
}
