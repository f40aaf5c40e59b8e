import { Pencil, Plus } from 'lucide-react'
import { useState } from 'react'
import { addCompany, updateCompany, type BillingCompany } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { Input } from '#platform/ui/input.tsx'
import { Link } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { settingsPath } from './addresses.ts'

/** Who invoices: each company has series, settings and an account of its own. */
export function CompaniesCard({ companies }: { companies: readonly BillingCompany[] }) {
  const t = useMessages()
  const may = useMay()('billing.settings')
  const [open, setOpen] = useState<BillingCompany | 'new' | null>(null)
  return (
    <Card
      flush
      title={t('billing.settings.kind.companies')}
      actions={
        may && (
          <Button size="small" icon={Plus} onClick={() => setOpen('new')}>
            {t('billing.settings.companies.add')}
          </Button>
        )
      }
    >
      <p className="px-4 pb-3 text-13 text-ink-muted">{t('billing.settings.companies.help')}</p>
      <ul>
        {companies.map((company) => (
          <li key={company.id} className="flex items-center gap-2 border-t border-line px-4 py-2 text-13">
            <Link
              to={`${settingsPath}?company=${company.id}`}
              className="rounded-small font-medium underline-offset-4 hover:underline"
            >
              {company.name}
            </Link>
            {company.key === 'main' && <Badge tone="info">{t('billing.settings.companies.main')}</Badge>}
            {company.archived && <Badge>{t('billing.settings.companies.archived')}</Badge>}
            {may && (
              <span className="ml-auto">
                <IconButton
                  icon={Pencil}
                  label={t('billing.settings.companies.edit', { name: company.name })}
                  onClick={() => setOpen(company)}
                />
              </span>
            )}
          </li>
        ))}
      </ul>
      {open && <CompanyDialog company={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Card>
  )
}

function CompanyDialog({ company, onClose }: { company: BillingCompany | null; onClose: () => void }) {
  const t = useMessages()
  const [name, setName] = useState(company?.name ?? '')
  const [archived, setArchived] = useState(company?.archived ?? false)
  const add = useEndpoint(addCompany, { onSuccess: onClose })
  const update = useEndpoint(updateCompany, { onSuccess: onClose })
  const sending = company ? update : add
  return (
    <ActDialog
      title={t(company ? 'billing.settings.companies.change' : 'billing.settings.companies.add')}
      action={t('billing.settings.save')}
      disabled={name.trim() === ''}
      running={sending.isPending}
      error={sending.error}
      onClose={onClose}
      onSubmit={() =>
        company
          ? update.mutate({ params: { id: company.id }, body: { name, archived } })
          : add.mutate({ body: { name } })
      }
    >
      <Field name="name" label={t('billing.settings.companies.name')}>
        <Input value={name} maxLength={120} onChange={setName} />
      </Field>
      {company && company.key !== 'main' && (
        <Field label={t('billing.settings.companies.archived')} inline>
          <Checkbox checked={archived} onChange={setArchived} />
        </Field>
      )}
    </ActDialog>
  )
}
