import { findDoubles } from '#contract/patients'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSettled } from './settled.ts'

type DoublesProps = {
  firstName: string
  lastName: string
  phone: string
  /** Takes the one that is there instead of adding another; without it each leads to their page. */
  onChoose?: ((patient: { id: string; name: string }) => void) | undefined
}

/** Who may be the same person: said while one types, and nothing is forbidden. */
export function Doubles({ firstName, lastName, phone, onChoose }: DoublesProps) {
  const t = useMessages()
  const query = useSettled(JSON.stringify({ firstName, lastName, phone: phone.trim() }))
  const asked = JSON.parse(query) as { firstName: string; lastName: string; phone: string } // as it was written just above
  const named = asked.firstName.trim() !== '' && asked.lastName.trim() !== ''
  const dialled = asked.phone.replaceAll(/\D/g, '').length >= 6
  const { data } = useEndpoint(
    findDoubles,
    { query: { ...asked, phone: dialled ? asked.phone : '' } },
    { enabled: named || dialled },
  )
  const rows = named || dialled ? (data?.rows ?? []) : []
  return (
    <output className="empty:absolute">
      {rows.length > 0 && (
        <div className="rounded-control bg-warning-soft px-3 py-2 text-13 text-warning-ink">
          <p className="font-medium">{t('patients.doubles', { count: rows.length })}</p>
          <ul className="mt-1 flex flex-col gap-1">
            {rows.map(({ id, name, detail, same }) => (
              <li key={id} className="flex flex-wrap items-center gap-x-2">
                <span className="min-w-0 flex-1 wrap-anywhere">
                  {onChoose ? name : <TextLink to={`/patients/${id}`}>{name}</TextLink>}
                  {detail && ` · ${detail}`} · {t(`patients.doubles.${same}`)}
                </span>
                {onChoose && (
                  <Button size="small" onClick={() => onChoose({ id, name })}>
                    {t('patients.doubles.choose')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
    </output>
  )
}
