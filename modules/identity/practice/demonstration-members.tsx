import { getMemberEnvironment, listDemonstrationMembers } from '#contract/identity'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import type { Credentials } from './password-form.tsx'

/** The demonstration shows whose practices there are to look into: one press fills in the form. */
export function DemonstrationMembers({ onChoose }: { onChoose: (who: Credentials) => void }) {
  const t = useMessages()
  const { data: environment } = useEndpoint(getMemberEnvironment)
  const offered = environment?.name === 'demonstration'
  const { data } = useEndpoint(listDemonstrationMembers, {}, { enabled: offered })
  if (!data || data.rows.length === 0) return null
  return (
    <section aria-labelledby="demonstration">
      <h2 id="demonstration" className="text-14 font-semibold">
        {t('identity.practice.demonstration')}
      </h2>
      <p className="mt-1 text-13 text-ink-muted">{t('identity.practice.demonstration.help')}</p>
      <ul className="mt-3 overflow-hidden rounded-card border border-line bg-surface">
        {data.rows.map(({ name, email, password, practices }) => (
          <li key={email} className="border-t border-line first:border-t-0">
            <button
              type="button"
              onClick={() => onChoose({ email, password })}
              className="flex min-h-12 w-full flex-col justify-center px-3 py-2 text-left transition-colors hover:bg-hover focus-visible:-outline-offset-2"
            >
              <span className="text-13 font-medium">{name}</span>
              <span className="text-12 text-ink-muted">
                {practices
                  .map((practice) =>
                    practice.suspended
                      ? t('identity.practice.demonstration.suspended', { name: practice.name })
                      : practice.name,
                  )
                  .join(' · ')}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
